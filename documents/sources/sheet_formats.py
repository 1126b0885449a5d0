"""In which formats an .xlsx shows its numbers.

What is typed as 98% Excel keeps as 0.98 and a format, and 0769 as 769 when the column is so formatted; calamine gives
the number alone.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

Formats = dict[tuple[int, int], str]
"""The format of a number by its row and column, counted from 0."""
_BUILT_IN = {9: "0%", 10: "0.00%"}
_TELLS = re.compile(r'%|"|\\|(?<![.0#,?])0{2,}')  # more than a number is shown
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LARGEST = 64 * 2**20  # bytes of a part
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError)


def formats_of(data: bytes, most_rows: int) -> dict[str, Formats]:
    """Return the formats that show more than a number, by the name of the sheet; nothing for a file that is not so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            codes = _codes(archive)
            if not codes:
                return {}
            return {name: dict(_cells(archive, part, codes, most_rows)) for name, part in sheets_of(archive)}
    except _BROKEN:
        return {}


def _root(archive: zipfile.ZipFile, part: str) -> Any:
    return etree.fromstring(_content(archive, part), etree.XMLParser(resolve_entities=False, no_network=True))


def _content(archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > _LARGEST:
        raise ValueError
    return archive.read(part)


def _codes(archive: zipfile.ZipFile) -> dict[str, str]:
    """The formats by the number that a cell names them by."""
    styles = _root(archive, "xl/styles.xml")
    own = {int(each.get("numFmtId")): each.get("formatCode", "") for each in styles.iterfind("{*}numFmts/{*}numFmt")}
    codes = {**_BUILT_IN, **own}
    named = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    found = {str(at): codes.get(int(each.get("numFmtId", 0)), "") for at, each in named}
    return {at: code for at, code in found.items() if _TELLS.search(code)}


def sheets_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part that holds it."""
    relations = _root(archive, "xl/_rels/workbook.xml.rels")
    parts = {each.get("Id"): posixpath.join("/xl", each.get("Target", "")) for each in relations}
    for sheet in _root(archive, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.items() if etree.QName(name).localname == "id"), "")
        yield sheet.get("name", ""), posixpath.normpath(parts[key])[1:]


def _cells(
    archive: zipfile.ZipFile, part: str, codes: dict[str, str], most_rows: int
) -> Iterator[tuple[tuple[int, int], str]]:
    content = io.BytesIO(_content(archive, part))
    for _event, row in etree.iterparse(content, tag="{*}row", resolve_entities=False, no_network=True):
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r", ""))
            if place and cell.get("s") in codes and cell.get("t", "n") == "n":
                column = 0
                for letter in place[1]:
                    column = column * 26 + ord(letter) - 64
                if int(place[2]) <= most_rows:
                    yield (int(place[2]) - 1, column - 1), codes[cell.get("s")]
        row.clear()

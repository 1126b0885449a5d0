"""What a workbook says beside its values, and calamine leaves out: hidden rows, formulas without a value, errors.

Read by patterns, not by a parser: of forty thousand rows that is a twentieth of the time, and nothing here decides what
is written, only what is said about it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import olefile
from lxml import etree

from .sheet_formats import sheets_of

HIDDEN = "\x1d"
"""Behind the text of a list, where rows of it are hidden or filtered away."""
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>""")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_EMPTY_TEXT = re.compile(rb"""\bt=["']str["']""")
_LARGEST = 64 * 2**20
_BOUNDSHEET, _ROW_RECORD, _BEGINS, _ENDS = 0x85, 0x208, 0x809, 0x0A
_ZERO_HEIGHT = 0x20
_ERROR_CELL, _FORMULA_CELL = 0x205, 0x06
_FAILED, _EMPTY = 2, 3
"""What the value of a formula is where it is no number: an error, an empty text."""
_SUMMARY = "\x05SummaryInformation"
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, OSError)


@dataclass
class Marks:
    """Of one sheet: numbers of hidden rows, formulas without a value, cells that show an error."""

    hidden: list[int] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """Return how people name a cell. Arguments: row and column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def marks_of(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; nothing for a file that is built in another way."""
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return {name: marks_in(_content(archive, part)) for name, part in sheets_of(archive)}
        return dict(_old(data))
    except _BROKEN:
        return {}


def _content(archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > _LARGEST:
        raise ValueError
    return archive.read(part)


def named(data: bytes, of_parts: Mapping[str, Marks]) -> dict[str, Marks]:
    """Return what was found in parts of an .xlsx by the names of their sheets; nothing for one built in another way."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: of_parts[part] for name, part in sheets_of(archive)}
    except _BROKEN:
        return {}


def marks_in(content: bytes) -> Marks:
    """Return the marks of the part of an .xlsx that holds a sheet."""
    found = Marks()
    found.hidden = sorted(set(_hidden(content)))
    if b"#" in content:  # as every error begins, #N/A; few lists hold one, and one sign is found at once
        found.wrong = [place for each in _ERROR.finditer(content) if (place := _place(each[1]))]
    if b"f>" in content:  # a formula ends so, whatever stands before it; what shares one has it elsewhere
        cells = (each[1] for each in _FORMULA.finditer(content) if not _EMPTY_TEXT.search(each[1]))
        found.uncomputed = [place for each in cells if (place := _place(each))]
    return found


def _hidden(content: bytes) -> Iterator[int]:
    at = content.find(b"hidden=")
    while at >= 0:
        start = content.rfind(b"<", 0, at)
        tag = content[start : content.find(b">", at)]
        said = _NUMBER.search(tag)
        if said and _ROW.match(tag) and _HIDDEN.search(tag):
            yield int(said[1])
        at = content.find(b"hidden=", at + 1)


def _place(attributes: bytes) -> str:
    said = _PLACE.search(attributes)
    return said[1].decode("ascii") if said else ""


# --- old workbooks (MS-XLS 2.4): a sheet's records lie behind its name's ------------------------------------


def _old(data: bytes) -> Iterator[tuple[str, Marks]]:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        name = next(name for name in ("Workbook", "Book", "") if not name or file.exists(name))
        stream = file.openstream(name).read() if name else b""
        is_of_office = file.exists(_SUMMARY)
    for kind, content in _records(stream, 0):
        if kind == _BOUNDSHEET and len(content) > 8:
            yield _sheet_name(content), _marks_of_old(stream, struct.unpack_from("<I", content)[0], is_of_office)
        elif kind == _ENDS:
            return


def _sheet_name(content: bytes) -> str:
    letters, is_wide = content[6], content[7] & 1
    return content[8 : 8 + letters * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _marks_of_old(stream: bytes, start: int, is_of_office: bool) -> Marks:
    """The marks of the sheet whose records begin here.

    A formula has a stored value always. Programs that do not reckon store an empty text, which is also the value of
    ="": Excel, WPS and LibreOffice, which do reckon, are known by the summary of the document beside the workbook.
    """
    found = Marks()
    for kind, content in _records(stream, start):
        if kind == _ROW_RECORD and len(content) >= 14 and content[12] & _ZERO_HEIGHT:
            found.hidden.append(struct.unpack_from("<H", content)[0] + 1)
        elif kind == _ERROR_CELL and len(content) >= 8 and content[7]:
            found.wrong.append(cell_name(*struct.unpack_from("<HH", content)))
        elif kind == _FORMULA_CELL and len(content) >= 14 and content[12:14] == b"\xff\xff":
            if content[6] == _FAILED:
                found.wrong.append(cell_name(*struct.unpack_from("<HH", content)))
            elif content[6] == _EMPTY and not is_of_office:
                found.uncomputed.append(cell_name(*struct.unpack_from("<HH", content)))
        elif kind == _ENDS:
            break
    return found


def _records(data: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length

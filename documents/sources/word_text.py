"""The text of a .docx: paragraphs with the numbers Word generates, tables as rows of tabs, text boxes, page headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from documents.refusal import Refused

from .docx_archive import Archive
from .word_numbering import Listing, W, read_listing

OUTSIDE = "Links to other places in the document were not followed."
MAX_CHARS = 400_000  # some 200 pages set as the standard sets them are 120,000
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "fldData")}
_SIGNS = {f"{W}tab": "  ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_PAGE = re.compile(r"[\s—–\-第页共/\d]*")


def word_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a .docx and notes on what was left out.

    Raises Refused when the file is damaged, holds macros, unpacks to too much or draws in parts from elsewhere.
    """
    archive = Archive(data)
    notes = (OUTSIDE,) if archive.outside_links() else ()
    root = archive.xml("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refused("damaged")
    listing = read_listing(archive.xml("word/numbering.xml"), archive.xml("word/styles.xml"))
    lines = [*_headers(archive), *_blocks(body, listing)]
    text = "\n".join(lines)
    if not text.strip():
        raise Refused("empty")
    if len(text) > MAX_CHARS:
        raise Refused("too-long")
    return text, notes


def _headers(archive: Archive) -> Iterator[str]:
    """The page headers, each text once, page numbers left out: the red header may stand there."""
    seen: set[str] = set()
    for name in sorted(name for name in archive.names if re.fullmatch(r"word/header\d*\.xml", name)):
        root = archive.xml(name)
        for line in _blocks(root, Listing()) if root is not None else ():
            if line.strip() and line not in seen and not _PAGE.fullmatch(line):
                seen.add(line)
                yield line


def _blocks(element: etree._Element, listing: Listing) -> Iterator[str]:
    """The lines of a body, a cell or a text box."""
    for child in element:
        if child.tag == f"{W}p":
            yield from _paragraph(child, listing)
        elif child.tag == f"{W}tbl":
            yield from _table(child, listing)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _blocks(child, listing)


def _paragraph(paragraph: etree._Element, listing: Listing) -> Iterator[str]:
    boxes: list[etree._Element] = []
    text = "".join(_runs(paragraph, boxes))
    mark = listing.mark(paragraph) if text.strip() else ""
    gap = " " if mark == "•" or (mark[-1:] == "." and text[:1].isdigit()) else ""
    yield from (mark + gap + text).split("\n")
    for box in boxes:
        yield from _blocks(box, listing)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of the runs of a paragraph; text boxes are set aside, of two versions of one the newer is taken."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_MC}Fallback":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes)


def _table(table: etree._Element, listing: Listing) -> Iterator[str]:
    """The rows of a table; a cell merged downwards is printed in each row that it covers."""
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = _row(row, listing, above)
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) == 1 or len(filled) == 1:
            yield from filled[0].split("\x1e") if filled else [""]
        else:
            yield "\t".join(cell.replace("\x1e", " ") for cell in cells)


def _row(row: etree._Element, listing: Listing, above: dict[int, str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        text = "\x1e".join(line.strip().replace("\t", " ") for line in _blocks(cell, listing) if line.strip())
        merge, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
        column = len(cells)
        if merge is not None and merge.get(f"{W}val") != "restart":
            text = text or above.get(column, "")
        above[column] = text
        width = span.get(f"{W}val", "1") if span is not None else "1"
        cells += [text, *[""] * (min(int(width), 60) - 1 if width.isdigit() else 0)]
    return cells

"""The text of a .docx: paragraphs with the numbers Word generates, tables as rows of tabs, text boxes, page headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext
from lxml import etree

from documents.refusal import Refused

from .word_file import WordFile, character, columns, opened
from .word_numbering import W

OUTSIDE = _("Links to other places in the document were not followed.")
MAX_CHARS = 400_000  # some 200 pages set as the standard sets them are 120,000
_SKIPPED = {f"{W}{name}" for name in ("rPr", "pPr", "sdtPr")}
_SIGNS = {f"{W}tab": "  ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_PAGE = re.compile(r"[\s—–\-第页共/\d]*")


def word_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a .docx and notes on what was left out.

    Raises Refused when the file is damaged, holds macros, unpacks to too much or draws in parts from elsewhere.
    """
    word = opened(data)
    lines = [*_headers(word), *_blocks(word.body)]
    text = "\n".join(lines)
    if not text.strip():
        raise Refused("empty")
    if len(text) > MAX_CHARS:
        raise Refused("too-long")
    return text, tuple(_notes(word))


def _notes(word: WordFile) -> Iterator[str]:
    """What of the file is not in its text, and what to do."""
    if word.archive.outside_links():
        yield OUTSIDE
    if pictures := word.left_out()["pictures"]:
        said = ngettext(
            "%(n)d picture of the file is not taken over. Save it from Word and add it among the photos.",
            "%(n)d pictures of the file are not taken over. Save them from Word and add them among the photos.",
            pictures,
        )
        yield said % {"n": pictures}
    if notes := word.left_out()["notes"]:
        said = ngettext(
            "%(n)d footnote of the file is not taken over. Write into the text what has to stand there.",
            "%(n)d footnotes of the file are not taken over. Write into the text what has to stand there.",
            notes,
        )
        yield said % {"n": notes}


def _headers(word: WordFile) -> Iterator[str]:
    """The page headers, each text once, page numbers left out: the red header may stand there."""
    seen: set[str] = set()
    for name in sorted(name for name in word.archive.names if re.fullmatch(r"word/header\d*\.xml", name)):
        root = word.archive.xml(name)
        for line in _blocks(word.prepared(root)) if root is not None else ():
            if line.strip() and line not in seen and not _PAGE.fullmatch(line):
                seen.add(line)
                yield line


def _blocks(element: etree._Element) -> Iterator[str]:
    """The lines of a body, a cell or a text box."""
    for child in element:
        if child.tag == f"{W}p":
            yield from _paragraph(child)
        elif child.tag == f"{W}tbl":
            yield from _table(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _blocks(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    boxes: list[etree._Element] = []
    yield from "".join(_runs(paragraph, boxes)).split("\n")
    for box in boxes:
        yield from _blocks(box)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of the runs of a paragraph; text boxes are set aside."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{W}t":
            yield character(child)
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes)


def _table(table: etree._Element) -> Iterator[str]:
    """The rows of a table; a cell merged downwards is printed in each row that it covers."""
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = _row(row, above)
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) == 1 or len(filled) == 1:
            yield from filled[0].split("\x1e") if filled else [""]
        else:
            yield "\t".join(cell.replace("\x1e", " ") for cell in cells)


def _row(row: etree._Element, above: dict[int, str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        text = "\x1e".join(line.strip().replace("\t", " ") for line in _blocks(cell) if line.strip())
        merge, column = cell.find(f"{W}tcPr/{W}vMerge"), len(cells)
        if merge is not None and merge.get(f"{W}val") != "restart":
            text = text or above.get(column, "")
        above[column] = text
        cells += [text, *[""] * (columns(cell) - 1)]
    return cells

"""The text of a .docx: paragraphs with the numbers Word generates, tables as rows of tabs, text boxes, page headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _
from lxml import etree

from documents.counts import so_many, so_many_noop
from documents.refusal import Refused

from .html_body import body_of
from .word_file import WordFile, columns, opened, text_of
from .word_numbering import W

OUTSIDE = _("Links to other places in the document were not followed.")
REMARKS = {
    "pictures": so_many_noop(
        "%(n)s picture of the file is not taken over%(places)s. Save it from Word and add it among the photos.",
        "%(n)s pictures of the file are not taken over%(places)s. Save them from Word and add them among the photos.",
    ),
    "hidden": so_many_noop(
        "Hidden words in %(n)s paragraph were left out, as Word leaves them out in print%(places)s.",
        "Hidden words in %(n)s paragraphs were left out, as Word leaves them out in print%(places)s.",
    ),
    "foreign": so_many_noop(
        "%(n)s part of the text lies in another format inside the file and is not read%(places)s. Open the file in "
        "Word, save it and hand it in again.",
        "%(n)s parts of the text lie in another format inside the file and are not read%(places)s. Open the file "
        "in Word, save it and hand it in again.",
    ),
    "taken_in": so_many_noop(
        "%(n)s part of the text lay in another format inside the file and was read from there%(places)s. Please "
        "compare it with the file.",
        "%(n)s parts of the text lay in another format inside the file and were read from there%(places)s. Please "
        "compare them with the file.",
    ),
}
"""What is said of what a file holds and its text does not, by what :meth:`WordFile.left_out` calls it."""
MAX_CHARS = 400_000  # some 200 pages set as the standard sets them are 120,000
MOST_PLACES = 3
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


def page_text(data: bytes) -> str:
    """Return the text of a page of HTML that is called a Word file. Raises: Refused when there is none in it."""
    text = "\n".join(_blocks(body_of(data)))
    if not text.strip():
        raise Refused("empty")
    if len(text) > MAX_CHARS:
        raise Refused("too-long")
    return text


def unprinted(data: bytes) -> tuple[str, ...]:
    """Return remarks on what paper made of a .docx does not show as the file does; its pictures are printed.

    Raises Refused as word_text() does.
    """
    left = opened(data).left_out()
    return tuple(_remarks(left | {"pictures": []}))


def _notes(word: WordFile) -> Iterator[str]:
    """What of the file is not in its text, and what to do."""
    if word.archive.outside_links():
        yield OUTSIDE
    yield from _remarks(word.left_out())


def _remarks(left: dict[str, list[str]]) -> Iterator[str]:
    """What there is of each kind, how often and where."""
    for kind, (one, many) in REMARKS.items():
        if places := left[kind]:
            yield so_many(one, many, len(places), places=_listed(places))


def _listed(places: list[str]) -> str:
    """The lines beside which something stood, in brackets; nothing where none is known."""
    known = [place for place in dict.fromkeys(places) if place]
    if not known:
        return ""
    shown = _separator().join(f"“{place}”" for place in known[:MOST_PLACES])
    more = "…" if len(known) > MOST_PLACES else ""
    return gettext(" (beside %(places)s)") % {"places": shown + more}


def _separator() -> str:
    return pgettext("between names", ", ")


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
    """The lines of a body or a cell."""
    for child in element:
        if child.tag == f"{W}p":
            yield from text_of(child, tab="  ").split("\n")
        elif child.tag == f"{W}tbl":
            yield from _table(child)


_LABEL = re.compile(r"[^，。；！？\t]{2,16}")
"""What stands in the left of two cells, with nothing in the right one: the label of a form, and the tab says so."""


def _table(table: etree._Element) -> Iterator[str]:
    """The rows of a table; a cell merged downwards is printed in each row that it covers."""
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = _row(row, above)
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) == 1 or len(filled) == 1:
            lines = filled[0].split("\x1e") if filled else [""]
            is_label = bool(filled) and cells[0] == filled[0] and len(row.findall(f"{W}tc")) == 2
            yield from [f"{lines[0]}\t"] if is_label and _LABEL.fullmatch(lines[0]) and len(lines) == 1 else lines
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

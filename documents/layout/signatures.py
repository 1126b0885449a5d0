"""Where signature, date and seals stand: for one or several bodies, with a seal or without (7.3.5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.outline import Document
from documents.text import chinese_date, clean

from . import page
from .first_page_head import signs_in_head
from .printable_images import address
from .text_width import body_width
from .title_shape import balance

WIDTH = page.TYPE_AREA[0] * page.MM
ROW = 3  # signatures a row of a joint document
SEAL = page.SEAL * page.MM
SEAL_TOP = 0.15 * page.PITCH  # within one line of the text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its distance from the left edge of the type area, in points."""

    text: str
    left: float


@dataclass(frozen=True, slots=True)
class SealPlace:
    """A seal image and its upper left corner, in points from that of the closing."""

    address: str
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class JointCell:
    """One signature of a joint document, in lines of whole words, and the width of its place in points."""

    lines: tuple[str, ...]
    width: float


@dataclass(frozen=True, slots=True)
class JointRow:
    """A row of signatures of a joint document; space: above the names; lengths in points."""

    cells: tuple[JointCell, ...]
    width: float
    left: float
    height: float
    space: float


@dataclass(frozen=True, slots=True)
class Closing:
    """All that stands between the body and the note; space: points left free above it."""

    space: float
    rows: tuple[JointRow, ...] = ()
    lines: tuple[Line, ...] = ()
    seals: tuple[SealPlace, ...] = field(default=())


def closing(document: Document) -> Closing | None:
    """Return the places of signature, date and seals, or None when there is nothing to sign."""
    names = tuple(clean(name).strip() for name in document.signature if name.strip())
    date = chinese_date(document.date) if document.date else ""
    if signs_in_head(document) or not (names or date):
        return None
    if not document.sealed:
        return Closing(page.PITCH, lines=_unsealed(names, date))
    if len(names) > 1:
        return _joint(names, date, document.seals)
    return _sealed(names[0] if names else "", date, document.seals)


def _unsealed(names: tuple[str, ...], date: str) -> tuple[Line, ...]:
    """Name right, empty 2; the date begins 2 to the right of it, or takes empty 2 itself when it is longer."""
    lines = [line for name in names for line in balance(name, page.BODY, WIDTH - 2 * page.CELL, "fangsong")]
    widest = max((body_width(line) for line in lines), default=0.0)
    left = WIDTH - 2 * page.CELL - widest
    day = body_width(date)
    if date and (day > widest or not names):
        left = WIDTH - 2 * page.CELL - day - (2 * page.CELL if names else 0)
    placed = [Line(line, max(left, 0.0)) for line in lines]
    if date:
        placed.append(Line(date, left + (2 * page.CELL if names else 0)))
    return tuple(placed)


def _sealed(name: str, date: str, seals: tuple[str, ...]) -> Closing:
    """Date right, empty 4; the name above it, centred on it; the seal over both, its top within a line of the text."""
    lines = balance(name, page.BODY, WIDTH, "fangsong")
    widest = max((body_width(line) for line in lines), default=0.0)
    day = body_width(date)
    centre = WIDTH - max(4 * page.CELL + day / 2, widest / 2)
    placed = [Line(line, max(centre - body_width(line) / 2, 0.0)) for line in (*lines, date) if line]
    seal = tuple(SealPlace(address(seals[0]), centre - SEAL / 2, SEAL_TOP) for _ in seals[:1])
    return Closing(2 * page.PITCH, lines=tuple(placed), seals=seal)


def _joint(names: tuple[str, ...], date: str, seals: tuple[str, ...]) -> Closing:
    """Rows of at most three signatures, a seal over each, in the same columns; the date below the last one."""
    rows, places = [], []
    space = SEAL_TOP + SEAL / 2 + 2 * page.MM - page.PITCH / 2  # names a little below the middle of their seals
    most = _beside(names)
    columns = _columns(names, most)
    centre = WIDTH
    for start in range(0, len(names), most):
        signed = names[start : start + most]
        cells = tuple(map(_cell, signed, columns[-len(signed) :]))
        width = sum(cell.width for cell in cells)
        last = start + most >= len(names)
        height = space + page.PITCH if last else SEAL + page.PITCH / 2
        row = JointRow(cells, width, WIDTH - width, height, space)
        rows.append(row)
        edge = row.left
        for offset, cell in enumerate(cells, start=start):
            centre = edge + cell.width / 2
            edge += cell.width
            if offset < len(seals):
                top = SEAL_TOP + start // most * (SEAL + page.PITCH / 2)
                places.append(SealPlace(address(seals[offset]), centre - SEAL / 2, top))
    lines = (Line(date, max(centre - body_width(date) / 2, 0.0)),) if date else ()
    return Closing(0.0, tuple(rows), lines, tuple(places))


def _beside(names: tuple[str, ...]) -> int:
    """Return how many names stand in a row: three, or two of three or four that would have to be broken otherwise."""
    if ROW <= len(names) <= 4 and _row_fits(names, 2) and not _row_fits(names, ROW):
        return 2
    return ROW


def _row_fits(names: tuple[str, ...], count: int) -> bool:
    columns = _columns(names, count)
    rows = (names[start : start + count] for start in range(0, len(names), count))
    return all(
        len(_cell(name, room).lines) == 1 for row in rows for name, room in zip(row, columns[-len(row) :], strict=True)
    )


def _columns(names: tuple[str, ...], most: int) -> list[float]:
    """Give every column the width of a seal, and what is left of the line to those whose names are wider.

    A last row of fewer names stands in the columns to the right.
    """
    least = SEAL + page.CELL / 2
    more = [0.0] * min(most, len(names))
    for start in range(0, len(names), most):
        row = names[start : start + most]
        for column, name in enumerate(row, start=len(more) - len(row)):
            more[column] = max(more[column], body_width(name) + page.CELL - least)
    left = WIDTH - least * len(more)
    share = min(1.0, left / (sum(more) or 1.0))
    return [least + share * wish for wish in more]


def _cell(name: str, width: float) -> JointCell:
    return JointCell(balance(name, page.BODY, width - page.CELL / 2, "fangsong"), width)

"""The cells of a ruled table and the signs that stand in them: of a page of a PDF, of an OFD, of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from .pdf_sign import Sign
from .sign_lines import Box, lines_of

TOUCH = 3.0  # points: rules that end this near to one another meet


@dataclass(slots=True)
class PageTable:
    """A table, or the part of one on a page: rows of cells, and where its columns begin.

    is_cut_above, is_cut_below: whether no rule closes it there, because it goes on on another page.
    """

    box: Box
    columns: tuple[float, ...]
    rows: list[list[str]]
    is_cut_above: bool
    is_cut_below: bool


def filled(cells: list[Box], signs: list[Sign]) -> PageTable | None:
    """Return the rows of a table, None where it has no columns. A cell over several rows is printed in each of them."""
    lefts, tops = steps([cell[0] for cell in cells]), steps([cell[1] for cell in cells])
    if len(lefts) < 2:
        return None
    box = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    inside = [sign for sign in signs if _holds(box, sign)]
    rows = [["" for _ in lefts] for _ in tops]
    for cell in cells:
        own = [sign for sign in inside if _holds(cell, sign)]
        text = "".join(line.text.replace("   ", " ") for line in lines_of(own, in_cell=True))
        column = _at(lefts, cell[0])
        for row in range(_at(tops, cell[1]), max(_at(tops, cell[3] - TOUCH), _at(tops, cell[1])) + 1):
            rows[row][column] = text
    if not any(any(row) for row in rows) or (len(lefts) == 2 and len(rows) < 2):
        return None
    return PageTable(box, tuple(lefts), rows, False, False)


def steps(values: list[float]) -> list[float]:
    """Return where rules stand, those that meet as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOUCH:
            found.append(value)
    return found


def _at(steps: list[float], value: float) -> int:
    return max((at for at, step in enumerate(steps) if step <= value + TOUCH), default=0)


def _holds(box: Box, sign: Sign) -> bool:
    x, y = sign.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def within(box: Box, sign: Sign) -> bool:
    """Return whether a sign stands in a box."""
    return _holds(box, sign)

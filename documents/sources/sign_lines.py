"""The lines that signs make, wherever the signs come from: a PDF, an OFD, a picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .pdf_sign import Sign

# parts of the height of a line: how far centres of signs differ, how wide a blank is where one is said and where
# none is, and how wide the gap of a column is
_SAME_LINE, _SAID, _WORD, _COLUMN = 0.45, 0.12, 0.45, 0.9
_FEW = 3
_PRINTED_AGAIN = 0.3  # parts of the width of a sign by which its shadow stands beside it
_CELL = 8  # points
UNREAD = "\ufffd"
"""A sign that does not say which character it is: its shape has a number, or a code that only its font knows."""

Box = tuple[float, float, float, float]


class Line(NamedTuple):
    """A line of text and its box."""

    top: float
    bottom: float
    text: str
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    """The height of its signs."""
    first: float = 0.0
    """How wide its first word is, that a line end does not part."""


def once(signs: list[Sign]) -> Iterator[Sign]:
    """Yield the signs without those printed again where they stand already: bold is often made so."""
    seen: dict[tuple[str, int, int], list[Sign]] = {}
    for sign in signs:
        x, y = int(sign.left // _CELL), int(sign.top // _CELL)
        near = (
            other
            for column in (x - 1, x, x + 1)
            for row in (y - 1, y, y + 1)
            for other in seen.get((sign.char, column, row), ())
        )
        if not any(_is_shadow(sign, other) for other in near):
            seen.setdefault((sign.char, x, y), []).append(sign)
            yield sign


def _is_shadow(sign: Sign, other: Sign) -> bool:
    room = _PRINTED_AGAIN * (sign.right - sign.left)
    return abs(sign.left - other.left) < room and abs(sign.top - other.top) < room


def lines_of(signs: list[Sign], *, in_cell: bool = False) -> list[Line]:
    """Return the lines that signs make, from top to bottom. in_cell: whether they fill a narrow column.

    pdfium gives signs in the order of their fonts; a quote of another font than its words then stands beside them.
    """
    lines: list[list[Sign]] = []
    heights: list[float] = []
    for sign in sorted(signs, key=lambda sign: sign.middle[1]):
        height = sign.bottom - sign.top
        if lines and sign.middle[1] - lines[-1][0].middle[1] < _SAME_LINE * max(height, heights[-1]):
            lines[-1].append(sign)
            heights[-1] = max(height, heights[-1])
        else:
            lines.append([sign])
            heights.append(height)
    return [_line(sorted(line), in_cell) for line in lines]


def _line(signs: list[Sign], in_cell: bool) -> Line:
    """A line; a gap becomes a blank, a wide one three, so that columns stay apart.

    The height of the line decides, not that of a sign: some are boxed by their ink, and 一 is flat.
    """
    height = median(sign.bottom - sign.top for sign in signs) or 1
    pairs = list(pairwise(signs))
    gaps = [(right.left - left.right) / height for left, right in pairs]
    spread = _spread([gap for gap, (left, right) in zip(gaps, pairs, strict=True) if _are_han(left, right)], in_cell)
    text = signs[0].char
    for gap, (left, right) in zip(gaps, pairs, strict=True):
        text += _blank(gap, spread, in_cell, left, right) + right.char
    top, bottom = min(sign.top for sign in signs), max(sign.bottom for sign in signs)
    return Line(top, bottom, text, signs[0].left, signs[-1].right, height, _first_word(signs))


def _spread(gaps: list[float], in_cell: bool) -> float:
    """How far characters stand apart throughout a line that was stretched; of few in a cell nobody can tell blanks."""
    if len(gaps) < _FEW:
        return _COLUMN if in_cell else 0.0
    return min(max(median(gaps), 0.0), _COLUMN)


def _blank(gap: float, spread: float, in_cell: bool, left: Sign, right: Sign) -> str:
    """What stands between two signs. Nobody types the blanks of a stretched line, nor those around figures."""
    if right.blank:
        if len(right.blank) < _FEW and gap < _typed(right.blank):
            return right.blank if gap > _SAID else ""
        if gap > _COLUMN:
            return right.blank if right.blank == "\u3000" else "   "
        return " " if gap > _SAID else ""
    if _is_han(left) or _is_han(right):
        gap -= spread
    if gap > _COLUMN:
        return "   "
    is_seen = right.is_apart and not in_cell and _is_han(left) == _is_han(right)
    return " " if gap > (_SAID if is_seen else _WORD) else ""


def _typed(blanks: str) -> float:
    """How wide blanks are at most, in parts of the height of a line: a wider gap was made otherwise, for a column."""
    return sum(1.15 if blank == "\u3000" else 0.6 for blank in blanks)


def _are_han(left: Sign, right: Sign) -> bool:
    return _is_han(left) and _is_han(right)


def _is_han(sign: Sign) -> bool:
    return sign.char >= "\u2e80"


# what may not end a line, and what may not begin one; a quote with nothing blank beside it is parted from neither
_OPENS, _CLOSES, _QUOTES = "（《〈【〔「『([{", "，。；：、！？）》〉】〕」』)]}％%,.;:!?‰℃", "“”‘’\"'"


def _first_word(signs: list[Sign]) -> float:
    """How wide what a line begins with is, up to the first place where a line may end."""
    last = signs[0]
    for sign in signs[1:]:
        if sign.blank or sign.is_apart or not _are_bound(last.char, sign.char):
            break
        last = sign
    return last.right - signs[0].left


def _are_bound(left: str, right: str) -> bool:
    bound = left in _OPENS + _QUOTES or right in _CLOSES + _QUOTES
    return bound or (left.isascii() and right.isascii())

"""The signs of a page of a PDF where they are seen, and the lines that they make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2

from .pdf_sign import Sign
from .pdf_watermarks import lies_aslant, without_watermark

# parts of the height of a line: how far centres of signs differ, how wide a blank is where one is said and where
# none is, and how wide the gap of a column is
_SAME_LINE, _SAID, _WORD, _COLUMN = 0.45, 0.12, 0.45, 0.9
_FEW = 3
_PRINTED_AGAIN = 0.3  # parts of the width of a sign by which its shadow stands beside it
_NO_SIGN = {0xFFFE, 0xFFFF, 0xFFFD, 0xAD, 0x200B}
_BLANK = {0x20, 0xA0, 0x3000}
_FIRST_HALF, _SECOND_HALF = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_CELL = 8  # points
UNREAD = "\ufffd"
"""A sign of a font that does not say which character it is: pdfium gives the number of its shape instead."""


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


def signs_of(page: Any) -> list[Sign]:
    """Return the signs that a page shows, each once: bold is often made by printing a letter twice.

    Left out are watermarks, and what lies beyond the part of the page that is shown: pdfium gives it all the same.
    get_mediabox() is not asked: where the size is said once for all pages it answers with that of a Letter.
    """
    textpage = page.get_textpage()
    turn, (left, bottom, right, top) = page.get_rotation(), page.get_bbox()
    found: dict[int, Sign] = {}
    blank, is_apart = "", False
    for index in range(textpage.count_chars()):
        code = _code(textpage, index)
        if code in _BLANK:
            is_generated = bool(pypdfium2.raw.FPDFText_IsGenerated(textpage, index))
            blank, is_apart = blank + ("" if is_generated else chr(code)), is_apart or is_generated
        elif code > 32 and code not in _NO_SIGN and not lies_aslant(textpage, index):
            x0, y0, x1, y1 = textpage.get_charbox(index, loose=True)
            box = placed((x0 - left, y0 - bottom, x1 - left, y1 - bottom), turn, right - left, top - bottom)
            char = UNREAD if pypdfium2.raw.FPDFText_HasUnicodeMapError(textpage, index) == 1 else chr(code)
            found[index] = Sign(*box, char, blank, is_apart)
            blank, is_apart = "", False
        else:
            blank, is_apart = "", False
    seen = without_watermark(textpage, found)
    textpage.close()
    width, height = page.get_size()
    return list(_once([sign for sign in seen if 0 <= sign.middle[0] <= width and 0 <= sign.middle[1] <= height]))


def _code(textpage: Any, index: int) -> int:
    """What is printed.

    pdfium says U+0002 for the hyphen that ends a line behind a letter, and 日 is a letter to it; and it gives a rare
    character (𬱖) in two halves, as UTF-16 has it: all of it is said of the first, and 0 of the second.
    """
    if pypdfium2.raw.FPDFText_IsHyphen(textpage, index) == 1:
        return ord("-")
    code: int = pypdfium2.raw.FPDFText_GetUnicode(textpage, index)
    if code in _FIRST_HALF:
        half = pypdfium2.raw.FPDFText_GetUnicode(textpage, index + 1)
        return 0x10000 + ((code - 0xD800) << 10) + (half - 0xDC00) if half in _SECOND_HALF else 0
    return 0 if code in _SECOND_HALF else code


def placed(box: Box, turn: int, width: float, height: float) -> Box:
    """Return a box as it stands on a page that may be turned, its top first.

    box: measured from the lower left corner of the page before that is turned; width, height: of the page then.
    """
    x0, y0, x1, y1 = box
    match turn % 360:
        case 90:
            return y0, x0, y1, x1
        case 180:
            return width - x1, y0, width - x0, y1
        case 270:
            return height - y1, width - x1, height - y0, width - x0
    return x0, height - y1, x1, height - y0


def _once(signs: list[Sign]) -> Iterator[Sign]:
    """Leave out a sign that is printed again where it stands already."""
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
        if gap > _COLUMN:
            return right.blank if right.blank == "\u3000" else "   "
        return " " if gap > _SAID else ""
    if _is_han(left) or _is_han(right):
        gap -= spread
    if gap > _COLUMN:
        return "   "
    is_seen = right.is_apart and not in_cell and _is_han(left) == _is_han(right)
    return " " if gap > (_SAID if is_seen else _WORD) else ""


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

"""Which signs of a page lie across its text: watermarks, and the letters around a seal."""

from __future__ import annotations

import ctypes
from statistics import median
from typing import Any

import pypdfium2

from .pdf_sign import Sign

_ASLANT = 0.1  # of its length by which a line of text rises
_TALL = 1.8  # times the height of the other signs
_GREY, _WHITE, _SOLID = 0xA0, 0xF6, 0xA0  # from this grey on, up to this one; what covers less lets text shine through


def lies_aslant(textpage: Any, index: int) -> bool:
    """Return whether a sign is turned by anything but quarters.

    The matrix tells, not FPDFText_GetCharAngle: that one takes the slope of an italic for an angle too.
    """
    matrix = pypdfium2.raw.FS_MATRIX()
    if not pypdfium2.raw.FPDFText_GetMatrix(textpage, index, matrix):
        return False
    along, up = abs(matrix.a), abs(matrix.b)
    return bool(min(along, up) > _ASLANT * max(along, up))


def without_watermark(textpage: Any, signs: dict[int, Sign]) -> list[Sign]:
    """Return the signs without those of a watermark that lies level: large, pale, and with text in them.

    signs: by their index on the page.
    """
    heights = {index: sign.bottom - sign.top for index, sign in signs.items()}
    least = _TALL * median(heights.values()) if heights else 0.0
    pale = {index for index, height in heights.items() if height > least and _is_pale(textpage, index)}
    text = [sign for index, sign in signs.items() if index not in pale]
    if any(_holds(signs[index], sign) for index in pale for sign in text):
        return text
    return list(signs.values())


def _is_pale(textpage: Any, index: int) -> bool:
    colours = [ctypes.c_uint() for _ in "RGBA"]
    if not pypdfium2.raw.FPDFText_GetFillColor(textpage, index, *colours):
        return False
    *levels, cover = (colour.value for colour in colours)
    return cover < _SOLID or all(_GREY <= level < _WHITE for level in levels)


def _holds(large: Sign, small: Sign) -> bool:
    x, y = small.middle
    return large.left < x < large.right and large.top < y < large.bottom

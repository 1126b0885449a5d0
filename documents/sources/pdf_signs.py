"""The signs of a page of a PDF where they are seen."""

from __future__ import annotations

from typing import Any

import pypdfium2

from .pdf_sign import Sign
from .pdf_watermarks import lies_aslant, without_watermark
from .sign_lines import UNREAD, Box, once

_NO_SIGN = {0xFFFE, 0xFFFF, 0xFFFD, 0xAD, 0x200B}
_BLANK = {0x20, 0xA0, 0x3000}
_FIRST_HALF, _SECOND_HALF = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


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
    return list(once([sign for sign in seen if 0 <= sign.middle[0] <= width and 0 <= sign.middle[1] <= height]))


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

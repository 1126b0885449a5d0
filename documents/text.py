"""Text as it may be printed: cleaned of what has no shape, and held together where a line must not break."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# U+200E/F, U+202A-E, U+2066-9 turn the direction of text, U+FEFF and U+FFF9-B are marks without a shape
_SHAPELESS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_YEAR = re.compile(r"[\[［【〔(（﹝]\s*(\d{4})\s*[\]］】〕)）﹞]")
_SERIAL = re.compile(r"第?\s*0*(\d+)\s*号")


def clean(text: str) -> str:
    """Return text without control characters, lone surrogates, direction overrides and other shapeless marks.

    Line ends become "\\n"; tabs stay. Composed by Unicode NFC, which changes no printed shape.
    """
    text = _SHAPELESS.sub("", _NEWLINES.sub("\n", text))
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", kept)


def bare(name: str) -> str:
    """Return a name as names are compared: without white space, of one width, without capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


def chinese_date(day: date) -> str:
    """Return the date as the standard prints it: Arabic digits, no leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(number: str) -> str:
    """Return a document number with six-angled brackets, without 第 and leading zeros (7.2.5)."""
    number = _YEAR.sub(r"〔\1〕", clean(number).strip())
    return _SERIAL.sub(r"\1号", number)

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
_DAY = re.compile(
    r"^([0-9〇○零一二三四五六七八九]{4})\s*年\s*([0-9一二三四五六七八九十]{1,3})\s*月\s*([0-9一二三四五六七八九十]{1,3})\s*日$"
)
_DIGITS = "〇一二三四五六七八九"


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


def date_of(line: str) -> date | None:
    """Return the day that a line is and nothing else, in Arabic digits or Chinese ones; None when there is none."""
    found = _DAY.match(line)
    if not found:
        return None
    try:
        return date(_year(found.group(1)), _small(found.group(2)), _small(found.group(3)))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int("".join(char if char.isdigit() and char.isascii() else str(_digit(char)) for char in text))


def _digit(char: str) -> int:
    return 0 if char in "○零" else _DIGITS.index(char)


def _small(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    return (10 * (_digit(tens) if tens else 1) if mark else 0) + (_digit(ones) if ones else 0)

"""Numbers and dates as notices write them: 95, ９５, 1,000, 六十, 百, 二〇一〇, also with a digit lost on the way."""

from __future__ import annotations

import re
from datetime import date

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "○": 0, "Ｏ": 0, "O": 0, "o": 0, "◯": 0, "\ufffd": 0, "两": 2}
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
ZEROS = "〇○Ｏ零O◯"
YEAR = f"(?:\\d{{4}}|[{ZEROS}一二三四五六七八九\ufffd]{{4,10}})"
SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(rf"({YEAR})年({SMALL})月({SMALL})[日号]")  # in a text without white space
# a replaced 〇 shows as one, two or three U+FFFD
_LOST = re.compile("\ufffd{1,3}")


def chinese_integer(text: str) -> int | None:
    """Return the value of a Chinese numeral (六十, 一百二十, 百, 两千), or None when it is none."""
    total, section, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "十百千":
            section += (digit or 1) * _MULTIPLES[char]
            digit = 0
        elif char in "万亿":
            total += ((section + digit) or 1) * _MULTIPLES[char]
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None


def in_chinese(value: int) -> str:
    """A number up to 99 as headings are counted: 三, 十二, 二十."""
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def number(text: str) -> float | None:
    """Return the value of Arabic digits (with comma groups) or of a Chinese numeral; None when it is neither."""
    plain = text.replace(",", "").replace("，", "")
    try:
        return float(plain)
    except ValueError:
        value = chinese_integer(text)
        return None if value is None else float(value)


def small(text: str) -> int | None:
    """Return a day, month or serial: 9, ９, 九, 二十五; None when it is none."""
    if text.isdigit():
        return int(text)
    return chinese_integer(text)


def year(text: str) -> int | None:
    """Return a year of four digits, Arabic or Chinese (二〇一〇, 二○一○), a lost zero taken for zero."""
    if text.isdigit() and len(text) == 4:
        return int(text)
    digits = [DIGITS.get(char) for char in _LOST.sub("〇", text)]
    if len(digits) != 4 or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day of these numbers; None when one is missing or there is no such day."""
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def date_of(line: str) -> date | None:
    """Return the day that a line is and nothing else, in Arabic digits or Chinese ones; None when it is none."""
    found = DATE.fullmatch(re.sub(r"\s", "", line))
    return day_of(year(found[1]), small(found[2]), small(found[3])) if found else None

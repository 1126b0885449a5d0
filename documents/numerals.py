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


def in_chinese(
    value: int,
    digits: str = "零一二三四五六七八九",
    units: str = "十百千万",
    *,
    zero: str = "零",
    ten: bool = True,
    one: bool = True,
) -> str:
    """Return a number in words, as headings are counted: 三, 十二, 一百零一.

    digits, units: the signs; zero: what stands for places that are empty; ten: 十二 at the beginning, not 一十二;
    one: 一百, where Japanese says 百.
    """
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        lead = in_chinese(high, digits, units, zero=zero, ten=ten, one=one) + units[3]
        gap = zero if 0 < low < 1000 else ""
        return lead + (gap + in_chinese(low, digits, units, zero=zero, ten=False, one=one) if low else "")
    shown, skipped = "", False
    for place, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = value // place % 10
        if not digit:
            skipped = bool(shown)
            continue
        bare = digit == 1 and unit and (not one or (ten and place == 10 and not shown))
        shown += (zero if skipped else "") + ("" if bare else digits[digit]) + unit
        skipped = False
    return shown or digits[0]


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

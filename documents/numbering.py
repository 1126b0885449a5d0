"""Recognise the numbering at the start of a line of an official document.

The standard (GB/T 9704-2012, 7.3.3) knows four levels: 一、 then （一） then 1. then （1）.  Real notices write
them in every mixture of full-width and half-width signs, add ① below them, and count in running text with 一是.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CHINESE_DIGITS = "〇零一二三四五六七八九十百"
ENUMERATED = 5  # ① stands below the four levels of the standard
SPOKEN = 6  # 一是, 二是: counts inside running text, never a heading

_SPACE = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]*"
_CN = f"[{CHINESE_DIGITS}]{{1,5}}"
_NUM = "[0-9０-９]{1,3}"
_YEAR = "[12１２][0-9０-９]{3}[ \u3000]?年"
_OPEN, _CLOSE = "[（(﹙]", "[）)﹚]"

_FORMS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(f"{_CN}{_SPACE}[、．.､]")),
    (2, re.compile(f"{_OPEN}{_SPACE}{_CN}{_SPACE}{_CLOSE}|[㈠-㈩㊀-㊉]")),
    (4, re.compile(f"{_OPEN}{_SPACE}{_NUM}{_SPACE}{_CLOSE}|{_NUM}{_CLOSE}|[⑴-⒇]")),
    # a point followed by a digit is a decimal or a date (3.5亿元, 9.1), unless a year or month follows: 2.2023年工作
    (3, re.compile(f"{_NUM}(?:{_SPACE}[.．](?:(?![0-9０-９])|(?={_YEAR}|{_NUM}[ \u3000]?月))|{_SPACE}[、､])|[⒈-⒛]")),
    (ENUMERATED, re.compile("[①-⑳㉑-㉟㊱-㊿❶-➓⓵-⓾]")),  # ❶ of Wingdings, ➀ by which PyMuPDF writes the ① of a font
    (SPOKEN, re.compile(f"{_CN}是(?!否)|第{_CN}(?=[,，、])|其{_CN}(?=[,，、是])")),
)
# 一、二等奖 and 一、三产业 name two things; they do not number a line
_PAIR = re.compile(f"[{CHINESE_DIGITS}](?:等|级|产业|季度|类|期|线|、[{CHINESE_DIGITS}])")
_BLANK = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


class Numbering(NamedTuple):
    """The numbering of a line: level (1-4 of the standard, 5 for ①, 6 for 一是), as printed, and the rest."""

    level: int
    number: str
    text: str


def recognise(line: str) -> Numbering | None:
    """Return the numbering at the start of a line, or None when the line has none.

    line: one line of text; white space around it and inside the mark is dropped (（ 一 ） gives （一）).
    """
    stripped = line.strip()
    for level, form in _FORMS:
        found = form.match(stripped)
        if found is None:
            continue
        rest = stripped[found.end() :].lstrip()
        if level == 1 and _PAIR.match(rest):
            return None
        return Numbering(level, _BLANK.sub("", found.group()), rest)
    return None


def join(number: str, text: str) -> str:
    """Write number and text as one line, so that recognise() reads the same two back."""
    gap = " " if number[-1:] in ".．" and text[:1].isdigit() else ""
    return f"{number}{gap}{text}"


def ordinal(number: str) -> int:
    """Return the value of a printed numbering: 3 for 三、, （三）, 3., （3） or ③; 0 when there is none."""
    digits = re.search("[0-9０-９]+", number)
    if digits:
        return int(digits.group())
    for first, last, value in (
        ("㈠", "㈩", 1),
        ("㊀", "㊉", 1),
        ("⑴", "⒇", 1),
        ("⒈", "⒛", 1),
        ("①", "⑳", 1),
        ("㉑", "㉟", 21),
        ("㊱", "㊿", 36),
    ):
        if number and first <= number[0] <= last:
            return ord(number[0]) - ord(first) + value
    chinese = re.search(_CN, number)
    return _chinese_value(chinese.group()) if chinese else 0


def _chinese_value(digits: str) -> int:
    total, current = 0, 0
    for digit in digits:
        if digit in "十百":
            total += (current or 1) * (10 if digit == "十" else 100)
            current = 0
        else:
            current = current * 10 + "零一二三四五六七八九".find(digit.replace("〇", "零"))
    return total + current

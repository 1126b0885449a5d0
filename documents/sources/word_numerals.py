"""Numbers as each format of Word prints them (ST_NumberFormat), the Chinese ones as Chinese Word counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from documents.numerals import in_chinese

_CIRCLE = "○一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MOST = 32767
"""As far as Word counts; a number beyond it, or below 0, is printed in plain digits."""


def _by_digits(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _below_a_hundred(value: int) -> str:
    """二十三 up to 99, digit by digit from 一○○ on."""
    return in_chinese(value) if 0 < value < 100 else _by_digits(value, _CIRCLE)


def _one_of(value: int, signs: str) -> str:
    return signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _range(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _letters(value: int, first: str) -> str:
    """A to Z, then AA, BB: Word repeats the letter."""
    if value < 1:
        return str(value)
    turns, at = divmod(value - 1, 26)
    return chr(ord(first) + at) * min(turns + 1, 64)


def roman(value: int) -> str:
    """Return a Roman number; plain digits for what has none."""
    if not 0 < value <= MOST:
        return str(value)
    shown = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        shown += sign * count
    return shown


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value % 100 not in (11, 12, 13) else "th"
    return f"{value}{ending}"


def _note_sign(value: int) -> str:
    turns, at = divmod(max(value, 1) - 1, 4)
    return "*†‡§"[at] * min(turns + 1, 64)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "chicago": _note_sign,
    "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(),
    "upperLetter": partial(_letters, first="A"),
    "lowerLetter": partial(_letters, first="a"),
    # enclosed signs end with the code page Word took them from; beyond them it prints plain digits
    "decimalEnclosedCircle": partial(_one_of, signs=_range("①", 20)),
    "decimalEnclosedCircleChinese": partial(_one_of, signs=_range("①", 20)),
    "decimalEnclosedFullstop": partial(_one_of, signs=_range("⒈", 20)),
    "decimalEnclosedParen": partial(_one_of, signs=_range("⑴", 20)),
    # ISO/IEC 29500-1 17.18.59: in a circle. Word itself prints them in parentheses, ㈠ ([MS-OI29500] 2.1.540): the
    # level is the same, and a reader of the paper finds either
    "ideographEnclosedCircle": partial(_one_of, signs=_range("㊀", 10)),
    "ideographTraditional": partial(_one_of, signs=_STEMS),
    "ideographZodiac": partial(_one_of, signs=_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "chineseCounting": _below_a_hundred,
    "taiwaneseCounting": _below_a_hundred,
    "chineseCountingThousand": partial(in_chinese, zero="〇"),
    "taiwaneseCountingThousand": partial(in_chinese, units="十百千萬"),
    "japaneseCounting": partial(in_chinese, zero="", one=False),
    "chineseLegalSimplified": partial(in_chinese, digits="零壹贰叁肆伍陆柒捌玖", units="拾佰仟万", ten=False),
    "ideographLegalTraditional": partial(in_chinese, digits="零壹貳參肆伍陸柒捌玖", units="拾佰仟萬", ten=False),
    "japaneseLegal": partial(in_chinese, digits="零壱弐参四伍六七八九", units="拾百阡萬", zero="", ten=False),
    "ideographDigital": partial(_by_digits, digits="〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": partial(_by_digits, digits="〇一二三四五六七八九"),
    "koreanDigital2": partial(_by_digits, digits="零一二三四五六七八九"),
    "taiwaneseDigital": partial(_by_digits, digits=_CIRCLE),
    "decimalFullWidth": partial(_by_digits, digits="０１２３４５６７８９"),
    "decimalFullWidth2": partial(_by_digits, digits="０１２３４５６７８９"),
    "aiueo": partial(_one_of, signs=_AIUEO),
    "aiueoFullWidth": partial(_one_of, signs=_AIUEO),
}


def printed(value: int, form: str, example: str = "") -> str:
    """Return a number as a format of Word prints it; plain digits where the format is not known.

    form: the name of the format; example: for the form "custom" how it begins (001, 002, 003, ...).
    """
    if not 0 <= value <= MOST:
        return "" if form == "none" else str(value)
    if form == "custom":
        return str(value).zfill(len(example.split(",")[0].strip()))
    return _FORMS[form](value) if form in _FORMS else str(value)

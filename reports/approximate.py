"""Numbers as units write them when they have not counted to the last: 1,000余, 约300, 近500, 3万余人次.

What is only about right stays so wherever it is shown and in whatever it is added up with: never a digit more than
somebody knew. Pure: text in, numbers and text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from documents.counts import thousands
from documents.numerals import chinese_integer
from workflow.form_fields import half_width

_BEFORE = "大约|约|将近|接近|近|超过|超|逾|上|不少于|至少|不足|不到"
_BEHIND = r"余|多|来|左右|上下|以上|以内|\+"
_DIGITS = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千万亿]+"
_COUNTERS = "人次|人|名|份|场次|场|次|家次|家|篇|条|项|个|件|张|期|户|元|批次|批|台|套|幅|辆|处|册|本|枚|块|面"
NUMBER = re.compile(
    rf"(?:共计|共|累计|合计|总计)?(?P<before>{_BEFORE})?\s*"
    rf"(?:(?P<digits>{_DIGITS})\s*(?P<scale>[十百千万亿]{{0,2}})|(?P<chinese>{_CHINESE}))"
    rf"\s*(?P<behind>{_BEHIND})?\s*(?P<scale2>万)?\s*(?P<measure>{_COUNTERS})?\s*(?P<last>左右|上下|以上|以内)?"
)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_OVER = re.compile("余|多|超|逾|上(?!下)|以上|不少于|至少|\\+")
_UNDER = re.compile("近|不足|不到|以内")
LONGEST = 40


class Near(StrEnum):
    """On which side of a number the truth lies."""

    EXACT = ""
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"


@dataclass(frozen=True)
class Number:
    """A number, and how it was written where it is only about right."""

    value: int
    about: str = ""


def read(text: str, measure: str = "") -> Number | None:
    """The number somebody typed. Arguments: the text; the unit of measure, which may stand behind it.

    Returns: None where it is no number, or none that is whole.
    """
    found = read_decimal(text, measure)
    if found is None or found[0] != found[0].to_integral_value():
        return None
    return Number(int(found[0]), found[1])


def read_decimal(text: str, measure: str = "") -> tuple[Decimal, str] | None:
    """The same for a number that may have a fraction (约93.5%). Returns: it, and how it was written where it is only
    about right; None where it is none."""
    plain = half_width(text).removesuffix(measure).strip() if measure else half_width(text)
    found = NUMBER.fullmatch(plain)
    if found is None or len(plain) > LONGEST:
        return None
    value = value_of(found)
    if value is None:
        return None
    marked = found["before"] or found["behind"] or found["last"]
    return value, written(found, plain) if marked else ""


def value_of(found: re.Match[str]) -> Decimal | None:
    """What the digits and their 万 and 亿 amount to."""
    if found["chinese"]:
        whole = chinese_integer(found["chinese"])
        value = None if whole is None else Decimal(whole)
    else:
        value = Decimal(re.sub("[, ]", "", found["digits"]))
        for scale in found["scale"]:
            value *= _SCALES[scale]
    return value * _SCALES["万"] if value is not None and found["scale2"] else value


def written(found: re.Match[str], plain: str) -> str:
    """The number as it was written, its thousands parted, without the unit of measure behind it."""
    text = plain if not found["measure"] else plain[: found.start("measure")] + (found["last"] or "")
    digits = found["digits"]
    if digits and re.fullmatch(r"\d{4,}", digits):
        text = text.replace(digits, thousands(int(digits)), 1)
    return text.strip()


def nearness(about: str) -> Near:
    """On which side of a number the truth lies, from how it was written (empty: it is exact)."""
    if not about:
        return Near.EXACT
    if _UNDER.search(about):
        return Near.UNDER
    return Near.OVER if _OVER.search(about) else Near.ABOUT


def together(parts: Iterable[str]) -> Near:
    """How near a sum is. Arguments: how each number was written. Returns: exact only when all of them are."""
    found = {nearness(each) for each in parts} - {Near.EXACT}
    if not found:
        return Near.EXACT
    return found.pop() if len(found) == 1 else Near.ABOUT


def said(value: int | Decimal, near: Near) -> str:
    """A number as papers and pages say it: 1,300, 1,300余, 近1,300, 约1,300."""
    plain = thousands(value)
    return {Near.EXACT: plain, Near.OVER: f"{plain}余", Near.UNDER: f"近{plain}", Near.ABOUT: f"约{plain}"}[near]

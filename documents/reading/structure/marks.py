"""What stands before an item where the standard's four levels do not: 活动之一, 第一项, 专栏1, Ⅰ, A., (a), 1.1, ●."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.numbering import Numbering, ordinal

_CN = "[一二三四五六七八九十]{1,3}"
_NOUN = "活动|任务|专题|专项|项目|行动|板块|系列|篇章|环节|主题|工程|单元|专栏|课程|议题|工作"
_BEHIND = r"(?=[ \t\u3000：:、，,]|——|$)[ \t\u3000：:、，,—]*"
_NAMED = re.compile(
    r"(?:[【〖［](?:\d{1,2}|[一二三四五六七八九十]{1,3})[】〗］][ \t\u3000：:、]*|"
    rf"(?:{_NOUN})(?:之?{_CN}|\d{{1,2}}){_BEHIND}|"
    rf"第(?:{_CN}|\d{{1,2}})(?:项|个活动|项活动|项工作|类){_BEHIND}|"
    rf"之{_CN}{_BEHIND})"
)
_CHAPTER = re.compile(rf"第{_CN}(?:部分|章|篇){_BEHIND}")
BULLET = re.compile(r"[-•·*]\s+(?=\S)|[●■◆◇★☆►▶▷➢➤→⇒❖◎▲△▪◉❀✦✧]\s*(?=\S)")
"""A sign before an item; one that is also a dash, a point or a star needs a blank behind it."""
_LETTERED = {
    "A": re.compile(r"[A-Z][.．、)）]\s*(?=\D)|[（(][A-Z][)）]\s*"),
    "a": re.compile(r"[a-z][.．、)）]\s*(?=\D)|[（(][a-z][)）]\s*"),
    "Ⅰ": re.compile(r"[（(]?[\u2160-\u216b][.．、)）]?\s*"),
    "ⅰ": re.compile(r"[（(]?[\u2170-\u217b][.．、)）]?\s*"),
}
_LEVELS = {"A": 4, "a": 4, "Ⅰ": 1, "ⅰ": 4}
_DECIMAL = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){1,2}[、.]?[ \t\u3000]*(?=[“《\u4e00-\u9fff])"
    "(?![年月日时点分个名家份张条项万亿元%吨米倍届期])"
)
_DEPTHS = (
    (re.compile(r"[【〖［]|之|第.+[项类动作]|(?:" + _NOUN + ")"), 2.5),
    (re.compile("第.+(?:部分|章|篇)"), 0.5),
    (re.compile(r"[（(]?[\u2160-\u216b]"), 1.5),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d"), 3.6),
    (re.compile(r"\d{1,2}\.\d"), 3.5),
    (re.compile("[（(]?[A-Z]"), 3.7),
    (re.compile("[（(]?[a-zⅰ-ⅻ]"), 3.8),
    (BULLET, 3.9),
)
"""Each kind of mark has a depth of its own between the levels of the standard: 1. below 活动一 is no sister of it."""


def depth(numbering: Numbering) -> float:
    """Return how deep an item with this mark stands; the levels of the standard are whole numbers."""
    if numbering.level < 3 and re.fullmatch(r"[\d.]+", numbering.number):
        return numbering.level  # 2.1 below 2, in a paper that counts so throughout
    return next((deep for form, deep in _DEPTHS if form.match(numbering.number + " x")), numbering.level)


def named(text: str) -> Numbering | None:
    """Return the mark of an item that shows by itself: 【1】, 活动之一, 第一项, 第一部分."""
    for level, form in ((1, _CHAPTER), (3, _NAMED)):
        mark = form.match(text)
        if mark and mark.end() < len(text):
            return Numbering(level, mark[0].strip(" \t\u3000：:、，,—"), text[mark.end() :])
    return None


def counted(texts: Sequence[str | None]) -> dict[int, Numbering]:
    """Return the items that count on from the first: A. and B., Ⅰ and Ⅱ, 1.1 and 1.2, by the index of their line.

    texts: each line, None for one that is numbered already or of a table.
    """
    found: dict[int, Numbering] = {}
    for kind, form in _LETTERED.items():
        hits = {at: mark for at, text in enumerate(texts) if text is not None and (mark := form.match(text))}
        found |= _runs(texts, hits, _LEVELS[kind], kind)
    hits = {at: mark for at, text in enumerate(texts) if text is not None and (mark := _DECIMAL.match(text))}
    return found | _decimals(texts, hits)


def _runs(texts: Sequence[str | None], hits: dict[int, re.Match[str]], level: int, first: str) -> dict[int, Numbering]:
    """The runs of hits that begin with the first sign and have a second."""
    found: dict[int, Numbering] = {}
    run: list[int] = []
    for at, mark in [*hits.items(), (-1, None)]:
        value = _value(mark[0], first) if mark else 0
        if value != len(run) + 1:
            found |= {each: _numbering(texts, each, hits[each], level) for each in run if len(run) > 1}
            run = []
        if mark and value == len(run) + 1:
            run.append(at)
    return found


def _decimals(texts: Sequence[str | None], hits: dict[int, re.Match[str]]) -> dict[int, Numbering]:
    """1.1, 1.2 … 2.1: what has a sister."""
    numbers = {mark[0].rstrip("、. \t\u3000"): at for at, mark in hits.items()}
    found: dict[int, Numbering] = {}
    for number, at in numbers.items():
        above, _, last = number.rpartition(".")
        if f"{above}.{int(last) + 1}" in numbers or f"{above}.{int(last) - 1}" in numbers:
            found[at] = _numbering(texts, at, hits[at], 4)
    return found


def _value(mark: str, first: str) -> int:
    sign = re.sub(r"[^A-Za-z\u2160-\u217b]", "", mark)[:1]
    return ord(sign) - ord(first) + 1 if sign else 0


def _numbering(texts: Sequence[str | None], at: int, mark: re.Match[str], level: int) -> Numbering:
    return Numbering(level, mark[0].strip(), (texts[at] or "")[mark.end() :])


def in_order(number: str) -> int:
    """Return which of its list an item is: 1 for 一、, A. or Ⅰ; 0 for a sign that does not count."""
    return ordinal(number) or next((_value(number, first) for first in _LETTERED if _is_of(number, first)), 0)


def _is_of(number: str, first: str) -> bool:
    return _LETTERED[first].match(f"{number} x") is not None and 0 < _value(number, first) <= 26

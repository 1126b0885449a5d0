"""Tables of indicators: name, unit, and what is to be reached by which year."""

from __future__ import annotations

import re

from documents.numerals import number
from documents.reading.phrases.spans import Span
from documents.reading.phrases.targets import COMPARATORS, Target
from documents.reading.structure.columns import Cell, Table

_NAME = re.compile(r"(?:主要|核心|质量|具体)?指标(?:名称|项目|内容)?")
_UNIT = re.compile(r"(?:计量)?单位")
_GOAL = re.compile(r"(?:(?P<year>\d{4})年)?(?:底)?(?:目标|目标值|规划目标|预期目标|预期值)?")
_VALUE = re.compile(
    r"(?P<before>[^\d]{0,6})(?P<n>\d+(?:\.\d+)?)(?:—(?P<n2>\d+(?:\.\d+)?))?(?P<unit>[^\d以左]{0,6})(?P<after>以上|及以上|以内|以下|左右)?"
)


def read_indicators(table: Table) -> list[Target]:
    """Return the indicators of a table whose header names 指标 and a year or a goal; of several years the last."""
    heads = [cell.flow.text for cell in table.header]
    names = [index for index, text in enumerate(heads) if _NAME.fullmatch(text)]
    goals = [index for index, text in enumerate(heads) if text and _GOAL.fullmatch(text)]
    if not names or not goals:
        return []
    units = [index for index, text in enumerate(heads) if _UNIT.fullmatch(text)]
    year = _GOAL.fullmatch(heads[goals[-1]])
    found = []
    for row in table.rows:
        unit = row[units[0]].value if units else ""
        target = _indicator(row[names[-1]], row[goals[-1]], unit, year["year"] if year else None)
        found.extend([target] if target else [])
    return found


def _indicator(name: Cell, goal: Cell, unit: str, year: str | None) -> Target | None:
    match = _VALUE.fullmatch(goal.flow.text)
    value = number(match["n"]) if match else None
    if match is None or value is None or not name.spans or not goal.spans:
        return None
    before = next((word for word in sorted(COMPARATORS, key=len, reverse=True) if match["before"].endswith(word)), "")
    sign = COMPARATORS.get(match["after"] or "", "") or COMPARATORS.get(before, "=")
    return Target(
        text=f"{name.value}{goal.value}",
        span=Span(name.spans[0].start, goal.spans[-1].end),
        value=value,
        unit=match["unit"] or unit.strip("（）()"),
        comparator="range" if match["n2"] else sign,
        value_max=number(match["n2"]) if match["n2"] else None,
        metric=name.value,
        year=int(year) if year else None,
    )

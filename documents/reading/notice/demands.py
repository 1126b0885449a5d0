"""What a text demands, wherever it says so: filings by a day, how many of what, and every other day it names.

For a text that is written already (the body of a notice, an annex): what it says is set against what is asked in data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from documents.reading.phrases.dates import Calendar, DateFound, find, is_background
from documents.reading.phrases.spans import Flow
from documents.reading.phrases.targets import Target, find_targets
from documents.reading.phrases.units import Register
from documents.reading.structure.lines import flow, split

from .activities import Context
from .deadlines import find_deadlines
from .draft import Deadline
from .due_marks import Anchors

_EDGES = "，。；\n"


_WHOM = re.compile(
    r"(?:每个?|各)(?P<who>(?:成员|有关|责任)?单位|部门|县\(市、区\)|县区|市县|区县|区|县|镇街|镇|街道|企业)"
)
_GIVES = re.compile("^(?:要|须|应|请)?(?:报送|上报|提交|推荐|征集)")
_SENTENCE = "。\n"
_LENGTH = ("秒", "分钟", "小时")


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of something: 每个单位至少报送2篇工作动态.

    item: what is counted; who: of whom (各单位, 各区), "" where nobody is named; day: the last day its sentence names
    for handing something in.
    """

    target: Target
    item: str
    who: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Demands:
    """What a text demands. days: the dates that are no filing's, ``what`` holding the clause each stands in."""

    deadlines: tuple[Deadline, ...]
    quotas: tuple[Quota, ...]
    days: tuple[DateFound, ...]


def read_demands(
    text: str, *, year: int, around: date | None = None, is_working_day: Callable[[date], bool]
) -> Demands:
    """Read what a text demands.

    text: the body of a notice, or an annex. year: the notice's, for days without one. around: the day it is issued,
    from which terms are counted. is_working_day: the calendar for terms in working days.
    """
    context = Context(Calendar(year, around), Register())
    whole = flow(text, split(text))
    deadlines = tuple(find_deadlines(whole, context, Anchors(around), is_working_day))
    taken = [each.span for each in deadlines]
    days = [day for day in find(whole, context.calendar) if not any(span.covers(day.span) for span in taken)]
    counted = [each for each in find_targets(whole, "demand") if each.unit not in _LENGTH]
    quotas = tuple(_quota(whole, each, deadlines) for each in counted)
    return Demands(deadlines, quotas, tuple(_with_clause(whole, day) for day in days if _is_meant(whole, day, year)))


def _quota(whole: Flow, target: Target, deadlines: tuple[Deadline, ...]) -> Quota:
    """A figure with whom it is asked of and by when, as its sentence says."""
    begin, end = whole.find(target.span.start), whole.find(target.span.end - 1) + 1
    left = max(whole.text.rfind(sign, 0, begin) for sign in _SENTENCE) + 1
    right = min((at for sign in _SENTENCE if (at := whole.text.find(sign, end)) >= 0), default=len(whole))
    named = list(_WHOM.finditer(whole.text, left, end))
    sentence = whole.span(left, right)
    days = [each.date.end for each in deadlines if each.date and sentence.covers(each.span)]
    item = _GIVES.sub("", _WHOM.sub("", target.metric or target.text))
    return Quota(target, item, f"各{named[-1]['who']}" if named else "", days[0] if days else None)


def _is_meant(whole: Flow, day: DateFound, year: int) -> bool:
    """Whether a day is one of this campaign: neither a year alone nor one long past nor that of another paper."""
    if day.precision == "year" or day.start is None or day.end is None or day.end.year < year:
        return False
    after = whole.find(day.span.end - 1) + 1
    before = whole.text[max(0, whole.find(day.span.start) - 4) : whole.find(day.span.start)]
    return not is_background(whole.text, after) and not re.search("截至|自从", before)


def _with_clause(whole: Flow, day: DateFound) -> DateFound:
    """A day with the clause it stands in."""
    begin, end = whole.find(day.span.start), whole.find(day.span.end - 1) + 1
    left = max(whole.text.rfind(sign, 0, begin) for sign in _EDGES) + 1
    right = min((at for sign in _EDGES if (at := whole.text.find(sign, end)) >= 0), default=len(whole))
    return replace(day, what=whole.value(left, right))

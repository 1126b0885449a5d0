"""What a text demands, wherever it says so: filings by a day, and every other day it names.

For a text that is written already (the body of a notice, an annex): what it says is set against what is asked in data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from documents.reading.phrases.dates import Calendar, DateFound, find, is_background
from documents.reading.phrases.spans import Flow
from documents.reading.phrases.units import Register
from documents.reading.structure.lines import flow, split

from .activities import Context
from .deadlines import Anchors, find_deadlines
from .draft import Deadline

_EDGES = "，。；\n"


@dataclass(frozen=True, slots=True)
class Demands:
    """What a text demands. days: the dates that are no filing's, ``what`` holding the clause each stands in."""

    deadlines: tuple[Deadline, ...]
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
    return Demands(deadlines, tuple(_with_clause(whole, day) for day in days if _is_meant(whole, day, year)))


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

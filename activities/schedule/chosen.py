"""What the address of a calendar asks for: which look, which days, which of all that happens."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from activities.models.activity import ActivityKind
from workflow.form_fields import EARLIEST, LATEST
from workflow.pages import day as as_day
from workflow.pages import number, words

MONTH, WEEK, LIST, TIMELINE = LOOKS = ("month", "week", "list", "timeline")
ACTIVITIES, ROUNDS, DEADLINES, MEETINGS = SORTS = ("activities", "rounds", "deadlines", "meetings")
"""What happens, apart from kinds of activities: the choice of a kind offers these as well."""


@dataclass(frozen=True)
class Chosen:
    """One choice. ``whose``: "ours" leaves out what other units do; empty takes everything there is to see."""

    look: str
    day: date
    kind: str = ""
    unit: int = 0
    group: int = 0
    words: str = ""
    whose: str = ""
    by: str = "unit"
    asked_whose: str = ""
    """What the address itself says of it."""
    one_day: bool = False
    """A list of the things of this one day, where a month had no more room for them."""

    @classmethod
    def of(cls, data: QueryDict, today: date, whose: str) -> "Chosen":
        """What stands in the address; what is senseless there chooses nothing.

        Arguments: the address's query; the day to begin with, and whose things to show, where it names none.
        """
        given, kind, look = as_day(words(data, "day")), words(data, "kind"), words(data, "look")
        asked = words(data, "whose")
        return cls(
            look=look if look in LOOKS else MONTH,
            day=min(max(given or today, EARLIEST), LATEST),
            kind=kind if kind in (*ActivityKind.values, *SORTS) else "",
            unit=number(words(data, "unit")),
            group=number(words(data, "group")),
            words=words(data, "q")[:80],
            whose={"all": "", "ours": "ours"}.get(asked, whose),
            asked_whose=asked if asked in ("all", "ours") else "",
            by="day" if words(data, "by") == "day" else "unit",
            one_day=given is not None and look == LIST,
        )

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that stand on the page; a list goes on from its day to the end."""
        if self.look == WEEK:
            return monday(self.day), monday(self.day) + timedelta(days=6)
        if self.look == LIST:
            return (self.day, self.day) if self.one_day else (date.min, date.max)
        last = self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
        return self.day.replace(day=1), last

    @property
    def before(self) -> date:
        """A day on the page before this one."""
        first, _last = self.span
        if self.look == WEEK:
            return self.day - timedelta(days=7)
        return first - timedelta(days=1) if self.look != LIST or self.one_day else self.day

    @property
    def after(self) -> date:
        """A day on the page after this one."""
        _first, last = self.span
        if self.look == WEEK:
            return self.day + timedelta(days=7)
        return last + timedelta(days=1) if self.look != LIST or self.one_day else self.day

    def among(self, groups: Iterable[Any]) -> "Chosen":
        """The same choice, without a group that is not among those offered."""
        return self if self.group in {0, *(each.pk for each in groups)} else replace(self, group=0)

    def address(self, **changes: str | int | date) -> str:
        """The query of the address of this choice with something of it changed."""
        one_day = self.day if self.look != LIST or self.one_day else ""
        parts = {
            "look": self.look, "day": one_day, "kind": self.kind, "unit": self.unit, "group": self.group,
            "q": self.words, "whose": self.asked_whose, "by": self.by if self.look == TIMELINE else "",
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in (parts | changes).items() if value})

    def takes(self, sort: str) -> bool:
        """Whether things of this sort are wanted: activities, rounds, deadlines or meetings."""
        return self.kind in ("", sort) or (sort == ACTIVITIES and self.kind not in SORTS)

    @property
    def activity_kind(self) -> str:
        """The kind of activities wanted; empty: any."""
        return "" if self.kind in SORTS else self.kind

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out that there is to see."""
        return bool(self.kind or self.unit or self.group or self.words)


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())

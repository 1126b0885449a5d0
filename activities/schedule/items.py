"""What happens when, of everything a reader may see: few columns of many rows, and all of those that are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from campaigns.models import Campaign

ACTIVITY, TASK, ROUND, OWED, ASKED, MEETING = "activity", "task", "round", "owed", "asked", "meeting"
"""Sorts of things: an activity, the last day of a task, a round, what a unit owes, what an office asks of its units, a
joint meeting."""
RANK = {OWED: 0, ASKED: 0, MEETING: 0, ROUND: 1, ACTIVITY: 2, TASK: 3}
"""What a day shows first, where it has no room for everything."""


@dataclass(frozen=True)
class Viewer:
    """Who looks: whose rows are shown, and in which campaigns."""

    user: Any
    campaigns: tuple[Campaign, ...]
    hosts: frozenset[int]
    units: frozenset[int]

    @classmethod
    def of(cls, user: Any, campaigns: Iterable[Campaign]) -> "Viewer":
        """Arguments: a person or the reader of a feed; campaigns this person may see."""
        return cls(user, tuple(campaigns), frozenset(user.units_as(*HOST_ROLES)), frozenset(user.units_as(*UNIT_ROLES)))

    @property
    def pks(self) -> list[int]:
        return [each.pk for each in self.campaigns]

    @property
    def overseen(self) -> list[int]:
        """The campaigns of which the person sees everything."""
        return [each.pk for each in self.campaigns if each.host_id in self.hosts]

    @property
    def only_files(self) -> bool:
        """Whether the person oversees none of these campaigns: then what other units do is noise."""
        return not self.overseen


@dataclass(slots=True)
class Item:
    """One thing on its days; ``first`` is None where no day is known. Names are put in where it is shown."""

    sort: str
    pk: int
    first: date | None
    last: date | None
    order: int = 0
    place: str = ""
    people: str = ""
    """Leaders and speakers expected, as far as the reader may know."""
    media: tuple[str, ...] = ()
    part_of: int = 0
    """Of a round: its activity."""
    entry: "Entry | None" = None

    @property
    def key(self) -> str:
        """A name of its own among everything there is."""
        return f"{self.sort}-{self.pk}"

    @property
    def days(self) -> int:
        """Over how many days it goes."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


@dataclass(slots=True)
class Entry:
    """What is shown of one thing."""

    title: str
    url: str
    campaign: int
    place: str = ""
    note: str = ""
    """The time or the days as they are printed (上午9时, 9月上旬)."""
    who: list[str] = field(default_factory=list)
    at: datetime | None = None
    """The very moment of a deadline, or at which a meeting begins; None where only days are known."""
    until: datetime | None = None
    """When a meeting ends."""
    kind: str = ""
    """What it is called: a kind of activity, of filing."""
    mark: str = ""
    """``done``, ``late``, ``returned``, ``closed``; empty for what is to come or has no state."""
    count: str = ""
    """How many have filed of how many, for an office."""
    code: str = ""
    """What it is, in no language: another code is another thing to tell."""
    for_all: bool = False
    """Whether it is common to all units of the campaign."""


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def within(items: Iterable[Item], first: date, last: date) -> list[Item]:
    """Those of which a day lies between these."""
    return [each for each in items if each.first and each.last and each.first <= last and each.last >= first]


def in_order(items: Collection[Item]) -> list[Item]:
    """By their first day, deadlines before what happens, the longer first; what has no day last."""
    return sorted(items, key=lambda each: (each.first or date.max, RANK[each.sort], -each.days, each.order, each.pk))

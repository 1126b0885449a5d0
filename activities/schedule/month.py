"""A month as weeks: what lies in which lane on which days, and how many things a day has no room for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from activities.schedule.chosen import monday
from activities.schedule.items import RANK, Item, days_between
from workflow.workdays import WorkingDays, working_days

LANES = 5
"""Things a day shows; a full day says how many more there are."""
LONG = 7
"""What goes on for more days is placed last: it would leave no room for what happens on a day."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day. kind: off of a holiday; worked, a weekend that is none; rest, any other free day; plain."""

    day: date
    kind: str
    why: str
    is_inside: bool
    """Whether it belongs to the month shown."""
    more: int = 0
    """Things it has no room for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing in a week: from which column on, over how many, in which lane."""

    item: Item
    column: int
    over: int
    lane: int
    goes_on: bool
    """Whether it goes on after this week."""


@dataclass(slots=True)
class Week:
    """A week from Monday."""

    days: list[Day]
    placed: list[Placed] = field(default_factory=list)

    def of_column(self, column: int) -> list[Placed]:
        """What begins on a day of the week, the upper lanes first."""
        return [each for each in self.placed if each.column == column]


def day_of(day: date, known: WorkingDays, is_inside: bool = True, more: int = 0) -> Day:
    """A day with what it is for those who work."""
    if known.is_working_day(day):
        return Day(day, "worked" if day.weekday() >= 5 else "plain", "", is_inside, more)
    return Day(day, "off" if known.is_holiday(day) else "rest", known.why_off(day), is_inside, more)


def weeks(items: Iterable[Item], first: date, last: date, lanes: int = LANES) -> list[Week]:
    """The weeks from the first day to the last.

    Arguments: things that have days; the days; how many things a day shows.
    """
    begins, number = monday(first).toordinal(), ((last - monday(first)).days // 7) + 1
    by_week: list[list[Item]] = [[] for _ in range(number)]
    for item in sorted(items, key=urgent):
        assert item.first and item.last
        from_, to = (item.first.toordinal() - begins) // 7, (item.last.toordinal() - begins) // 7
        for week in range(max(from_, 0), min(to, number - 1) + 1):
            by_week[week].append(item)
    known = working_days()
    return [
        one_week(date.fromordinal(begins) + WEEK * place, inside, (first, last), lanes, known)
        for place, inside in enumerate(by_week)
    ]


def urgent(item: Item) -> tuple[bool, int, int, int, int, int]:
    """What is placed first: deadlines, then rounds, then what goes on for several days; what goes on for weeks last."""
    assert item.first
    return item.days > LONG, RANK[item.sort], -item.days, item.first.toordinal(), item.order, item.pk


def one_week(start: date, items: list[Item], span: tuple[date, date], lanes: int, known: WorkingDays) -> Week:
    """Lay the things of a week into lanes; each takes the uppermost that is free on all its days."""
    begins, free = start.toordinal(), [0] * lanes  # a bit of each day that is taken
    placed: list[Placed] = []
    more = [0] * 7
    for item in items:
        assert item.first and item.last
        column = max(item.first.toordinal() - begins, 0)
        last = min(item.last.toordinal() - begins, 6)
        bits = ((1 << (last - column + 1)) - 1) << column
        for lane in range(lanes):
            if not free[lane] & bits:
                free[lane] |= bits
                placed.append(Placed(item, column + 1, last - column + 1, lane + 1, item.last.toordinal() - begins > 6))
                break
        else:
            for day in range(column, last + 1):
                more[day] += 1
    placed.sort(key=lambda each: (each.column, each.lane))
    days = days_between(start, start + timedelta(days=6))
    inside = [span[0] <= day <= span[1] for day in days]
    return Week([day_of(*each) for each in zip(days, [known] * 7, inside, more, strict=True)], placed)

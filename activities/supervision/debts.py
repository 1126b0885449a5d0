"""What of a unit is overdue: the worst first, how long in working days, how often it was reminded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from activities.models import Assignment, Listed, Slip, SlipDebt
from activities.models.reminder import reminded
from activities.states import CAME_IN, Standing
from campaigns.models import Campaign
from workflow import clock
from workflow.workdays import working_days


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing a unit has not filed, as a page or a slip names it."""

    row: Listed
    unit: int
    notice: int
    overdue_days: int
    """Working days since its last moment."""
    reminded: int = 0
    reminded_at: datetime | None = None

    @property
    def came_in(self) -> bool:
        """Whether it was filed since."""
        return self.row.standing in CAME_IN

    @property
    def is_settled(self) -> bool:
        """Whether it is not owed any more: filed, not applicable, no longer asked; or there is time again."""
        return self.row.standing != Standing.OVERDUE

    def __str__(self) -> str:
        return str(self.row)


def overdue_of(campaign: Campaign, units: Collection[int] | None = None, days: int = 0) -> dict[int, list[Debt]]:
    """What is overdue in a campaign, by the unit: the worst first.

    Arguments: the campaign; ids of units (None: all); for how many working days at least it has to be overdue.
    """
    rows = Assignment.objects.filter(campaign=campaign).required().overdue().filter(last_at__lte=last_moment(days))
    found: dict[int, list[Debt]] = {}
    for each in read(rows if units is None else rows.filter(unit__in=units)):
        found.setdefault(each.unit, []).append(each)
    return found


def last_moment(days: int) -> datetime:
    """The last moment that is so many working days ago: the end of the day before the first of them."""
    if not days:
        return clock.now()
    day = timedelta(days=1)
    return clock.end_of(working_days().earlier(clock.today() + day, days) - day)  # today counts, if it is worked


def read(rows: Any) -> list[Debt]:
    """Assignments as debts, the worst first."""
    today, known = clock.today(), working_days()

    @cache
    def days_since(last: datetime) -> int:
        return known.number_between(clock.last_day(last), today)

    listed = [(unit, notice, Listed(*each)) for unit, notice, *each in Listed.read_from(rows, "unit_id", "notice_id")]
    often = reminded([row.pk for _unit, _notice, row in listed])
    found = []
    for unit, notice, row in listed:
        last, times = often.get(row.pk, (None, 0))
        found.append(Debt(row, unit, notice, days_since(row.last_at), times, last))
    return sorted(found, key=lambda each: (each.row.last_at, each.row.pk))


def named_in(slip: Slip) -> list[Debt]:
    """What a slip names: as it stands now while it is a draft, as it stood on the day of issue from then on."""
    found = read(Assignment.objects.filter(in_slips__slip=slip))
    if slip.is_draft:
        return found
    kept = {row.assignment_id: row for row in slip.named.all()}
    return [as_issued(each, kept[each.row.pk]) for each in found]


def as_issued(debt: Debt, kept: SlipDebt) -> Debt:
    """A debt with the numbers the slip was issued with."""
    return replace(debt, overdue_days=kept.overdue_days or 0, reminded=kept.reminded or 0, reminded_at=kept.reminded_at)


def worst(debts: Iterable[Debt]) -> int:
    """For how many working days the oldest of them is overdue."""
    return max((each.overdue_days for each in debts), default=0)

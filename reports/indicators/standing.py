"""How an indicator stands: what its units come to in each year, set against the way from base to target.

Pure arithmetic over what is approved, so the page, the list, the chart and a briefing say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import Comparator
from campaigns.models import RollUp
from reports.approximate import Near, nearness, said, together
from reports.models import Target, TargetValue
from reports.models.target import ValueState, plain

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Stands(StrEnum):
    """How far an indicator is."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    NOTHING = "nothing"

    @property
    def label(self) -> Any:
        """The word for it."""
        return LABELS[self]

    @property
    def style(self) -> str:
        """Its colour, as badges have it."""
        return STYLES[self]

    @property
    def icon(self) -> str:
        """Its shape, for whoever sees no colours."""
        return ICONS[self]


LABELS = {
    Stands.REACHED: _("Target reached"),
    Stands.ON_COURSE: _("On course"),
    Stands.BEHIND: _("Behind the course"),
    Stands.MISSED: _("Target missed"),
    Stands.NOTHING: _("No approved value yet"),
}
STYLES = {
    Stands.REACHED: "done",
    Stands.ON_COURSE: "due",
    Stands.BEHIND: "late",
    Stands.MISSED: "overdue",
    Stands.NOTHING: "waived",
}
ICONS = {
    Stands.REACHED: "check-circle",
    Stands.ON_COURSE: "arrow-up",
    Stands.BEHIND: "exclamation-triangle",
    Stands.MISSED: "x-circle",
    Stands.NOTHING: "circle",
}


@dataclass(frozen=True)
class Actual:
    """What all units come to in one year: from how many of how many units."""

    year: int
    value: Decimal
    near: Near
    units: int
    among: int

    @property
    def shown(self) -> str:
        """The number as pages say it."""
        return said(self.value, self.near)

    @property
    def is_whole(self) -> bool:
        """Whether every responsible unit is in it."""
        return self.units == self.among


@dataclass(frozen=True)
class Course:
    """One indicator with all its years."""

    target: Target
    years: tuple[int, ...]
    actual: dict[int, Actual]
    today: int
    """The year it is now."""

    @property
    def last(self) -> Actual | None:
        """The newest year of which something is approved."""
        return self.actual[max(self.actual)] if self.actual else None

    def planned(self, year: int) -> Decimal | None:
        """Where the straight way from base to target would be in a year; None before it, or where there is no base."""
        target = self.target
        if year >= target.target_year:
            return plain(target.target_value)
        if target.base_year is None or target.base_value is None or year < target.base_year:
            return None
        share = Decimal(year - target.base_year) / (target.target_year - target.base_year)
        value = target.base_value + share * (target.target_value - target.base_value)
        return plain(value.quantize(HUNDREDTH, ROUND_HALF_UP))

    @property
    def stands(self) -> Stands:
        """How far it is by its newest whole year; a year of which a unit is missing reaches nothing."""
        whole = [each for each in self.actual.values() if each.is_whole]
        if not whole:
            return Stands.MISSED if self.today > self.target.target_year else Stands.NOTHING
        last = max(whole, key=lambda each: each.year)
        if meets(last, self.target.comparator, self.target.target_value):
            return Stands.REACHED
        if self.today > self.target.target_year:
            return Stands.MISSED
        planned = self.planned(last.year)
        if planned is None or self.target.comparator == Comparator.EXACTLY:
            return Stands.ON_COURSE if last.year < self.target.target_year else Stands.BEHIND
        return Stands.ON_COURSE if meets(last, self.target.comparator, planned) else Stands.BEHIND

    @property
    def rows(self) -> list[tuple[int, Decimal | None, Actual | None]]:
        """Each year with where it should be and what it came to."""
        return [(year, self.planned(year), self.actual.get(year)) for year in self.years]


def meets(actual: Actual, comparator: str, wanted: Decimal) -> bool:
    """Whether a value reaches what is wanted. What is only about right reaches it by its number, never by its mark:
    约95 is not at least 95, 95余 is, 近95 is not."""
    if actual.value == wanted:
        fits = {Comparator.AT_LEAST: (Near.EXACT, Near.OVER), Comparator.AT_MOST: (Near.EXACT, Near.UNDER)}
        return actual.near in fits.get(Comparator(comparator), (Near.EXACT,))
    if comparator == Comparator.AT_LEAST:
        return actual.value > wanted
    return comparator == Comparator.AT_MOST and actual.value < wanted


def put_together(target: Target, year: int, rows: Sequence[TargetValue], among: int) -> Actual | None:
    """What the approved values of a year come to, as the indicator says. Arguments: it; the year; values; of how many
    units. Returns: None where there is nothing, or the whole of a share is nothing."""
    if not rows:
        return None
    near = together(row.about for row in rows)
    if target.rollup == RollUp.RATIO:
        part, whole = (sum((getattr(row, name) or 0 for row in rows), Decimal(0)) for name in ("part", "whole"))
        if not whole:
            return None
        value = Decimal(100 * part / whole).quantize(HUNDREDTH, ROUND_HALF_UP)
    elif target.rollup == RollUp.MEAN:
        value = (sum((row.value for row in rows), Decimal(0)) / len(rows)).quantize(HUNDREDTH, ROUND_HALF_UP)
    elif target.rollup == RollUp.LAST:
        last = max(rows, key=lambda row: (row.reported_at, row.pk))
        value, near = last.value, nearness(last.about)
        return Actual(year, plain(value), near, among, among)  # the newest one stands for all
    elif target.rollup == RollUp.DISTINCT:
        value, near = Decimal(sum(bool(row.value) for row in rows)), Near.EXACT
    else:
        value = sum((row.value for row in rows), Decimal(0))
    return Actual(year, plain(value), near, len({row.unit_id for row in rows}), among)


def courses(targets: Iterable[Target], today: int) -> list[Course]:
    """Indicators with all their years. Two queries, whatever the number. Arguments: they; the year it is now."""
    known = list(targets)
    rows: dict[int, list[TargetValue]] = {}
    for row in TargetValue.objects.filter(target__in=known, state=ValueState.APPROVED):
        rows.setdefault(row.target_id, []).append(row)
    among: dict[int, int] = {}
    for pk in Target.units.through._default_manager.filter(target__in=known).values_list("target", flat=True):
        among[pk] = among.get(pk, 0) + 1
    return [course(each, rows.get(each.pk, []), among.get(each.pk, 0), today) for each in known]


def course(target: Target, rows: Sequence[TargetValue], among: int, today: int) -> Course:
    """One indicator with the years from its base to its target, and those beyond of which something is approved."""
    by_year: dict[int, list[TargetValue]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    found = {year: put_together(target, year, each, among) for year, each in by_year.items()}
    actual = {year: each for year, each in found.items() if each is not None}
    first = min([target.base_year or target.target_year, *actual])
    return Course(target, tuple(range(first, max([target.target_year, *actual]) + 1)), actual, today)

"""How a campaign stood at a moment: now, by the quick figures; before, read off the log line by line."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from activities.models import Assignment
from activities.models.replay import as_they_stood
from activities.states import FILED, AssignmentState, Kind, Standing
from campaigns.models import Campaign
from reports.figures import (
    CampaignFigures,
    KindFigures,
    Tally,
    UnitFigures,
    campaign_figures,
    one_unit,
    unit_figures,
)
from reports.models import StandsOn, Summary
from workflow import clock

T = TypeVar("T")


@dataclass(frozen=True)
class Owed:
    """A summary as it stood: the assignment with state and date of that moment, and the version that was filed."""

    assignment: Assignment
    standing: Standing
    summary: Summary | None

    @property
    def is_content(self) -> bool:
        """Only what the office accepted is content."""
        return self.assignment.state == AssignmentState.ACCEPTED and self.summary is not None


@dataclass(frozen=True)
class Stood:
    """A campaign as it stood at a moment."""

    campaign: Campaign
    at: datetime
    figures: CampaignFigures
    units: tuple[UnitFigures, ...]
    """In the official order."""
    summaries: tuple[Owed, ...]
    """All that were asked for, in the official order."""
    _made: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, make: "Callable[[Stood], T]") -> "T":
        """What follows from it, made when it is first asked for. Arguments: what makes it."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def accepted(self) -> list[Owed]:
        """Whose words and figures count."""
        return [each for each in self.summaries if each.is_content]

    @property
    def unread(self) -> list[Owed]:
        """Filed, and not yet reviewed by the office."""
        return [each for each in self.summaries if each.assignment.state == AssignmentState.SUBMITTED]

    @property
    def returned(self) -> list[Owed]:
        """Filed, returned, and being corrected."""
        return [each for each in self.summaries if each.standing == Standing.RETURNED]

    @property
    def silent(self) -> list[Owed]:
        """Never filed."""
        return [each for each in self.summaries if each.standing in (Standing.OVERDUE, Standing.DUE)]

    @property
    def tally(self) -> Tally:
        """How the summaries stood."""
        return next((each.tally for each in self.figures.kinds if each.kind == Kind.SUMMARY), Tally())

    @property
    def good(self) -> list[UnitFigures]:
        """Units that owed nothing, filed everything on time and had nothing returned."""
        return [each for each in self.units if each.tally.expected and each.tally.expected == in_time(each.tally)]


def in_time(stands: Tally) -> int:
    """How many came on time, or within the extension."""
    return stands.on_time + stands.extended


def moment_of(campaign: Campaign, stands_on: str) -> datetime | None:
    """The moment a briefing stands on: the deadline of the summaries when it is chosen and past; None for now."""
    if stands_on != StandsOn.DEADLINE:
        return None
    due = campaign.assignments.filter(kind=Kind.SUMMARY, volunteered=False).order_by("due_at").last()
    return due.due_at if due and due.due_at <= clock.now() else None


def stood(campaign: Campaign, at: datetime | None = None) -> Stood:
    """How the campaign stood. Arguments: the campaign; a moment that is past; None for now."""
    return as_it_stands(campaign) if at is None else as_it_stood(campaign, at)


def as_it_stands(campaign: Campaign) -> Stood:
    """Now."""
    figures = campaign_figures(campaign)
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.SUMMARY)
    units = sorted(unit_figures(campaign), key=official(campaign))
    return Stood(campaign, figures.at, figures, tuple(units), owed(rows.select_related("unit"), figures.at))


def official(campaign: Campaign) -> "OfficialOrder":
    """The official order of the units of a campaign, as a key for sorting."""
    rows = Assignment.objects.required().filter(campaign=campaign).order_by("unit__order", "unit")
    return OfficialOrder({pk: place for place, pk in enumerate(rows.values_list("unit", flat=True))})


@dataclass(frozen=True)
class OfficialOrder:
    """Where each unit stands in the official order."""

    places: dict[int, int]

    def __call__(self, unit: UnitFigures) -> int:
        return self.places[unit.pk]


def owed(rows: Iterable[Assignment], at: datetime) -> tuple[Owed, ...]:
    """Summaries asked for, in the official order, each with the newest version filed by then."""
    asked = sorted(rows, key=lambda row: (row.unit.order, row.unit_id))
    versions: dict[int, Summary] = {}
    filed = [row.pk for row in asked if row.state in FILED]
    found = Summary.objects.filter(assignment__in=filed, submitted_at__lte=at).order_by("version")
    for summary in found.prefetch_related("figures__indicator"):
        versions[summary.assignment_id] = summary
    for row in asked:
        if row.pk in versions:
            versions[row.pk].assignment = row
    return tuple(Owed(row, row.standing, versions.get(row.pk)) for row in asked)


def as_it_stood(campaign: Campaign, at: datetime) -> Stood:
    """At a moment that is past: with the deadlines and extensions of then."""
    with clock.as_of(at):
        rows = replayed(campaign, at)
        counts: dict[int, dict[str, Counter[str]]] = {}
        for row in rows:
            counts.setdefault(row.unit_id, {}).setdefault(row.kind, Counter())[row.standing] += 1
        kinds = [kind for kind in Kind if any(kind in found for found in counts.values())]
        names = {row.unit_id: row.unit.name for row in rows}
        units = tuple(one_unit(pk, name, kinds, counts[pk]) for pk, name in names.items())
        whole = tuple(KindFigures(kind, total(units, kind)) for kind in kinds)
        figures = CampaignFigures(
            at=at,
            kinds=whole,
            units=len(units),
            units_red=sum(each.tally.overdue > 0 for each in units),
            to_review=sum(row.state == AssignmentState.SUBMITTED and row.is_reviewed_kind for row in rows),
        )
        return Stood(campaign, at, figures, units, owed([row for row in rows if row.kind == Kind.SUMMARY], at))


def total(units: Iterable[UnitFigures], kind: Kind) -> Tally:
    """How one kind stood over all units."""
    return sum((each.tally for unit in units for each in unit.kinds if each.kind == kind), Tally())


def replayed(campaign: Campaign, at: datetime) -> list[Assignment]:
    """What was owed at a moment, with state, unit and days of then, in the official order."""
    rows = Assignment.objects.required().filter(campaign=campaign).select_related("unit", "question")
    return sorted(as_they_stood(rows, at), key=lambda row: (row.unit.order, row.unit_id, row.pk))

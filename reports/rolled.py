"""Figures over all levels: whose numbers count in a campaign, each unit once, and what left the sum below.

An office that carries out the campaign brings the numbers its head released, each still the figure of the unit that
wrote it; every other unit brings those of its accepted summary. A released number counts as long as it stands in the
newest accepted summary of its unit: what was returned is out, what was corrected waits for the next release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import Unit
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from campaigns.models import Campaign, Indicator
from reports.approximate import nearness, said
from reports.figures import Filed, IndicatorTotal, total_of
from reports.models import Figure, LevelRelease, ReleasedFigure, Summary


@dataclass(frozen=True, slots=True)
class Part:
    """One number that counts: of which figure of the campaign, who wrote it, through which unit it came."""

    indicator: int
    unit: int
    through: int
    figure: int
    value: int
    about: str
    filed_at: datetime
    direct: bool


class Loss(StrEnum):
    """Why a released number counts no longer."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Lost:
    """A number that was released and left the sum; ``now``: what the unit wrote instead."""

    part: Part
    why: Loss
    now: str = ""


@dataclass(frozen=True)
class Parts:
    """What counts in a campaign, what left it, and the offices whose head has released nothing yet."""

    counted: tuple[Part, ...]
    lost: tuple[Lost, ...]
    waiting: tuple[int, ...]

    def filed(self) -> dict[int, list[Filed]]:
        """The numbers by figure, as they came in."""
        found: dict[int, list[Filed]] = {}
        for part in sorted(self.counted, key=lambda each: (each.filed_at, each.figure)):
            found.setdefault(part.indicator, []).append(Filed(part.value, part.about))
        return found


def totals(campaign: Campaign, found: Parts) -> list[tuple[Indicator, IndicatorTotal]]:
    """The figures of a campaign in their order, over all levels, each by the campaign's own definition."""
    filed = found.filed()
    return [(row, total_of(row, filed)) for row in campaign.indicators.all()]


def parts(campaign: Campaign) -> Parts:
    """Whose numbers count: seven queries, whatever the number of levels and units."""
    lower = Lower.of(campaign)
    released, lost = standing(lower)
    own = [each for each in written(campaign) if (each.unit, each.indicator) not in lower.rolled]
    counted = once([*own, *released], successors())
    return Parts(tuple(counted), tuple(lost), tuple(lower.waiting()))


@dataclass(frozen=True)
class Lower:
    """The campaigns that carry this one out: their hosts, newest releases, and which figure becomes which."""

    hosts: Mapping[int, int]
    releases: Mapping[int, int]
    mapped: Mapping[int, tuple[int, int]]
    """By a figure below: the figure here, and how many of these one of those is."""
    rolled: frozenset[tuple[int, int]]
    """Unit and figure that are rolled up: what the office wrote of it itself counts no second time."""

    @classmethod
    def of(cls, campaign: Campaign) -> Lower:
        """Read it: three queries."""
        hosts = dict(Campaign.objects.filter(parent=campaign).order_by().values_list("pk", "host"))
        released = LevelRelease.objects.filter(campaign__parent=campaign).order_by("number")
        releases = dict(released.values_list("campaign", "pk"))
        carried = Indicator.objects.filter(carries__campaign=campaign, campaign__parent=campaign).order_by()
        found = carried.values_list("pk", "campaign", "carries", "times")
        rows = [(pk, below, above or 0, times) for pk, below, above, times in found]
        rolled = frozenset((hosts[below], above) for _pk, below, above, _times in rows)
        return cls(hosts, releases, {pk: (above, times) for pk, _below, above, times in rows}, rolled)

    def waiting(self) -> list[int]:
        """The hosts that have released nothing."""
        done = {self.hosts[each] for each in self.releases}
        return sorted({host for below, host in self.hosts.items() if host not in done and self.carries(host)})

    def carries(self, host: int) -> bool:
        """Whether any figure is rolled up from this host."""
        return any(unit == host for unit, _figure in self.rolled)


def written(campaign: Campaign) -> Iterator[Part]:
    """The numbers of the newest accepted summaries that units wrote to the campaign itself: two queries."""
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.SUMMARY, state=AssignmentState.ACCEPTED)
    versions = Summary.objects.filter(assignment__in=rows, submitted_at__isnull=False).order_by("version")
    found = versions.values_list("assignment", "pk", "assignment__unit", "submitted_at")
    newest = {assignment: (pk, unit, at) for assignment, pk, unit, at in found if at}
    by_summary = {pk: (unit, at) for pk, unit, at in newest.values()}
    figures = Figure.objects.filter(summary__assignment__in=rows).order_by()
    for pk, summary, indicator, value, about in figures.values_list("pk", "summary", "indicator", "value", "about"):
        if summary in by_summary:
            unit, at = by_summary[summary]
            yield Part(indicator, unit, unit, pk, value, about, at, direct=True)


def standing(lower: Lower) -> tuple[list[Part], list[Lost]]:
    """The released numbers that still stand, and those that do not: three queries."""
    rows = ReleasedFigure.objects.filter(release__in=lower.releases.values(), indicator__in=lower.mapped).order_by()
    columns = ("release__campaign", "indicator", "unit", "figure", "value", "about", "figure__summary")
    found = list(rows.values_list(*columns, "figure__indicator"))
    if not found:
        return [], []
    filings = Filings.of(rows)
    kept, lost = list[Part](), list[tuple[Part, int, int]]()
    for below, indicator, unit, figure, value, about, summary, source in found:
        above, times = lower.mapped[indicator]
        host, at = lower.hosts[below], filings.filed_at[summary]
        part = Part(above, unit, host, figure, value * times, timed(value, about, times), at, direct=False)
        if filings.stands(summary):
            kept.append(part)
        else:
            lost.append((part, filings.newest_of(summary), source))
    again, gone = corrected(lost)
    return kept + again, gone


@dataclass(frozen=True)
class Filings:
    """The summaries released numbers stand in, and the newest accepted one of each assignment."""

    assignments: Mapping[int, int]
    filed_at: Mapping[int, datetime]
    newest: Mapping[int, int]
    """By assignment; none where it is not accepted (any more)."""

    @classmethod
    def of(cls, released: QuerySet[ReleasedFigure]) -> Filings:
        """Read them: one query."""
        used = Summary.objects.filter(figures__released__in=released).values("assignment")
        rows = Summary.objects.filter(assignment__in=used, submitted_at__isnull=False).order_by("version")
        columns = rows.values_list("pk", "assignment", "submitted_at", "assignment__state")
        found = [(pk, assignment, at, state) for pk, assignment, at, state in columns if at]
        newest = {assignment: pk for pk, assignment, _at, state in found if state == AssignmentState.ACCEPTED}
        return cls({row[0]: row[1] for row in found}, {row[0]: row[2] for row in found}, newest)

    def stands(self, summary: int) -> bool:
        """Whether it is the newest accepted version."""
        return self.newest_of(summary) == summary

    def newest_of(self, summary: int) -> int:
        """The newest accepted version of the same filing; 0 where none is accepted."""
        return self.newest.get(self.assignments[summary], 0)


def corrected(lost: list[tuple[Part, int, int]]) -> tuple[list[Part], list[Lost]]:
    """Of numbers whose summary is not the newest: those it repeats still stand, the others are corrected or withdrawn.

    Arguments: each with the newest accepted summary (0: none) and the figure of the unit's own campaign.
    """
    wanted = {summary for _part, summary, _source in lost if summary}
    rows = Figure.objects.filter(summary__in=wanted) if wanted else Figure.objects.none()
    now = {(row.summary_id, row.indicator_id): row for row in rows}
    before = Figure.objects.in_bulk([part.figure for part, *_rest in lost]) if now else {}
    kept, gone = list[Part](), list[Lost]()
    for part, summary, source in lost:
        found = now.get((summary, source))
        if found is None:
            gone.append(Lost(part, Loss.WITHDRAWN))
        elif (found.value, found.about) == (before[part.figure].value, before[part.figure].about):
            kept.append(part)
        else:
            gone.append(Lost(part, Loss.CORRECTED, found.shown))
    return kept, gone


def timed(value: int, about: str, times: int) -> str:
    """How a number is written in the measure above: what is only about right stays so."""
    return said(value * times, nearness(about)) if about and times != 1 else about


def successors() -> dict[int, int]:
    """Which unit stands for one that was merged, through any number of mergers; one query."""
    rows = Unit.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    into = {pk: last for pk, last in rows if last}
    found = {}
    for pk in into:
        last, seen = pk, set[int]()
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        found[pk] = last
    return found


def once(found: Iterable[Part], stands_for: Mapping[int, int]) -> list[Part]:
    """Each unit once for each figure, whichever way it answered.

    Its own number goes before that of a unit merged into it, what it wrote to the campaign itself before what came
    through an office, the later filing before the earlier one.
    """
    best: dict[tuple[int, int], Part] = {}
    for part in found:
        unit = stands_for.get(part.unit, part.unit)
        key = (part.indicator, unit)
        if key not in best or rank(part, unit) > rank(best[key], unit):
            best[key] = part
    return [part if unit == part.unit else replace(part, unit=unit) for (_figure, unit), part in best.items()]


def rank(part: Part, unit: int) -> tuple[bool, bool, datetime, int]:
    """Which of two numbers of one unit counts: the greater."""
    return part.unit == unit, part.direct, part.filed_at, part.figure

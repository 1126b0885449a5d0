"""The figures of a campaign, from the one table of assignments, as frozen dataclasses.

Dashboard, briefing and printed lists read these and compute nothing themselves.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import TypeVar, cast

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from activities.models import Assignment
from activities.models.assignment import overdue, standing_case
from activities.states import FILED, OWED, REVIEWED, AssignmentState, Kind
from campaigns.models import Campaign
from reports.models import Figure, Indicator, Summary
from workflow import clock
from workflow.models import Transition

T = TypeVar("T")

FRESH = 30
"""Seconds for which figures stand when nobody files; any deed makes new ones at once."""


@dataclass(frozen=True)
class Tally:
    """How many assignments stand how. ``expected`` leaves out what is not applicable or no longer asked."""

    on_time: int = 0
    extended: int = 0
    late: int = 0
    overdue: int = 0
    to_correct: int = 0
    due: int = 0
    waived: int = 0
    closed: int = 0

    @property
    def filed(self) -> int:
        return self.on_time + self.extended + self.late

    @property
    def expected(self) -> int:
        return self.filed + self.overdue + self.to_correct + self.due

    @property
    def open(self) -> int:
        return self.expected - self.filed

    @property
    def rate(self) -> int | None:
        """Filed of expected, in whole per cent, rounded down: 100 only when nothing is missing. None of nothing."""
        return self.filed * 100 // self.expected if self.expected else None

    @property
    def percent(self) -> str:
        """The rate as it is printed; a dash where nothing is expected."""
        return "–" if self.rate is None else f"{self.rate}%"

    @property
    def light(self) -> str:
        """Red: something is overdue. Yellow: something is to be corrected or came late. Green: neither."""
        if self.overdue:
            return "red"
        return "yellow" if self.to_correct or self.late else "green"

    @property
    def segments(self) -> list[tuple[str, int, int]]:
        """The parts of a bar as long as ``expected``: style, start, length."""
        parts = (
            ("on-time", self.on_time),
            ("extended", self.extended),
            ("late", self.late),
            ("correct", self.to_correct),
            ("overdue", self.overdue),
            ("due", self.due),
        )
        starts = accumulate((length for _style, length in parts), initial=0)
        return [(style, start, length) for (style, length), start in zip(parts, starts, strict=False) if length]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def tally(counts: dict[str, int]) -> Tally:
    """A tally from counts by standing."""
    return Tally(**{str(standing): number for standing, number in counts.items()})


@dataclass(frozen=True)
class KindFigures:
    """How one kind of assignment stands over all units."""

    kind: Kind
    tally: Tally


@dataclass(frozen=True)
class UnitFigures:
    """How one unit stands: over everything, and by kind."""

    pk: int
    name: str
    tally: Tally
    kinds: tuple[KindFigures, ...]


@dataclass(frozen=True)
class CampaignFigures:
    """How a campaign stands at a moment."""

    at: datetime
    kinds: tuple[KindFigures, ...]
    units: int
    units_red: int
    to_review: int

    @cached_property
    def total(self) -> Tally:
        return sum((each.tally for each in self.kinds), Tally())


def by_standing(rows: Iterable[tuple[str, str, int]]) -> dict[str, Tally]:
    """Tallies from rows of (key, standing, number)."""
    counts: dict[str, Counter[str]] = {}
    for key, stands, number in rows:
        counts.setdefault(key, Counter())[stands] += number
    return {key: tally(found) for key, found in counts.items()}


def campaign_figures(campaign: Campaign) -> CampaignFigures:
    """The figures of a campaign now: two queries, whatever its size."""
    now = clock.now()
    owed = Assignment.objects.required().filter(campaign=campaign).order_by()
    kinds = by_standing(owed.annotate(stands=standing_case(now)).values_list("kind", "stands").annotate(Count("pk")))
    late = overdue(now)
    waiting = Q(state=AssignmentState.SUBMITTED, kind__in=REVIEWED)
    sums = owed.aggregate(
        units=Count("unit", distinct=True),
        red=Count("unit", distinct=True, filter=late),
        waiting=Count("pk", filter=waiting),
    )
    return CampaignFigures(
        at=now,
        kinds=tuple(KindFigures(kind, kinds[kind]) for kind in Kind if kind in kinds),
        units=sums["units"],
        units_red=sums["red"],
        to_review=sums["waiting"],
    )


def unit_figures(campaign: Campaign, start: int = 0, stop: int | None = None) -> list[UnitFigures]:
    """The figures of each unit, those with most overdue first: two queries.

    Arguments: the campaign, and which rows of that order (all of them by default).
    """
    now = clock.now()
    owed = Assignment.objects.required().filter(campaign=campaign)
    bad = Count("pk", filter=overdue(now))
    missing = Count("pk", filter=Q(state__in=OWED))
    ordered = owed.order_by().values_list("unit", "unit__name").annotate(bad=bad, gap=missing)
    units = list(ordered.order_by("-bad", "-gap", "unit__order", "unit")[start:stop])
    rows = owed.annotate(stands=standing_case(now)).order_by()
    if start or stop:
        rows = rows.filter(unit__in=[pk for pk, *_rest in units])
    found: dict[int, dict[str, Counter[str]]] = {}
    for pk, kind, stands, number in rows.values_list("unit", "kind", "stands").annotate(Count("pk")):
        found.setdefault(pk, {}).setdefault(kind, Counter())[stands] += number
    kinds = [kind for kind in Kind if any(kind in counts for counts in found.values())]
    return [one_unit(pk, name, kinds, found.get(pk, {})) for pk, name, *_rest in units]


def one_unit(pk: int, name: str, kinds: list[Kind], counts: dict[str, Counter[str]]) -> UnitFigures:
    """The figures of one unit, for these kinds, from its counts by kind and standing."""
    found = tuple(KindFigures(kind, tally(counts.get(kind, Counter()))) for kind in kinds)
    return UnitFigures(pk, name, sum((each.tally for each in found), Tally()), found)


@dataclass(frozen=True)
class IndicatorTotal:
    """One figure the office asked for, summed over the summaries filed."""

    name: str
    measure: str
    value: int
    units: int


def indicator_totals(campaign: Campaign) -> list[IndicatorTotal]:
    """Each figure summed over the newest submitted summary of every unit whose summary is filed: two queries."""
    newest = (
        Summary.objects.filter(assignment=OuterRef("summary__assignment"), submitted_at__isnull=False)
        .order_by("-version")
        .values("pk")[:1]
    )
    filed = Figure.objects.filter(
        indicator__campaign=campaign,
        summary__assignment__state__in=FILED,
        summary=Subquery(newest),
    )
    sums = {
        row["indicator"]: row
        for row in filed.order_by().values("indicator").annotate(total=Sum("value"), units=Count(F("pk")))
    }
    none = {"total": 0, "units": 0}
    return [
        IndicatorTotal(each.name, each.measure, sums.get(each.pk, none)["total"], sums.get(each.pk, none)["units"])
        for each in Indicator.objects.filter(campaign=campaign)
    ]


def fresh(campaign: Campaign, name: str, compute: Callable[[], T]) -> T:
    """Figures kept until somebody does something, or half a minute at most.

    The key holds the newest line of the log, so a filing shows at once; the half minute lets deadlines pass.
    """
    newest = Transition.objects.order_by("-pk").values_list("pk", flat=True).first()
    moment = int(clock.now().timestamp()) // FRESH
    key = f"figures:{campaign.pk}:{name}:{newest}:{moment}"
    return cast(T, cache.get_or_set(key, compute, FRESH))

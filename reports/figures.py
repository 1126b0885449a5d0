"""The figures of a campaign, from the one table of assignments, as frozen dataclasses.

Dashboard, briefing and printed lists read these and compute nothing themselves.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import accumulate
from operator import add, attrgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Unit
from activities.models import Assignment
from activities.models.listed import OPEN_YET
from activities.models.standing_sql import overdue, standing_case
from activities.standings import Share, count
from activities.states import OWED, Kind, Standing
from campaigns.models import Campaign, Indicator, RollUp
from reports.approximate import Near, said, together
from workflow import clock
from workflow.compiled import COUNT, PART, SOME, Compiled, any_of

MISSING = (OPEN_YET, Standing.RETURNED.value)
"""``settled`` of what is owed still."""
OWES = Assignment.objects.required().filter(unit=OuterRef("pk"))


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
        """What came in: what was returned as well, it is to be corrected."""
        return self.on_time + self.extended + self.late + self.to_correct

    @property
    def expected(self) -> int:
        return self.filed + self.open

    @property
    def open(self) -> int:
        """What is expected and never came in."""
        return self.overdue + self.due

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
        return Tally(*map(add, COUNTS(self), COUNTS(other)))


COUNTS = attrgetter(*(field.name for field in fields(Tally)))
"""The numbers of a tally."""


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
    """All that waits for the office: what units sent of their own accord as well."""

    @cached_property
    def total(self) -> Tally:
        return sum((each.tally for each in self.kinds), Tally())


def tally_of(shares: Iterable[Share]) -> Tally:
    """A tally of what is owed: what units sent of their own accord is in no rate."""
    counts: Counter[str] = Counter()
    for share in shares:
        if not share.volunteered:
            counts[share.standing] += share.number
    return tally(counts)


UNITS = Compiled(
    lambda campaign: Assignment.objects.required().filter(campaign=campaign).order_by().values_list("unit").distinct(),
    COUNT,
)
RED = Compiled(
    lambda campaign, now: (
        Assignment.objects.required().filter(overdue(now), campaign=campaign).order_by().values_list("unit").distinct()
    ),
    COUNT,
)


def campaign_figures(campaign: Campaign) -> CampaignFigures:
    """The figures of a campaign now: three queries, whatever its size."""
    found = count(campaign.pk)
    kinds = [(kind, tally_of(share for share in found.shares if share.kind == kind)) for kind in Kind]
    owed = {share.kind for share in found.shares if not share.volunteered}
    return CampaignFigures(
        at=found.at,
        kinds=tuple(KindFigures(kind, tally) for kind, tally in kinds if kind in owed),
        units=UNITS.number(campaign=campaign.pk),
        units_red=RED.number(campaign=campaign.pk, now=found.at),
        to_review=found.number(lambda share: share.waits),
    )


def unit_figures(campaign: Campaign, start: int = 0, stop: int | None = None) -> list[UnitFigures]:
    """The figures of each unit, those with most overdue first: two queries; for some of the units up to four.

    Arguments: the campaign, and which rows of that order (all of them by default).
    """
    now = clock.now()
    if stop is None:
        units, rows = every_unit(campaign.pk, now)[start:], STANDING_OF_ALL(campaign=campaign.pk, now=now)
    else:
        units = some_units(campaign.pk, now, start, stop)
        rows = STANDING_OF(campaign=campaign.pk, now=now, units=[pk for pk, _name in units]) if units else []
    found: dict[int, dict[str, Counter[str]]] = {}
    for pk, kind, stands, number in rows:
        found.setdefault(pk, {}).setdefault(kind, Counter())[stands] += number
    kinds = [kind for kind in Kind if any(kind in counts for counts in found.values())]
    return [one_unit(pk, name, kinds, found.get(pk, {})) for pk, name in units]


def by_kind(rows: Any, now: Any) -> Any:
    """How many of each unit and kind stand how."""
    stands = rows.required().annotate(stands=standing_case(now)).order_by()
    return stands.values_list("unit", "kind", "stands").annotate(number=Count("*"))


STANDING_OF_ALL = Compiled(lambda campaign, now: by_kind(Assignment.objects.filter(campaign=campaign), now))
STANDING_OF = Compiled(
    lambda campaign, now, units: by_kind(Assignment.objects.filter(any_of("unit", units), campaign=campaign), now)
)


def tally_of_units(campaign: Campaign, units: list[int]) -> Tally:
    """How some units stand together: one query."""
    counts: Counter[str] = Counter()
    for _unit, _kind, stands, number in STANDING_OF(campaign=campaign.pk, now=clock.now(), units=units):
        counts[stands] += number
    return tally(counts)


def every_unit(campaign: int, now: datetime) -> list[tuple[int, str]]:
    """All units that owe something, those with most overdue first."""
    owed = Assignment.objects.required().filter(campaign=campaign).order_by().values_list("unit", "unit__name")
    missing = Count("pk", filter=Q(state__in=OWED))
    ordered = owed.annotate(bad=Count("pk", filter=overdue(now)), gap=missing)
    return [(pk, name) for pk, name, *_rest in ordered.order_by("-bad", "-gap", "unit__order", "unit")]


def behind(campaign: Any, now: Any) -> Any:
    """What units owe still, by unit: how much, and how much of it is overdue."""
    missing = Assignment.objects.required().filter(campaign=campaign, settled__in=MISSING).order_by().values("unit")
    return missing.annotate(bad=Count("settled", filter=overdue(now)), gap=Count("*"))


def with_overdue(campaign: Any, now: Any) -> Any:
    """The units with something overdue."""
    return Assignment.objects.required().filter(overdue(now), campaign=campaign).order_by().values("unit")


ORDERED = (
    "SELECT u.id, u.name, COUNT(*) OVER () FROM ({}) behind JOIN accounts_unit u ON u.id = unit"  # nosec B608 # put together from texts of this file
    ' ORDER BY bad DESC, gap DESC, u."order", u.id' + SOME
)
LATE = Compiled(
    lambda campaign, now: (
        behind(campaign, now).filter(unit__in=with_overdue(campaign, now)).values_list("unit", "bad", "gap")
    ),
    ORDERED,
)
"""The units with something overdue, each behind how many there are: those with most first."""
OWING = Compiled(lambda campaign, now: behind(campaign, now).filter(bad=0).values_list("unit", "bad", "gap"), ORDERED)
"""The units that miss something of which nothing is overdue, each behind how many there are."""
IN_ORDER = Compiled(
    lambda campaign: (
        Unit.objects.filter(
            Exists(OWES.filter(campaign=campaign)), ~Exists(OWES.filter(campaign=campaign, settled__in=MISSING))
        )
        .order_by("order", "pk")
        .values_list("pk", "name")
    ),
    PART,
)
"""The units that owed something and miss nothing, in the order of lists."""


def some_units(campaign: int, now: datetime, start: int, stop: int) -> list[tuple[int, str]]:
    """Some of the units in the order of :func:`every_unit`, without sorting all of them."""
    units: list[tuple[int, str]] = []
    before = 0
    for query in (LATE, OWING):
        offset, limit = max(start - before, 0), stop - start - len(units)
        rows = query(campaign=campaign, now=now, limit=limit, offset=offset)
        units += [(pk, name) for pk, name, _all in rows]
        if len(units) == stop - start:
            return units
        found = rows or (query(campaign=campaign, now=now, limit=1, offset=0) if offset else [])
        before += found[0][2] if found else 0
    rest = IN_ORDER(campaign=campaign, limit=stop - start - len(units), offset=max(start - before, 0))
    return units + [(pk, name) for pk, name in rest]


def one_unit(pk: int, name: str, kinds: list[Kind], counts: dict[str, Counter[str]]) -> UnitFigures:
    """The figures of one unit, for these kinds, from its counts by kind and standing."""
    found = tuple(KindFigures(kind, tally(counts.get(kind, Counter()))) for kind in kinds)
    return UnitFigures(pk, name, sum((each.tally for each in found), Tally()), found)


@dataclass(frozen=True)
class IndicatorTotal:
    """One figure the office asked for, over the summaries filed: added up, or as its definition says."""

    name: str
    measure: str
    value: int | Decimal
    units: int
    near: Near = Near.EXACT

    @property
    def shown(self) -> str:
        """The number as pages and papers say it: what is only about right says so."""
        return said(self.value, self.near)


@dataclass(frozen=True)
class Filed:
    """One number of a filed summary."""

    value: int
    about: str


def total_of(figure: Indicator, found: dict[int, list[Filed]]) -> IndicatorTotal:
    """One figure over all units, as its definition says. Arguments: it; what was filed by figure, in its order."""
    rows = found.get(figure.pk, [])
    if figure.rollup == RollUp.RATIO:
        part, whole = found.get(figure.part_id or 0, []), found.get(figure.whole_id or 0, [])
        share = tenths(100 * sum(each.value for each in part), sum(each.value for each in whole))
        near = together(each.about for each in (*part, *whole))
        units = min(len(part), len(whole)) if share is not None else 0
        return IndicatorTotal(figure.name, figure.measure or "%", share or 0, units, Near.ABOUT if near else near)
    if figure.rollup == RollUp.DISTINCT:
        rows = [each for each in rows if each.value]
        return IndicatorTotal(figure.name, figure.measure, len(rows), len(rows))
    if figure.rollup == RollUp.LAST:
        rows = rows[-1:]
    total, near = sum(each.value for each in rows), together(each.about for each in rows)
    mean = figure.rollup == RollUp.MEAN
    value = (tenths(total, len(rows)) or 0) if mean else total
    return IndicatorTotal(figure.name, figure.measure, value, len(rows), near)


def tenths(number: int, among: int) -> Decimal | None:
    """A quotient to one digit behind the point, half of it rounded up; None among nothing."""
    return (Decimal(number) / among).quantize(Decimal("0.1"), ROUND_HALF_UP) if among else None

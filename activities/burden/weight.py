"""How much a notice asks: filings and hours of each unit, by kind of unit and by kind of filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Unit, UnitGroup
from accounts.models.units import UnitLevel
from activities.burden.asked import Asked, Owed
from activities.burden.measures import FIGURE, PHOTO, USUAL
from activities.models import NoticeWeight
from activities.states import Kind
from campaigns.models import Notice

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Line:
    """Units alike: of one group and level, that lead something or lead nothing."""

    group: str
    level: str
    leads: bool
    units: int
    filings: int
    hours: Decimal

    @property
    def level_label(self) -> str:
        return str(UnitLevel(self.level).label) if self.level in UnitLevel.values else self.level

    @property
    def filings_each(self) -> Decimal:
        return each(self.filings, self.units)

    @property
    def hours_each(self) -> Decimal:
        return each(self.hours, self.units)


@dataclass(frozen=True)
class KindLine:
    """All filings of one kind."""

    code: str
    filings: int
    hours: Decimal

    @property
    def label(self) -> str:
        return str(USUAL[self.code].label) if self.code in USUAL else self.code


@dataclass(frozen=True)
class Weight:
    """What a notice asks in sum; the hours are estimates."""

    units: int
    filings: int
    hours: Decimal
    lines: tuple[Line, ...] = ()
    kinds: tuple[KindLine, ...] = ()

    @property
    def whole_hours(self) -> int:
        return int(self.hours.to_integral_value())

    @property
    def filings_each(self) -> Decimal:
        return each(self.filings, self.units)

    @property
    def hours_each(self) -> Decimal:
        return each(self.hours, self.units)


def each(number: int | Decimal, of: int) -> Decimal:
    """The average, with one figure behind the point where it needs one."""
    found = (Decimal(number) / of if of else Decimal(0)).quantize(TENTH)
    return found.to_integral_value() if found == found.to_integral_value() else found


def weigh(asked: Asked) -> Weight:
    """What a notice asks of everybody. Three queries, however many units."""
    filings: Counter[int] = Counter()
    by_kind: Counter[str] = Counter()
    hours: dict[int, Decimal] = {}
    hours_by_kind: dict[str, Decimal] = {}
    leads = set()
    for owed in asked.owed:
        code, number, cost = cost_of(owed, asked)
        filings[owed.unit] += number
        by_kind[code] += number
        hours[owed.unit] = hours.get(owed.unit, Decimal(0)) + cost
        hours_by_kind[code] = hours_by_kind.get(code, Decimal(0)) + cost
        leads |= {owed.unit} if owed.activity else set()
    kinds = tuple(KindLine(code, by_kind[code], hours_by_kind[code]) for code in USUAL if code in by_kind)
    lines = tuple(lines_of(asked, filings, hours, leads))
    return Weight(len(filings), sum(filings.values()), sum(hours.values(), Decimal(0)), lines, kinds)


def cost_of(owed: Owed, asked: Asked) -> tuple[str, int, Decimal]:
    """What one debt comes to: its kind, how many filings it is, and their hours."""
    hours = asked.measures.hours
    demand = asked.demands.get(owed.demand) if owed.demand else None
    if demand is None:
        row = asked.photos.get(owed.kind)
        photos = row.least or 0 if row else 0
        figures = asked.figures if owed.kind == Kind.SUMMARY else 0
        return owed.kind, 1, hours[owed.kind] + figures * hours[FIGURE] + photos * hours[PHOTO]
    photos = demand.photos_least or 0
    if demand.counts:
        number = demand.target or 1
        return demand.counts, number, number * hours[demand.counts] + photos * hours[PHOTO]
    return owed.kind, 1, hours[owed.kind] + photos * hours[PHOTO]


def lines_of(asked: Asked, filings: Counter[int], hours: dict[int, Decimal], leads: set[int]) -> Iterable[Line]:
    """The units that owe something, gathered with those like them; the busiest first."""
    groups = group_names(asked.notice)
    found: dict[tuple[str, str, bool], list[int]] = {}
    levels = dict(Unit.objects.filter(notices=asked.notice).values_list("pk", "level"))
    for pk in filings:
        found.setdefault((groups.get(pk, ""), levels.get(pk, ""), pk in leads), []).append(pk)
    rows = [
        Line(*key, len(units), sum(filings[pk] for pk in units), sum((hours[pk] for pk in units), Decimal(0)))
        for key, units in found.items()
    ]
    return sorted(rows, key=lambda line: (-line.hours / line.units, line.group, line.level))


def group_names(notice: Notice) -> dict[int, str]:
    """In which of the office's groups an addressed unit is: of several the smallest, which says most."""
    owner, addressed = notice.campaign.host_id, notice.addressees.values("pk")
    rows = UnitGroup.units.through.objects.filter(unitgroup__owner=owner, unit__in=addressed)
    pairs = list(rows.values_list("unit", "unitgroup__name"))
    sizes = Counter(name for _unit, name in pairs)
    return dict(sorted(pairs, key=lambda pair: (-sizes[pair[1]], pair[1])))


# --- kept with the notice --------------------------------------------------------------------------------------


def keep(asked: Asked) -> None:
    """Keep what a notice asks on the day of its issue; once."""
    found = weigh(asked)
    values = {
        "units": found.units,
        "filings": found.filings,
        "hours": found.hours,
        "lines": [[row.group, row.level, row.leads, row.units, row.filings, str(row.hours)] for row in found.lines],
        "kinds": [[row.code, row.filings, str(row.hours)] for row in found.kinds],
    }
    NoticeWeight.objects.get_or_create(notice=asked.notice, defaults=values)


def kept(row: NoticeWeight) -> Weight:
    """What :func:`keep` wrote."""
    lines = tuple(
        Line(group, level, leads, units, filings, Decimal(hours))
        for group, level, leads, units, filings, hours in row.lines
    )
    kinds = tuple(KindLine(code, number, Decimal(hours)) for code, number, hours in row.kinds)
    return Weight(row.units, row.filings, Decimal(row.hours), lines, kinds)

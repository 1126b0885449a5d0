"""The sheet of each unit: points counted anew from the record, from marks and from what was added or taken off.

Every step is exact: fractions are rounded half up to two places, once for each criterion and once for the total of a
unit that some criterion does not concern. Its other points are then scaled up: nobody loses what nobody asked of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db.models import QuerySet

from accounts.models import Unit, User
from activities.models import Assignment
from activities.states import FILED
from reports.evaluation.record import Part, Parts, record
from reports.models import Adjustment, Combine, Criterion, Mark, Scheme

NONE = Part(0, 0)
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One criterion of one unit: its points; None while nothing says them, or where it does not concern the unit."""

    criterion: Criterion
    points: Decimal | None
    part: Part = NONE
    marks: tuple[Mark, ...] = ()

    @property
    def concerns(self) -> bool:
        """Whether the criterion concerns the unit."""
        return self.criterion.is_by_hand or bool(self.part.whole)

    @property
    def spread(self) -> Decimal:
        """How far the assessors are apart, in points."""
        given = [mark.points for mark in self.marks]
        return max(given) - min(given) if given else ZERO


@dataclass(frozen=True)
class Sheet:
    """What one unit got, and for what. Units with the same total share their place, and the next one is left out."""

    unit: Unit
    lines: tuple[Line, ...]
    adjustments: tuple[Adjustment, ...]
    added: Decimal
    taken_off: Decimal
    total: Decimal
    place: int = 0


def sheets_of(scheme: Scheme) -> list[Sheet]:
    """The sheet of every unit that owes something, in the order of the office: nine queries, whatever the size."""
    return placed(counted_sheets(scheme, evaluated(scheme)))


def sheet_of(scheme: Scheme, unit: Unit) -> Sheet:
    """One unit's sheet, without its place: only what concerns the unit is read."""
    return counted_sheets(scheme, [unit], only=unit)[0]


def counted_sheets(scheme: Scheme, units: Iterable[Unit], only: Unit | None = None) -> list[Sheet]:
    """The sheets of some units, counted from the record of all, or only of one."""
    criteria = list(scheme.criteria.all())
    parts = record(scheme.campaign, only)
    marks, adjustments = marks_of(scheme, only), adjustments_of(scheme, only)
    return [
        sheet(scheme, unit, [line(scheme, each, unit, parts, marks) for each in criteria], adjustments[unit.pk])
        for unit in units
    ]


def evaluated(scheme: Scheme) -> QuerySet[Unit]:
    """Who is evaluated: every unit that owes something, in the order of the office."""
    owing = Assignment.objects.required().filter(campaign=scheme.campaign_id).values("unit")
    return Unit.objects.filter(pk__in=owing).order_by("order", "pk")


def marks_of(scheme: Scheme, only: Unit | None) -> dict[tuple[int, int], list[Mark]]:
    """The marks of those who are assessors now, by criterion and unit."""
    found: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    rows = Mark.objects.filter(criterion__scheme=scheme, by__in=scheme.assessors.all()).select_related("by")
    for mark in (rows.filter(unit=only) if only else rows).order_by("pk"):
        found[mark.criterion_id, mark.unit_id].append(mark)
    return found


def adjustments_of(scheme: Scheme, only: Unit | None) -> dict[int, list[Adjustment]]:
    """What was added and taken off, by unit, as long as its evidence stands; not what waits for an administrator."""
    found: dict[int, list[Adjustment]] = defaultdict(list)
    rows = Adjustment.objects.filter(scheme=scheme, withdrawn_at=None, evidence__state__in=FILED, waits=False)
    for row in (rows.filter(unit=only) if only else rows).select_related("evidence", "by"):
        found[row.unit_id].append(row)
    return found


def line(
    scheme: Scheme,
    criterion: Criterion,
    unit: Unit,
    parts: dict[str, Parts],
    marks: dict[tuple[int, int], list[Mark]],
) -> Line:
    """One criterion of one unit."""
    if not criterion.is_by_hand:
        part = parts[criterion.measure].get(unit.pk, NONE)
        return Line(criterion, of_part(criterion.weight, part) if part.whole else None, part)
    given = marks.get((criterion.pk, unit.pk), [])
    return Line(criterion, combined(scheme.combine, given) if given else None, marks=tuple(given))


def of_part(weight: Decimal, part: Part) -> Decimal:
    """So many of so many of the points, rounded half up to two places."""
    return rounded(Fraction(weight) * part.part / part.whole)


def combined(how: str, marks: Iterable[Mark]) -> Decimal:
    """Several assessors' points as one number."""
    given = [Fraction(mark.points) for mark in marks]
    return rounded(median(given) if how == Combine.MEDIAN else sum(given, Fraction()) / len(given))


def rounded(exact: Fraction) -> Decimal:
    """A number with two places, half up (away from nought below it)."""
    cents = abs(exact) * 100
    whole = (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    return (Decimal(whole) / 100 * (1 if exact >= 0 else -1)).quantize(ZERO)


def sheet(scheme: Scheme, unit: Unit, lines: list[Line], adjustments: list[Adjustment]) -> Sheet:
    """One unit's sheet, without its place."""
    added = min(sum((row.points for row in adjustments if row.points > 0), ZERO), scheme.most_bonus)
    off = min(sum((-row.points for row in adjustments if row.points < 0), ZERO), scheme.most_deduction)
    total = scaled(lines) + added - off
    return Sheet(unit, tuple(lines), tuple(adjustments), added, off, max(total, ZERO))


def scaled(lines: list[Line]) -> Decimal:
    """The points of all lines, as if those that do not concern the unit had brought the same share as the others."""
    points = sum((each.points for each in lines if each.points is not None), ZERO)
    every = sum((each.criterion.weight for each in lines), ZERO)
    concern = sum((each.criterion.weight for each in lines if each.concerns), ZERO)
    if not concern or concern == every:
        return points
    return rounded(Fraction(points) * Fraction(every) / Fraction(concern))


def placed(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with their places, in the order they came."""
    place: dict[Decimal, int] = {}
    for number, total in enumerate(sorted((each.total for each in sheets), reverse=True), 1):
        place.setdefault(total, number)
    return [replace(each, place=place[each.total]) for each in sheets]


def by_place(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The best first; those of one place in the order of the office."""
    return sorted(sheets, key=lambda each: each.place)


def unanswered(sheets: Iterable[Sheet], assessors: Collection[User]) -> Iterator[tuple[Sheet, Line, User]]:
    """Lines by hand that not every assessor has judged, each with one who has not."""
    for each in sheets:
        for row in each.lines:
            given = {mark.by_id for mark in row.marks}
            if row.criterion.is_by_hand:
                yield from ((each, row, who) for who in assessors if who.pk not in given)

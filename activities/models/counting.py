"""The ledger of :class:`DayCount` is written along with every change of an assignment, whoever makes it.

``AssignmentQuerySet`` and ``Assignment.save`` are the only ways a row is written, and both come by here.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Sum

from activities.models.day_count import DayCount, TermsBefore
from workflow import clock

BATCH = 2000


class Stands(NamedTuple):
    """What is counted of an assignment."""

    campaign: int
    unit: int
    share: str
    last_at: datetime


class Held(NamedTuple):
    """An assignment as it was before a change."""

    stands: Stands
    terms: tuple[Any, ...]


TERMS = ("unit_id", "due_at", "grace_until", "extended_until", "locked_at")
KEY = ("campaign_id", "unit_id", "share", "last_at")
COUNTED = {"campaign", "unit", "kind", "state", "volunteered", "due_at", "grace_until", "extended_until", "locked_at",
           "submitted_at"}  # fmt: skip
"""The columns of which something counted depends, or a day."""


def are_terms(changes: Iterable[str]) -> bool:
    """Whether a change of these columns changes unit or days."""
    return any(name in TERMS or f"{name}_id" in TERMS for name in changes)


def is_counted(changes: Iterable[str]) -> bool:
    """Whether a change of these columns has to be written down."""
    return any(name.removesuffix("_id") in COUNTED for name in changes)


def held(rows: Any) -> dict[int, Held]:
    """The rows as they stand, locked until the transaction ends."""
    if rows.query.distinct or rows.query.group_by or rows.query.combinator:
        rows = rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    found = rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", *KEY, *TERMS)
    return {pk: Held(Stands(*values[:4]), tuple(values[4:])) for pk, *values in found}


def standing(model: Any, rows: Collection[int]) -> Counter[Stands]:
    """How these rows stand now."""
    found: Counter[Stands] = Counter()
    numbers = sorted(rows)
    for start in range(0, len(numbers), BATCH):
        some = model.objects.filter(pk__in=numbers[start : start + BATCH]).order_by().values_list(*KEY)
        for *key, number in some.annotate(number=Count("*")):
            found[Stands(*key)] += number
    return found


def write_down(model: Any, before: dict[int, Held], after: Collection[int], *, terms: bool = True) -> None:
    """The lines of a change, and the days that held until it.

    Arguments: the model; the rows as they were; the ids of those that are there now; whether days may have changed.
    """
    lines = standing(model, after)
    lines.subtract(each.stands for each in before.values())
    put(lines, clock.today())
    if before and terms:
        keep_terms(model, before)


def keep_terms(model: Any, before: dict[int, Held]) -> None:
    """Write down unit and days that held until now, where they are other ones."""
    now = {pk: tuple(terms) for pk, *terms in terms_of(model, before)}
    TermsBefore.objects.bulk_create(
        (
            TermsBefore(assignment_id=pk, at=clock.now(), **dict(zip(TERMS, each.terms, strict=True)))
            for pk, each in before.items()
            if pk in now and now[pk] != each.terms
        ),
        batch_size=BATCH,
    )


def terms_of(model: Any, rows: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """Unit and days of these rows as they are now."""
    numbers = sorted(rows)
    for start in range(0, len(numbers), BATCH):
        yield from model.objects.filter(pk__in=numbers[start : start + BATCH]).order_by().values_list("pk", *TERMS)


def put(lines: Counter[Stands], day: date) -> None:
    """Write the lines of one day: for the units themselves, for those above them, for the whole."""
    wanted = {key: number for key, number in lines.items() if number}
    if wanted:
        spread = spread_out(wanted, above({key.unit for key in wanted}))
        DayCount.objects.bulk_create((line(key, day, number) for key, number in spread.items()), batch_size=BATCH)


Place = tuple[int, int | None, bool, str, datetime]


def line(place: Place, day: date, number: int) -> DayCount:
    """One line, not saved yet."""
    campaign, unit, own, share, last_at = place
    return DayCount(
        campaign_id=campaign, unit_id=unit, own=own, day=day, share=share, last_at=last_at, number=number
    )  # fmt: skip


def spread_out(lines: dict[Stands, int], higher: dict[int, list[int]]) -> dict[Place, int]:
    """Every counter that lines of units touch. Arguments: the lines; the units above each unit."""
    found: Counter[Place] = Counter()
    for (campaign, unit, share, last_at), number in lines.items():
        found[campaign, unit, True, share, last_at] += number
        found[campaign, None, False, share, last_at] += number
        for each in higher.get(unit, ()):
            found[campaign, each, False, share, last_at] += number
    return {place: number for place, number in found.items() if number}


ABOVE = """
WITH RECURSIVE up (unit, above) AS (
    SELECT id, parent_id FROM accounts_unit WHERE parent_id IS NOT NULL AND id IN ({})
    UNION SELECT up.unit, u.parent_id FROM up JOIN accounts_unit u ON u.id = up.above WHERE u.parent_id IS NOT NULL
) SELECT unit, above FROM up
"""


def above(units: Iterable[int]) -> dict[int, list[int]]:
    """The units above each of these, at whatever depth (standard SQL: recursive common table expression)."""
    found: dict[int, list[int]] = {}
    numbers = sorted(units)
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), BATCH):
            some = numbers[start : start + BATCH]
            cursor.execute(ABOVE.format(",".join(["%s"] * len(some))), some)
            for unit, higher in cursor.fetchall():
                found.setdefault(unit, []).append(higher)
    return found


SAME = ("campaign_id", "unit_id", "own", "day", "share", "last_at")
FOLDED = 20_000
"""So many lines are added up in one transaction."""


def fold() -> int:
    """Add up lines of one counter and day, so that reading stays quick. Returns: how many lines went.

    Whoever reads meanwhile finds the lines or their sum, never both.
    """
    gone = 0
    several = DayCount.objects.order_by().values_list(*SAME).annotate(lines=Count("*")).filter(lines__gt=1)
    for *same, _lines in list(several[:FOLDED]):
        gone += fold_one(dict(zip(SAME, same, strict=True)))
    return gone


@transaction.atomic
def fold_one(same: dict[str, Any]) -> int:
    """Add up the lines of one counter and day. Returns: by how many there are fewer."""
    rows = DayCount.objects.filter(**{key: value for key, value in same.items() if value is not None})
    rows = rows.filter(unit=None) if same["unit_id"] is None else rows
    found = list(rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)[:FOLDED])
    if len(found) < 2:
        return 0
    DayCount.objects.filter(pk__in=[each.pk for each in found]).delete()
    total = sum(each.number for each in found)
    if total:
        DayCount.objects.create(**same, number=total)
    return len(found) - bool(total)


@transaction.atomic
def moved_below(unit: int, before: int | None, after: int | None) -> None:
    """A unit stands below another one now: what it and those below it owe counts there, on every day.

    Arguments: the unit; the unit it belonged to; the one it belongs to now.
    """
    was, now = (set(line_up(each)) for each in (before, after))
    lines = DayCount.objects.filter(unit=unit).order_by().values_list("campaign_id", "day", "share", "last_at")
    found = list(lines.annotate(number=Sum("number")))
    DayCount.objects.bulk_create(
        (
            line((campaign, each, False, share, last_at), day, sign * number)
            for sign, units in ((-1, was - now), (1, now - was))
            for each in units
            for campaign, day, share, last_at, number in found
            if number
        ),
        batch_size=BATCH,
    )


def line_up(unit: int | None) -> list[int]:
    """A unit and those above it."""
    return [unit, *above([unit]).get(unit, ())] if unit else []

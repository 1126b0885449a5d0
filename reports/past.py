"""The figures of a scope, read off the ledger of counts: of any evening, of a unit and all below it, of a kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import Unit
from activities.models import DayCount
from activities.models.listed import BEGUN, OPEN_YET
from activities.standings import Share
from activities.states import Kind, Standing
from reports.figures import CampaignFigures, KindFigures, Tally, UnitFigures, one_unit, tally_of
from reports.scope import Scope
from workflow import clock

NONE = Coalesce(Sum("number"), 0)


def lines(scope: Scope) -> Any:
    """The lines of a scope up to its evening: of the whole, of a unit with all below it, or of the units chosen."""
    rows = DayCount.objects.filter(campaign=scope.campaign, day__lte=scope.day).order_by()
    if scope.level or scope.group:
        rows = of_units(rows.filter(own=True), scope)
    else:
        rows = rows.filter(unit=scope.unit, **({"own": True} if scope.own and scope.unit else {}))
    return narrowed(rows, scope)


def own_lines(scope: Scope) -> Any:
    """The lines of a scope, each of the very unit that owes."""
    rows = DayCount.objects.filter(campaign=scope.campaign, day__lte=scope.day, own=True).order_by()
    return narrowed(of_units(rows, scope), scope)


def of_units(rows: Any, scope: Scope) -> Any:
    """Those of the units chosen."""
    if scope.unit:
        rows = rows.filter(unit__in=[scope.unit] if scope.own else below(scope.unit))
    if scope.level:
        rows = rows.filter(unit__level=scope.level)
    return rows.filter(unit__in_groups=scope.group) if scope.group else rows


def narrowed(rows: Any, scope: Scope) -> Any:
    """Those of the kind and of the period chosen."""
    if scope.kind:
        rows = rows.filter(share__startswith=f"{scope.kind}:")
    if scope.first:
        rows = rows.filter(last_at__gt=clock.end_of(scope.first - timedelta(days=1)))
    return rows.filter(last_at__lte=clock.end_of(scope.last)) if scope.last else rows


BELOW = """
WITH RECURSIVE down (id) AS (
    SELECT id FROM accounts_unit WHERE id = %s
    UNION SELECT u.id FROM down JOIN accounts_unit u ON u.parent_id = down.id
) SELECT id FROM down
"""


def below(unit: int) -> list[int]:
    """A unit and all below it."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [unit])
        return [pk for (pk,) in cursor.fetchall()]


def shares(rows: Any, scope: Scope, *by: str) -> Iterable[tuple[tuple[Any, ...], Share]]:
    """What lines add up to, by other columns."""
    past = Coalesce(Sum("number", filter=Q(last_at__lt=scope.at)), 0)
    for *key, share, number, gone in rows.values_list(*by, "share").annotate(every=NONE, past=past):
        kind, state, settled, volunteered = share.split(":")
        parts = {Standing.OVERDUE: gone, Standing.DUE: number - gone} if settled == OPEN_YET else {}
        if settled not in (OPEN_YET, BEGUN):
            parts = {Standing(settled): number}
        for standing, part in parts.items():
            if part:
                yield tuple(key), Share(kind, state, standing, volunteered == "1", part)


def figures_of(scope: Scope) -> CampaignFigures:
    """The figures of a scope: two queries."""
    found = [share for _key, share in shares(lines(scope), scope)]
    owed = {share.kind for share in found if not share.volunteered}
    kinds = [kind for kind in Kind if kind in owed]
    units, red = heads(scope)
    return CampaignFigures(
        at=scope.at,
        kinds=tuple(KindFigures(kind, tally_of(share for share in found if share.kind == kind)) for kind in kinds),
        units=units,
        units_red=red,
        to_review=sum(share.number for share in found if share.waits),
    )


OPEN = Q(share__contains=f":{OPEN_YET}:")
OWES = ~Q(share__endswith=":1")
MISSES = OPEN | Q(share__contains=f":{Standing.RETURNED.value}:")


def by_unit(scope: Scope) -> Any:
    """Each unit that owes or owed something in a scope, with how much it misses and how much of that is overdue."""
    bad = Coalesce(Sum("number", filter=OPEN & Q(last_at__lt=scope.at)), 0)
    gap = Coalesce(Sum("number", filter=MISSES), 0)
    rows = own_lines(scope).filter(OWES).values("unit")
    return rows.annotate(every=NONE, bad=bad, gap=gap).filter(every__gt=0)


def heads(scope: Scope) -> tuple[int, int]:
    """How many units owe something in a scope, and how many of them have something overdue."""
    found = by_unit(scope).aggregate(units=Count("unit"), red=Count("unit", filter=Q(bad__gt=0)))
    return found["units"], found["red"]


def worst_units(scope: Scope, start: int, stop: int) -> list[UnitFigures]:
    """Some of the units of a scope, those with most overdue first: two queries."""
    ordered = by_unit(scope).order_by("-bad", "-gap", "unit__order", "unit")
    names = [(pk, name) for pk, name in ordered.values_list("unit", "unit__name")[start:stop]]
    rows = own_lines(scope).filter(unit__in=[pk for pk, _name in names])
    return unit_rows(names, rows, scope)


def unit_rows(names: list[tuple[int, str]], rows: Any, scope: Scope) -> list[UnitFigures]:
    """The figures of these units from their lines."""
    found: dict[int, dict[str, Counter[str]]] = {}
    for (pk,), share in shares(rows, scope, "unit"):
        if not share.volunteered:
            found.setdefault(pk, {}).setdefault(share.kind, Counter())[share.standing] += share.number
    kinds = [kind for kind in Kind if any(kind in counts for counts in found.values())]
    return [one_unit(pk, name, kinds, found.get(pk, {})) for pk, name in names]


@dataclass(frozen=True)
class Branch:
    """What stands directly below a unit: each with all below it; and the unit's own."""

    way: tuple[tuple[int, str], ...]
    """From the top down to the unit."""
    rows: list[UnitFigures]
    number: int
    inner: frozenset[int]
    """Those with units below them."""


def branch(scope: Scope, start: int, stop: int) -> Branch:
    """One step of the tree: the units directly below the one chosen (at the top: those below nobody)."""
    counted = DayCount.objects.filter(campaign=scope.campaign, day__lte=scope.day).exclude(unit=None).order_by()
    here = Q(unit__parent=scope.unit) | (Q(unit=scope.unit, own=True) if scope.unit else Q(pk=None))
    rows = narrowed(counted.filter(here), scope)
    ordered = rows.values("unit").annotate(every=NONE).filter(every__gt=0).order_by("unit__order", "unit")
    names = list(ordered.values_list("unit", "unit__name")[start:stop])
    found = unit_rows(names, rows.filter(unit__in=[pk for pk, _name in names]), scope)
    inner = counted.filter(own=False, unit__in=[pk for pk, _name in names]).values_list("unit", flat=True).distinct()
    return Branch(way_to(scope.unit), found, ordered.count(), frozenset(inner) - {scope.unit})


def way_to(unit: int | None) -> tuple[tuple[int, str], ...]:
    """From the top down to a unit."""
    found: list[tuple[int, str]] = []
    while unit and unit not in [pk for pk, _name in found]:
        name, parent = Unit.objects.values_list("name", "parent").get(pk=unit)
        found.insert(0, (unit, name))
        unit = parent
    return tuple(found)


def course(scope: Scope) -> dict[date, Tally]:
    """How a scope stood on the evening of each day on which something changed: one query."""
    rows = lines(scope).filter(OWES).values_list("day", "share").annotate(every=NONE).order_by("day")
    counts: Counter[str] = Counter()
    found: dict[date, Tally] = {}
    for day, share, number in rows:
        settled = share.split(":")[2]
        counts[Standing.DUE if settled == OPEN_YET else settled] += number  # what is overdue is missing as well
        found[day] = Tally(**{name: value for name, value in counts.items() if value})
    return found


def moved(before: CampaignFigures, after: CampaignFigures) -> list[tuple[str, int, int]]:
    """Which figure moved between two moments: its name as a field of a tally, what it was, what it is."""
    was, now = before.total, after.total
    names = ("filed", "on_time", "extended", "late", "to_correct", "overdue", "due", "waived", "closed")
    pairs = [(name, getattr(was, name), getattr(now, name)) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]

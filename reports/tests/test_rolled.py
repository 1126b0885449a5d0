"""Figures over four levels equal a slow recomputation, whatever merged, was withdrawn, corrected late, not released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from campaigns.models import Campaign, Indicator, Notice, RollUp
from reports.models import Figure, LevelRelease, Summary
from reports.rolled import Loss, parts, totals
from reports.rolling_up.release import release
from tests.cast import unit
from workflow.models import MoveRefused

ROLLUPS = (RollUp.SUM, RollUp.MEAN, RollUp.LAST, RollUp.DISTINCT)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read as message ids."""
    with translation.override("en"):
        yield


@dataclass
class Level:
    """A campaign of one office in the tree, as the slow recomputation knows it."""

    campaign: Campaign
    above: Level | None = None
    below: list[Level] = field(default_factory=list)
    figures: dict[str, Indicator] = field(default_factory=dict)
    released: dict[tuple[str, int], tuple[int, int, Any]] = field(default_factory=dict)
    """What its head released last: by figure and unit the filing, the value, when it was filed."""
    is_released: bool = False


@dataclass
class Tree:
    """A province with cities, districts and towns, and what every unit has filed."""

    top: Level
    levels: list[Level]
    rows: list[Assignment] = field(default_factory=list)
    into: dict[int, int] = field(default_factory=dict)


START = timezone.now() - timedelta(days=30)


def level(name: str, host: Unit, above: Level | None) -> Level:
    """A campaign with one figure of each kind and a share, each carried into the one above."""
    campaign = Campaign.objects.create(
        host=host, parent=above and above.campaign, year=2015, title=name, theme="T", starts_on=date(2015, 9, 1),
        ends_on=date(2015, 9, 30), summary_due_on=date(2015, 10, 15),
    )  # fmt: skip
    found = Level(campaign, above)
    for order, kind in enumerate(ROLLUPS):
        up = above.figures[kind] if above else None
        found.figures[kind] = Indicator.objects.create(
            campaign=campaign, order=order, name=kind, rollup=kind, carries=up
        )
    part, whole = found.figures[RollUp.SUM], found.figures[RollUp.MEAN]
    Indicator.objects.create(campaign=campaign, order=9, name="share", rollup=RollUp.RATIO, part=part, whole=whole)
    if above:
        above.below.append(found)
    return found


def planted(shape: list[list[int]]) -> Tree:
    """A tree: for each city the number of towns of each of its districts."""
    top = level("P", unit("Province", kind="office"), None)
    tree = Tree(top, [top])
    for number, districts in enumerate(shape):
        city = level(f"C{number}", unit(f"City {number}", kind="office"), top)
        tree.levels.append(city)
        for place, towns in enumerate(districts):
            district = level(f"D{number}-{place}", unit(f"District {number}-{place}", kind="office"), city)
            tree.levels.append(district)
            for each in range(towns):
                owe(tree, district, unit(f"Town {number}-{place}-{each}"))
    return tree


def owe(tree: Tree, of: Level, who: Unit) -> Assignment:
    """A summary that a unit owes in a campaign."""
    notice, _made = Notice.objects.get_or_create(campaign=of.campaign, defaults={"title": "N", "year": 2015})
    row = Assignment.objects.create(
        campaign=of.campaign, notice=notice, unit=who, kind=Kind.SUMMARY, due_at=timezone.now()
    )
    tree.rows.append(row)
    return row


def file(tree: Tree, row: Assignment, values: list[int | None], tick: int) -> None:
    """One more version, accepted; None leaves a figure out."""
    at, here = START + timedelta(minutes=tick), next(e for e in tree.levels if e.campaign.pk == row.campaign_id)
    version = Summary.objects.filter(assignment=row).count() + 1
    summary = Summary.objects.create(assignment=row, version=version, submitted_at=at)
    for kind, value in zip(ROLLUPS, values, strict=True):
        if value is not None:
            Figure.objects.create(summary=summary, indicator=here.figures[kind], value=value)
    Assignment.objects.filter(pk=row.pk).update(state=AssignmentState.ACCEPTED, submitted_at=at)


# --- the slow recomputation -------------------------------------------------------------------------------------


def filed_now(row: Assignment, kind: str) -> tuple[int, int, Any] | None:
    """What the unit says now of a figure: filing, value, when."""
    row.refresh_from_db()
    if row.state != AssignmentState.ACCEPTED:
        return None
    last = row.summary_versions.filter(submitted_at__isnull=False).order_by("version").last()
    found = last.figures.filter(indicator__name=kind).first() if last else None
    return (row.pk, found.value, (last.submitted_at, found.pk)) if found and last else None


def slow(tree: Tree, of: Level, kind: str) -> dict[int, tuple[int, Any]]:
    """By unit: the value that counts, and when it was filed."""
    hosts = {each.campaign.host_id for each in of.below}
    found: dict[int, list[tuple[bool, bool, Any, int]]] = {}

    def add(who: int, direct: bool, value: int, at: Any) -> None:
        stands_for = who
        while stands_for in tree.into:
            stands_for = tree.into[stands_for]
        found.setdefault(stands_for, []).append((who == stands_for, direct, at, value))

    for row in tree.rows:
        if row.campaign_id == of.campaign.pk and row.unit_id not in hosts and (now := filed_now(row, kind)):
            add(row.unit_id, True, now[1], now[2])
    for below in of.below:
        for (name, who), (pk, value, at) in below.released.items():
            row = next(each for each in tree.rows if each.pk == pk)
            now = filed_now(row, kind)
            if name == kind and now and now[1] == value:
                add(who, False, value, at)
    return {who: (max(rows)[3], max(rows)[2]) for who, rows in found.items()}


def add_up(kind: str, found: dict[int, tuple[int, Any]]) -> Any:
    """One figure as its definition says."""
    values = [value for value, _at in sorted(found.values(), key=lambda each: each[1])]
    if kind == RollUp.LAST:
        return values[-1] if values else 0
    if kind == RollUp.DISTINCT:
        return sum(value > 0 for value in values)
    if kind == RollUp.MEAN:
        return tenth(sum(values), len(values)) or 0
    return sum(values)


def tenth(number: int, among: int) -> Decimal | None:
    return (Decimal(number) / among).quantize(Decimal("0.1"), ROUND_HALF_UP) if among else None


def let_go(tree: Tree, of: Level) -> None:
    """The head releases; the slow one writes down what."""
    kept = {
        (kind, who): (source(tree, of, kind, who, at), value, at)
        for kind in ROLLUPS
        for who, (value, at) in slow(tree, of, kind).items()
    }
    if not kept:
        with pytest.raises(MoveRefused):
            release(of.campaign, by=None)
        return
    release(of.campaign, by=None)
    of.released, of.is_released = kept, True


def source(tree: Tree, of: Level, kind: str, who: int, at: Any) -> int:
    """The filing in which a number stands: the one filed at that moment."""
    figure = Figure.objects.get(pk=at[1])
    return figure.summary.assignment_id


def equal(tree: Tree) -> None:
    """On every level the figures are those of the slow recomputation, no unit counted twice."""
    for each in tree.levels:
        found = parts(each.campaign)
        keys = [(part.indicator, part.unit) for part in found.counted]
        assert len(keys) == len(set(keys))
        got = {row.name: total.value for row, total in totals(each.campaign, found)}
        want: dict[str, Any] = {kind: add_up(kind, slow(tree, each, kind)) for kind in ROLLUPS}
        whole = sum(value for value, _at in slow(tree, each, RollUp.MEAN).values())
        want["share"] = tenth(100 * want[RollUp.SUM], whole) or 0
        assert got == want


number = st.one_of(st.none(), st.integers(0, 500))
deed = st.tuples(st.sampled_from("ffffwmcdr"), st.integers(0, 99), st.integers(0, 99), st.tuples(*[number] * 4))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shape=st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=2), min_size=1, max_size=3),
    deeds=st.lists(deed, min_size=4, max_size=16),
)
def test_rolled_up_equals_a_slow_recomputation(db: None, shape: list[list[int]], deeds: list[Any]) -> None:
    """Filed, withdrawn, corrected late, merged, answered at two levels, released in any order."""
    with transaction.atomic():
        tree = planted(shape)
        for tick, (what, one, other, values) in enumerate(deeds):
            row = tree.rows[one % len(tree.rows)]
            if what in "fc":
                file(tree, row, list(values), tick)
            elif what == "w":
                Assignment.objects.filter(pk=row.pk, submitted_at__isnull=False).update(state=AssignmentState.RETURNED)
            elif what == "m":
                merge(tree, row.unit_id, tree.rows[other % len(tree.rows)].unit_id)
            elif what == "d":
                of = tree.levels[other % len(tree.levels)]
                if of.campaign.pk != row.campaign_id and not of_unit(tree, of, row.unit):
                    owe(tree, of, row.unit)
            else:
                let_go(tree, tree.levels[other % len(tree.levels)])
        equal(tree)
        for of in reversed(tree.levels[1:]):
            let_go(tree, of)
        equal(tree)
        transaction.set_rollback(True)


def of_unit(tree: Tree, of: Level, who: Unit) -> bool:
    return any(row.campaign_id == of.campaign.pk and row.unit_id == who.pk for row in tree.rows)


def merge(tree: Tree, one: int, other: int) -> None:
    """One unit becomes another; nobody becomes itself, by whatever way."""
    last = other
    while last in tree.into:
        last = tree.into[last]
    if one not in tree.into and last != one:
        tree.into[one] = other
        Unit.objects.filter(pk=one).update(merged_into=other)


# --- single cases -----------------------------------------------------------------------------------------------


@pytest.fixture
def tree(db: None) -> Tree:
    """One city, one district, two towns that filed 10 and 20."""
    found = planted([[2]])
    for place, row in enumerate(found.rows):
        file(found, row, [10 * (place + 1)] * 4, place)
    return found


def sums(of: Level) -> Any:
    return next(total.shown for row, total in totals(of.campaign, parts(of.campaign)) if row.name == RollUp.SUM)


def test_the_level_above_counts_only_what_was_released(tree: Tree) -> None:
    top, city, district = tree.levels
    assert [sums(each) for each in tree.levels] == ["0", "0", "30"]
    assert parts(city.campaign).waiting == (district.campaign.host_id,)
    release(district.campaign, by=None)
    assert [sums(each) for each in tree.levels] == ["0", "30", "30"]
    release(city.campaign, by=None)
    assert [sums(each) for each in tree.levels] == ["30", "30", "30"]
    assert LevelRelease.objects.count() == 2
    assert top.campaign.parent is None


def test_a_figure_withdrawn_in_a_town_leaves_every_sum_above(tree: Tree) -> None:
    top, city, district = tree.levels
    release(district.campaign, by=None)
    release(city.campaign, by=None)
    Assignment.objects.filter(pk=tree.rows[1].pk).update(state=AssignmentState.RETURNED)
    assert [sums(each) for each in tree.levels] == ["10", "10", "10"]
    assert {(each.why, each.part.unit) for each in parts(top.campaign).lost} == {(Loss.WITHDRAWN, tree.rows[1].unit_id)}


def test_a_corrected_figure_waits_for_the_next_release_and_is_shown(tree: Tree) -> None:
    top, city, district = tree.levels
    release(district.campaign, by=None)
    release(city.campaign, by=None)
    file(tree, tree.rows[1], [25, 20, 20, 20], 9)
    lost = list(parts(top.campaign).lost)
    assert ([sums(each) for each in tree.levels], [(each.why, each.now) for each in lost]) == (
        ["10", "10", "35"],
        [(Loss.CORRECTED, "25")],
    )
    release(district.campaign, by=None)
    release(city.campaign, by=None)
    assert [sums(each) for each in tree.levels] == ["35", "35", "35"]


def test_what_is_only_about_right_stays_so_over_all_levels(tree: Tree) -> None:
    _top, city, district = tree.levels
    Figure.objects.filter(summary__assignment=tree.rows[0], indicator__name=RollUp.SUM).update(about="10余")
    release(district.campaign, by=None)
    release(city.campaign, by=None)
    assert [sums(each) for each in tree.levels] == ["30余", "30余", "30余"]


def test_another_measure_is_refused_until_it_is_mapped(tree: Tree) -> None:
    _top, city, district = tree.levels
    mine, above = district.figures[RollUp.SUM], city.figures[RollUp.SUM]
    Indicator.objects.filter(pk=mine.pk).update(carries=None, measure="万人次")
    with pytest.raises(MoveRefused, match="Please map them first"):
        release(district.campaign, by=None)
    Indicator.objects.filter(pk=mine.pk).update(carries=above, times=10_000)
    release(district.campaign, by=None)
    assert sums(city) == "300,000"


def test_a_share_of_nothing_is_no_share(db: None) -> None:
    found = planted([[1]])
    file(found, found.rows[0], [5, 0, 0, 0], 1)
    district = found.levels[2]
    share = next(total for row, total in totals(district.campaign, parts(district.campaign)) if row.name == "share")
    assert (share.value, share.units) == (0, 0)

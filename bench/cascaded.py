"""``python -m bench.cascaded build|correct|compose``: what the benchmark of the levels stands on, and its deeds.

One province, 21 cities, 200 districts, 5,000 towns, 100,000 assignments: 20 cities have ten districts of 25 towns
each, the last one 250 units of its own, from which its summary is put together. Every town filed an accepted summary
with four figures; every district and city has released.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

import django

django.setup()

from django.db import models, transaction  # noqa: E402 -- Django is set up first
from django.urls import reverse  # noqa: E402

from accounts.models import Membership, Role, Unit, User  # noqa: E402
from activities.models import Activity, Assignment  # noqa: E402
from activities.states import AssignmentState, Kind  # noqa: E402
from bench.visitor import cookie_of  # noqa: E402
from campaigns.models import Campaign, Indicator, Notice, RollUp  # noqa: E402
from reports.models import Figure, RolledSummary, Summary  # noqa: E402
from reports.rolling_up import compose  # noqa: E402
from reports.rolling_up.release import release  # noqa: E402
from workflow import clock  # noqa: E402

CITIES, DISTRICTS, TOWNS, WIDE, TASKS = 20, 10, 25, 250, 19
BATCH = 2000
FIGURES = (
    ("开展活动场次", RollUp.SUM),
    ("参加活动人次", RollUp.SUM),
    ("合格批次", RollUp.MEAN),
    ("开放日", RollUp.LAST),
)
TEXT = "设立质量咨询台，现场解答群众关心的质量问题，组织企业开放生产线，请群众走进企业参观。" * 3


def put(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    """Insert many rows."""
    return model._default_manager.bulk_create(list(rows), batch_size=BATCH)


def build() -> dict[str, Any]:
    """Build it. Returns: the province's page, the floor's, and the cookie of its staff."""
    with transaction.atomic():
        top = unit("示范省质强办", "province")
        province = campaign(top, None)
        for place in range(CITIES):
            city(province, unit(f"第{place}市质强办", "city"))
        wide(province, unit("直管市质强办", "city"))
        staff = User.objects.create(username="staff", name="示例", password="!")  # nosec B106 # signs in nowhere
        Membership.objects.create(user=staff, unit=top, role=Role.STAFF)
    page = reverse("reports:rolled-up", args=[province.pk])
    pages = {"floor": "/bench/floor/", "rolled-up figures": page, "rolled-up figures, after a deed": page}
    return {"pages": pages, "cookie": cookie_of(staff), "assignments": Assignment.objects.count()}


def unit(name: str, level: str) -> Unit:
    return Unit.objects.create(name=name, kind="office", level=level)


def campaign(host: Unit, above: Campaign | None) -> Campaign:
    """A campaign with its issued notice and four figures, each rolled up into the one above."""
    made = Campaign.objects.create(
        host=host, parent=above, year=2015, title=f"{host.name}质量月", theme="质量", starts_on=date(2015, 9, 1),
        ends_on=date(2015, 9, 30), summary_due_on=date(2015, 10, 15),
    )  # fmt: skip
    Notice.objects.create(campaign=made, title=made.title, year=2015, body="请报送总结。")
    up = {row.name: row for row in above.indicators.all()} if above else {}
    put(
        Indicator,
        (
            Indicator(campaign=made, order=order, name=name, rollup=kind, carries=up.get(name))
            for order, (name, kind) in enumerate(FIGURES)
        ),
    )
    return made


def city(province: Campaign, host: Unit) -> None:
    """A city, its districts and towns; each level released."""
    made = campaign(host, province)
    for place in range(DISTRICTS):
        below = unit(f"{host.name}第{place}区", "district")
        lower = campaign(below, made)
        owe(lower, town_units(below, TOWNS), TASKS)
        release(lower, by=None)
    release(made, by=None)


def wide(province: Campaign, host: Unit) -> None:
    """A city with many units of its own, which owes a summary above."""
    made = campaign(host, province)
    owe(made, town_units(host, WIDE), 0)
    release(made, by=None)
    Assignment.objects.create(
        campaign=province,
        notice=Notice.objects.get(campaign=province),
        unit=host,
        kind=Kind.SUMMARY,
        due_at=clock.now(),
    )


def town_units(above: Unit, number: int) -> list[Unit]:
    return put(Unit, (Unit(name=f"{above.name}第{each}镇", level="town", order=each) for each in range(number)))


def owe(of: Campaign, towns: list[Unit], tasks: int) -> None:
    """What towns owe: so many tasks, and a summary with figures that is accepted."""
    about: dict[str, Any] = {"campaign": of, "notice": Notice.objects.get(campaign=of), "due_at": clock.now()}
    done = {"state": AssignmentState.ACCEPTED, "submitted_at": clock.now()}
    made = put(Activity, (Activity(campaign=of, order=n, scope="common", title=f"任务{n}") for n in range(tasks)))
    put(
        Assignment, (Assignment(**about, **done, unit=each, kind=Kind.PLAN, activity=a) for each in towns for a in made)
    )
    about |= done
    rows = put(Assignment, (Assignment(**about, unit=each, kind=Kind.SUMMARY) for each in towns))
    words = {"practice": TEXT, "effect": TEXT, "problems": TEXT[:60]}
    filed = put(Summary, (Summary(assignment=row, submitted_at=clock.now(), **words) for row in rows))
    asked = list(of.indicators.all())
    put(
        Figure,
        (
            Figure(summary=each, indicator=row, value=10 + n, about="约10" if n % 7 == 0 else "")
            for n, each in enumerate(filed)
            for row in asked
        ),
    )


def correct() -> None:
    """A town's accepted summary is returned, corrected, and accepted again."""
    row = Assignment.objects.filter(kind=Kind.SUMMARY, unit__level="town").order_by("-pk")[WIDE]
    row.send_back(by=None, reason="数字有误")
    last = Summary.latest(row)
    assert last is not None  # nosec B101 # it was filed
    draft = last.successor()
    draft.save_draft(by=None, seen=draft.revision)
    put(Figure, (Figure(summary=draft, indicator=each.indicator, value=each.value + 1) for each in last.figures.all()))
    draft.submit(by=None)
    row.refresh_from_db()
    row.accept(by=None)


def composing() -> list[float]:
    """Milliseconds of putting the wide city's summary together and writing it, three times."""
    found, times = Campaign.objects.get(host__name="直管市质强办"), []
    for _each in range(3):
        RolledSummary.objects.all().delete()
        Summary.objects.filter(assignment__campaign=found.parent).delete()
        begun = time.perf_counter()
        compose.write(compose.begin(found, by=None), by=None)
        times.append((time.perf_counter() - begun) * 1000)
    return times


if __name__ == "__main__":
    deed = sys.argv[1]
    if deed == "correct":
        correct()
    else:
        print(json.dumps(build() if deed == "build" else composing()))

"""How much a notice asks: the strip, its tables, last year's beside it, what is kept, what it is counted with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Unit, UnitGroup
from accounts.models.units import UnitLevel
from activities.asking.handing_out import asked_by
from activities.burden.last_year import weight_of
from activities.burden.weight import Weight, weigh
from activities.burden.wording import wording
from activities.models import BurdenMeasures, NoticeWeight
from campaigns.models import Campaign, Notice
from reports.demonstration.load import load
from tests.cast import campaign, issued, notice, said, signed_in, text
from tests.pages import opened, press
from workflow import clock

BESIDE = [each / "shared" / "notices" for each in Path(__file__).resolve().parents]
REAL = next((each for each in BESIDE if each.is_dir()), None)
# a receipt 0.3 hours, a registration 0.2, a plan 5, a summary 6 with two figures of 0.3
EVERYBODY = [("Member units", "city", True, 3, 12, Decimal("36.3"))]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(date(2015, 8, 10)):
        yield


def weight(row: Notice) -> Weight:
    return weigh(asked_by(Notice.objects.get(pk=row.pk)))


def rows(found: Weight):
    return [(each.group, each.level, each.leads, each.units, each.filings, each.hours) for each in found.lines]


def adds_up(found: Weight) -> None:
    """The lines by kind of unit, and those by kind of filing, come to the same sums."""
    for lines in (found.lines, found.kinds):
        assert sum(each.filings for each in lines) == found.filings
        assert sum((each.hours for each in lines), Decimal(0)) == found.hours
    assert sum(each.units for each in found.lines) == found.units


def burden(person, row) -> str:
    return text(signed_in(person).get(reverse("activities:burden", args=[row.pk])))


def test_filings_and_hours_of_each_kind_of_unit_add_up(cast):
    assert rows(weight(cast.notice)) == EVERYBODY
    Unit.objects.filter(pk=cast.district.pk).update(level=UnitLevel.DISTRICT)
    UnitGroup.objects.create(owner=cast.office, name="Districts").units.set([cast.district])  # the smaller says more
    parks = Unit.objects.create(name="Parks bureau", order=9)
    cast.notice.addressees.add(parks)
    reports = {"title": "动态", "counts": "progress", "target": 2, "photos_least": 1, "photos_why": "x"}
    cast.notice.demands.create(order=1, **reports).units.set([parks])
    found = weight(cast.notice)
    adds_up(found)
    assert {each[:5] for each in rows(found)} == {
        ("Member units", "city", True, 2, 8),
        ("Districts", "district", True, 1, 4),
        ("", "city", False, 1, 5),
    }
    assert {each.code: (each.filings, each.hours) for each in found.kinds}["progress"] == (2, Decimal("3.2"))
    page = burden(cast.leader, cast.notice)
    assert "This notice asks 4 units for <strong>17</strong> filings" in page
    assert all(words in page for words in ("in no group · City", "answers for no activity", "The hours are estimates."))


def test_a_notice_that_asks_nobody_says_so(cast):
    Notice.objects.filter(pk=cast.notice.pk).update(kind="bulletin")
    assert "It asks nobody for anything." in burden(cast.staff, cast.notice)


def test_the_strip_stands_where_it_is_checked_and_issued_and_its_numbers_are_kept(cast):
    words = "asks 3 units for <strong>12</strong> filings, about <strong>36</strong> hours; on average 4"
    for person, door in ((cast.staff, "findings"), (cast.signer, "issue")):
        assert words in text(signed_in(person).get(reverse(f"activities:{door}", args=[cast.notice.pk])))
    issued(cast)
    kept = NoticeWeight.objects.get(notice=cast.notice)
    assert (kept.units, kept.filings, kept.hours) == (3, 12, Decimal("36.3"))
    before = weight_of(cast.notice)
    assert rows(before) == EVERYBODY
    BurdenMeasures.objects.create(office=cast.office, changed={"plan": ["9", 3]}, at=clock.now())
    assert weight_of(cast.notice) == before  # by the hours that stood then
    kept.delete()  # went out before anything was kept: counted again from what units owe, by today's hours
    again = weight_of(cast.notice)
    assert (again.filings, again.hours) == (12, Decimal("48.3"))


def test_last_year_stands_beside_this_year(cast):
    old = campaign(cast.office, "Month of 2014")
    Campaign.objects.filter(pk=old.pk).update(year=2014)
    old.refresh_from_db()
    sent = notice(old, 14, [cast.water, cast.health])
    issued(replace(cast, campaign=old, notice=sent))
    beside = "2014: 2 units, 6 filings, about 13 hours; on average 3 filings and 6.5 hours each."
    assert beside in burden(cast.staff, cast.notice)
    assert "for comparison" not in burden(cast.staff, sent)


def test_the_office_counts_with_hours_of_its_own_and_says_where_they_come_from(cast):
    client, page = signed_in(cast.staff), reverse("activities:measures", args=[cast.campaign.pk])
    first = opened(client, page)
    typed = {"hours_plan": "2.5", "days_summary": "10", "specific": "3,500", "source": "asked of five units"}
    press(client, first, "Save", **typed)
    row = BurdenMeasures.objects.get(office=cast.office)
    assert row.changed == {"plan": ["2.5", 3], "summary": ["6", 10]}
    assert (row.specific, row.source, row.by) == (3500, "asked of five units", cast.staff)
    assert weight(cast.notice).hours == Decimal("28.8")  # three plans
    late = press(signed_in(cast.signer), first, "Save", hours_plan="7")
    assert (late.status_code, "Somebody changed this while you were writing" in text(late)) == (409, True)
    wrong = press(client, page, "Save", hours_plan="a day", days_plan="-1")
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["hours_plan", "days_plan"])
    assert wrong.context["form"]["hours_plan"].value() == "a day"
    assert said(press(client, page, "Save", hours_plan="5", days_summary="5"))
    row.refresh_from_db()
    assert row.changed == {}


@pytest.mark.parametrize(
    ("name", "units", "filings", "hours"),
    [
        ("dongguan-2013", 54, 267, 512),  # the office itself answers for a task
        ("hubei-2020", 37, 119, 280),
        ("jiangsu-2010", 92, 276, 598),
        ("shenzhen-2015", 26, 136, 521),
    ],
)
def test_the_real_notices_as_data_weigh_what_they_ask(db, name, units, filings, hours):
    with clock.as_of(date(int(name[-4:]), 8, 1)):
        found = weight(load(name).notice)
    adds_up(found)
    assert (found.units, found.filings, found.whole_hours) == (units, filings, hours)


@pytest.mark.skipif(REAL is None, reason="the real notices are not beside the project")
def test_of_five_real_notices_only_the_words_that_make_work_are_named(cast):
    found = {}
    for paper in sorted(REAL.glob("*.txt")):
        Notice.objects.filter(pk=cast.notice.pk).update(body=paper.read_text(encoding="utf-8"))
        found[paper.stem] = [each.text for each in wording(asked_by(Notice.objects.get(pk=cast.notice.pk)))]
    assert {name: words for name, words in found.items() if words} == {
        "hubei-2020": ["“应结合实际制定实施方案” asks for a paper of each unit's own."]
    }
    assert len(found) == 5

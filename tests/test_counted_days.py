"""Whatever page asks whether a day is worked says that its year is provisional, and no more once it is entered.

Every door of the site is opened; what the page asked of the calendar is listened to, so no page has to be named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.test_working_days import WHOLE
from activities.models import Assignment
from campaigns.models import Campaign
from tests.cast import issued, make_cast, signed_in
from tests.doors import DOORS
from tests.pages import page_of, press
from tests.site import Site, whole_site
from workflow import clock, workdays
from workflow.workdays import WorkingDays

ARRANGED = """2015年部分节假日安排
一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。
二、春节：2月18日至24日放假调休，共7天。2月15日（星期日）、2月28日（星期六）上班。
三、清明节：4月5日放假，4月6日（星期一）补休。
四、劳动节：5月1日放假，与周末连休。
五、端午节：6月20日放假，6月22日（星期一）补休。
六、中秋节：9月27日放假。
七、国庆节：10月1日至7日放假调休，共7天。10月10日（星期六）上班。"""
LOOKS = ("month", "week", "timeline", "list")
MORE = {
    "activities:calendar": [f"?look={each}&day=2015-09-14" for each in LOOKS],
    "activities:my-calendar": [f"?look={each}&day=2015-09-14" for each in LOOKS],
    "activities:remind": ["?kind=summary"],
    "activities:propose-slips": ["?days=0&reminders=0"],
}
"""More addresses of a door, beside the one without a question."""
FIRST = ("staff", "signer", "liaison", "admin")
"""Who opens a page, where they may."""
SHOWS_NONE = {
    "accounts:working-days": "the page on which the year is entered says it at its head",
    "activities:remind": "whether it goes at once; where it waits, the day it goes stands there with the remark",
}
"""Pages that ask, and show no day that depends on it."""


@pytest.fixture
def site(db: None, media: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The cast with something behind every door, in the one year that nobody has announced."""
    others = frozenset(set(workdays.known_years()) - {2015})
    monkeypatch.setattr(workdays, "announced", lambda: others)
    return whole_site()


def pages(site: Site) -> Iterator[tuple[str, str, str]]:
    """Each page of the site: its door, its address, and who may look there."""
    for name, (_target, may, *_more) in DOORS.items():
        who = next((each for each in (*FIRST, *sorted(may or ())) if each in (may or ())), "")
        if who:
            for question in ["", *MORE.get(name, [])]:
                yield name, site.address(name) + question, who


def read(site: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], set[str]]:
    """Open every page. Returns: the doors behind which a day was asked about, those that call a year provisional."""
    asked, said = set(), set()
    heard: list[Any] = []
    answers = WorkingDays.is_working_day
    monkeypatch.setattr(WorkingDays, "is_working_day", lambda self, day: heard.append(day) or answers(self, day))
    for name, address, who in pages(site):
        heard.clear()
        answer = site.clients[who].get(address)
        if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
            asked |= {name} if heard else set()
            said |= {name} if b"data-provisional" in answer.content else set()
    return asked, said


def test_every_page_that_counts_days_says_so_until_the_year_is_entered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, said = read(site, monkeypatch)
    assert asked - said - SHOWS_NONE.keys() == set()
    browser = signed_in(site.cast.staff)
    looked = press(browser, reverse("accounts:working-days") + "?year=2015", "See the days", text=ARRANGED)
    press(browser, page_of(looked), "confirm=yes")
    assert read(site, monkeypatch)[1] == set()


def test_2027_is_provisional_on_the_pages_of_an_october_until_its_text_is_pasted(db: None, settings: Any) -> None:
    cast = make_cast()
    issued(cast)
    Campaign.objects.update(year=2027, starts_on="2027-09-01", ends_on="2027-09-30", summary_due_on="2027-10-15")
    for row in Assignment.objects.all():
        Assignment.objects.filter(pk=row.pk).update(due_at=row.due_at.replace(year=2027), grace_until=None)
    browser, of = signed_in(cast.staff), {"args": [cast.campaign.pk]}
    with clock.as_of(date(2027, 10, 20)):
        press(browser, reverse("activities:propose-slips", **of), "Draft a slip for each one ticked")
        drafted = cast.campaign.slips.first()
    october = [
        (date(2027, 10, 20), reverse("activities:propose-slips", **of)),
        (date(2027, 10, 20), reverse("activities:slips", **of)),
        (date(2027, 10, 20), reverse("activities:slip", args=[drafted.pk])),
        (date(2027, 10, 20), reverse("activities:edit-slip", args=[drafted.pk])),
        (date(2027, 10, 20), reverse("activities:slip-preview", args=[drafted.pk])),
        (date(2027, 10, 20), reverse("activities:chasing", **of)),
        (date(2027, 10, 3), reverse("activities:remind", **of) + "?kind=summary"),
        (date(2027, 10, 3), reverse("activities:calendar", **of) + "?look=week&day=2027-10-08"),
    ]

    def remarks() -> list[bool]:
        found = []
        for day, address in october:
            with clock.as_of(day):
                found.append(bool(page_of(browser.get(address)).html.select("[data-provisional='2027']")))
        return found

    assert remarks() == [True] * len(october)
    looked = press(browser, "/working-days/?year=2027", "See the days", text=WHOLE)
    press(browser, page_of(looked), "confirm=yes")
    assert remarks() == [False] * len(october)

"""A deadline with an hour (12时前, 下班前, 24:00), from the text of a notice to reminder, list and calendar."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from activities.models import Assignment, CalendarFeed, Chasing, Demand
from activities.reading import confirm
from activities.reading.propose import propose
from activities.reading.tests.test_readings import NOTICE
from activities.states import Standing
from campaigns.models import Notice
from campaigns.way import approve
from documents.hours import hour_named
from tests.cast import Cast, hand_out_everything, make_cast, said, signed_in, text
from tests.chased import chased
from tests.pages import opened, press
from workflow.models import Notification

WORDS = NOTICE.replace("8月20日前", "8月19日12时前").replace(
    "于10月12日前将活动总结", "于9月12日下班前将先进个人名单报送市质量强市办，于10月12日12时前将活动总结"
)
NOON, EVENING = time(12), time(18)


@pytest.mark.parametrize(
    ("printed", "hour"),
    [
        ("12时", NOON), ("12：00", NOON), ("十二点", NOON), ("中午12点", NOON), ("上午", NOON), ("上午下班", NOON),
        ("下午5点半", time(17, 30)), ("17时30分", time(17, 30)), ("晚8点", time(20)), ("下班", EVENING),
        ("下午下班", EVENING), ("", None), ("24时", None), ("23：59", None), ("0时", None), ("晚上", None),
        ("25时", None),
    ],
)  # fmt: skip
def test_the_hour_behind_a_day(printed: str, hour: time | None) -> None:
    assert hour_named(printed) == hour


@pytest.fixture
def read(db: None, settings: Any) -> tuple[Cast, Notice]:
    """The notice read and confirmed in the middle of August."""
    settings.TODAY = date(2016, 8, 16)
    cast = make_cast()
    made = confirm.confirm(propose(WORDS, host=cast.office, by=cast.staff), by=cast.staff)
    notice = made.notices.get()
    notice.addressees.add(cast.water)
    return cast, notice


def issued(cast: Cast, notice: Notice, **values: str) -> Any:
    """The signer issues it as it is offered, or with these days and hours. Returns: the answer."""
    client, page = signed_in(cast.signer), reverse("activities:issue", args=[notice.pk])
    if notice.state == "draft":
        approve(notice, author=cast.staff, reviewer=cast.signer)
    shown = opened(client, page)
    remarks = {str(each["name"]): "As read" for each in shown.html.select("input[name^=remark-]")}
    answer = press(client, shown, "Issue now", **remarks, **values)
    hand_out_everything()
    return answer


def due(cast: Cast, notice: Notice) -> dict[str, str]:
    """By when the water bureau owes what."""
    rows = Assignment.objects.filter(notice=notice, unit=cast.water, activity=None)
    return {row.kind: f"{localtime(row.due_at):%m-%d %H:%M}" for row in rows}


def test_what_the_text_names_is_offered_owed_reminded_of_listed_and_in_the_calendar(read, settings):
    cast, notice = read
    assert list(Demand.objects.values_list("title", "due_on", "due_hour")) == [
        ("先进个人名单", date(2016, 9, 12), EVENING)
    ]
    issued(cast, notice)
    found = due(cast, notice)
    assert [found[kind] for kind in ("liaison", "other", "summary")] == ["08-19 12:00", "09-12 18:00", "10-12 12:00"]
    assert found["receipt"].endswith("00:00")
    campaign = notice.campaign
    listed = text(signed_in(cast.staff).get(reverse("activities:assignments", args=[campaign.pk]) + "?kind=summary"))
    assert "12 October 12:00" in listed
    Chasing.objects.create(campaign=campaign, is_on=True)
    chased(settings, date(2016, 10, 12))
    told = Notification.objects.get(person=cast.liaison, key="owed-2016-10-12")
    assert ("10月12日 12:00" in told.body, "9月12日 18:00" in told.body) == (True, True)
    _feed, secret = CalendarFeed.make(cast.liaison, None, "en")
    calendar = Client().get(reverse("activities:feed", args=[secret])).content.decode()
    assert ("SUMMARY:Due 12:00: Summary" in calendar, "DTEND:20161012T040000Z" in calendar) == (True, True)


def test_a_minute_before_the_hour_it_is_due_and_a_minute_after_it_is_overdue(read, settings):
    cast, notice = read
    issued(cast, notice)
    stands = []
    for minute in ((11, 59), (12, 1)):
        settings.TODAY = timezone.make_aware(datetime(2016, 10, 12, *minute))
        stands.append(Assignment.objects.get(notice=notice, unit=cast.water, kind="summary").standing)
    assert stands == [Standing.DUE, Standing.OVERDUE]


def test_who_issues_it_changes_the_hours_and_one_that_is_past_is_said_beside_it(read):
    cast, notice = read
    past = issued(cast, notice, liaison="2016-08-16", liaison_hour="00:01")
    assert past.context["form"].errors == {"liaison_hour": ["This hour is past."]}
    assert said(issued(cast, notice, summary_hour="", liaison_hour="17:30"))
    found = due(cast, notice)
    assert (found["summary"], found["liaison"]) == ("10-13 00:00", "08-19 17:30")


def test_the_office_changes_the_hour_of_a_demand(read):
    cast, _notice = read
    row = Demand.objects.get()
    press(signed_in(cast.staff), reverse("activities:demand", args=[row.pk]), due_hour="09:00")
    row.refresh_from_db()
    assert row.due_hour == time(9)
    assert "09:00" in text(signed_in(cast.staff).get(reverse("activities:demands", args=[row.notice_id])))

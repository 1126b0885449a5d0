"""Officer, head, leader: who hears over the working days around the National Day holiday of 2026, and what stops it."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from activities.models import Assignment, Chasing, Ladder, Petition
from activities.states import Kind, PetitionKind
from tests.cast import filed_summary, person, signed_in, text
from tests.chased import chased, switched_on
from workflow import clock
from workflow.models import Notification


@pytest.fixture
def city(autumn):
    """Summaries due on Monday, 28 September 2026; every second working day, head from the 2nd, leader from the 4th."""
    switched_on(autumn, on_day=True, before=0, every=2, head_after=2, leader_after=4)
    Assignment.objects.update(
        due_at=clock.end_of(date(2026, 9, 28)), made_at=timezone.make_aware(datetime(2026, 9, 1, 9))
    )
    person("second_head", (autumn.health, Role.HEAD))
    return autumn


def pass_by(settings, *days):
    """Beat asks at midnight, at nine and in the evening of these days of September (up from 28) and October."""
    for day in days:
        for hour in (0, 9, 20):
            chased(settings, date(2026, 9 if day >= 28 else 10, day), hour)


def told():
    """Day by day who was told."""
    found = {}
    for row in Notification.objects.filter(key__startswith="owed-").order_by("pk"):
        found.setdefault(row.key.removeprefix("owed-2026-"), set()).add(row.person.username)
    return found


def inbox(user):
    return text(signed_in(user).get(reverse("accounts:inbox")))


OFFICERS = {"liaison", "neighbour", "district_liaison"}
HEADS = {"head", "second_head"}


def test_from_the_officer_to_the_head_to_the_leader_over_the_holiday(city, settings):
    pass_by(settings, 28, 29, 30, *range(1, 15))
    assert told() == {
        "09-28": OFFICERS,
        "09-30": OFFICERS | HEADS,
        # 1 to 7 October are free; the 8th is the third working day
        "10-09": OFFICERS | HEADS | {"leader"},
        "10-12": OFFICERS | HEADS | {"leader"},  # Saturday the 10th is worked
        "10-14": OFFICERS | HEADS | {"leader"},
    }
    shown = inbox(city.leader)
    assert shown.count("Units are overdue: Water bureau with 活动总结, due 9月28日 24:00; 3 things in all.") == 3
    message = Notification.objects.filter(person=city.leader).first()
    assert "leader：以下单位逾期未报：Water bureau、Health bureau、District office" in message.body
    assert message.body.count("（Water bureau）") == message.body.count("（District office）") == 1
    listed = signed_in(city.leader).get(reverse("accounts:message", args=[message.pk]), follow=True)
    assert [name in text(listed) for name in ("Water bureau", "Health bureau", "District office")] == [True] * 3


def test_what_is_filed_extended_asked_returned_or_waived_stops_before_the_leader_hears(city, settings):
    third = person("third", (city.office, Role.LEADER))
    pass_by(settings, 28, 29, 30)
    settings.TODAY = timezone.make_aware(datetime(2026, 9, 30, 21))
    filed_summary(city.owed(city.water, Kind.SUMMARY), city.liaison)  # late, but filed
    settings.TODAY = timezone.make_aware(datetime(2026, 10, 3, 12))  # in the holiday
    health = city.owed(city.health, Kind.SUMMARY)
    petition = Petition.objects.create(
        assignment=health, kind=PetitionKind.EXTENSION, reason="Flood", until=date(2026, 10, 16), asked_at=clock.now()
    )
    pass_by(settings, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert told()["10-09"] == {"district_liaison", "leader", "third"}
    assert set(told()) == {"09-28", "09-30", "10-09"}
    for leader in (city.leader, third):
        shown = inbox(leader)
        assert "A unit is overdue: District office with 活动总结, due 9月28日 24:00." in shown
        assert "Water bureau" not in shown and "Health bureau" not in shown
    # what was filed is returned: its officer hears of it, nobody above does
    settings.TODAY = timezone.make_aware(datetime(2026, 10, 9, 15))
    water = city.owed(city.water, Kind.SUMMARY)
    water.send_back(by=city.staff, reason="A figure is missing")
    # the extension is refused: health is overdue as before, its leader hears at the next pass
    petition.move("refused", by=city.staff)
    city.owed(city.district, Kind.SUMMARY).waive(by=city.staff, reason="Counted by the city")
    pass_by(settings, 10, 11, 12)
    assert told()["10-10"] == {"liaison", "neighbour", "second_head", "leader", "third"}
    message = Notification.objects.get(person=city.leader, key="owed-2026-10-10")
    named = [name in message.body for name in ("Health bureau", "Water bureau", "District office")]
    assert named == [True, False, False]


@pytest.mark.parametrize("stop", ["off", "campaign", "at_most", "role"])
def test_nobody_above_hears_once_it_is_stopped(city, settings, stop):
    pass_by(settings, 28, 29, 30)
    if stop == "off":
        Chasing.objects.update(is_on=False)
    elif stop == "campaign":
        type(city.campaign).objects.update(state="closed")
    elif stop == "at_most":
        Ladder.objects.update(at_most=2)
    else:
        city.leader.memberships.update(until=date(2026, 10, 7))
    pass_by(settings, *range(1, 15))
    assert " overdue: " not in inbox(city.leader)
    assert ("10-09" in told()) == (stop == "role")


def test_the_leader_of_another_office_hears_nothing(city, settings):
    other = person("other_leader", (city.district, Role.LEADER))
    pass_by(settings, 28, 29, 30, *range(1, 10))
    assert " overdue: " not in inbox(other)
    assert Notification.objects.filter(person=city.leader, key="owed-2026-10-09").count() == 1

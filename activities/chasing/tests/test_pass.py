"""The pass: who is due and not yet told; one message a person a day; filed, caught up, twice at once, killed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, Role
from activities.chasing import deeds, dispatch, prepare, who
from activities.chasing.tasks import chase
from activities.filing.head_signing import lay_before_head
from activities.models import Assignment, Chasing, Ladder, Letter, Named, Reminder
from activities.states import Kind, LetterState
from reports.models import Summary
from tests.cast import Cast, at_once, filed_summary, issued, person, postgresql
from tests.chased import chased, one_more, switched_on, told
from workflow.models import Notification

TWELFTH = date(2015, 10, 12)  # three working days before the summary is due, on Thursday the 15th


@pytest.fixture
def city(autumn: Cast) -> Cast:
    """The city reminds by rule; all but the summaries is filed."""
    switched_on(autumn)
    return autumn


OFFICERS = ["liaison", "neighbour", "district_liaison"]


def test_each_who_owes_is_asked_once_at_the_hour_and_reads_what_is_owed(city, settings):
    settings.SITE_URL = "https://quality.example.com"
    chased(settings, TWELFTH, 8, 59)
    assert (told(), Reminder.objects.get().letters.count()) == ([], 3)  # to be looked at before it goes
    chased(settings, TWELFTH, 9)
    chased(settings, TWELFTH, 9, 1)
    assert told() == [(each, "10-12") for each in OFFICERS]
    message = Notification.objects.get(person=city.liaison, key="owed-2015-10-12")
    summary = city.owed(city.water, Kind.SUMMARY)
    assert f"https://quality.example.com{summary.get_absolute_url()}" in message.body
    assert ("Water bureau" in message.text, message.url) == (True, summary.get_absolute_url())
    assert Reminder.objects.get().state == "sent"


def test_the_ladder_rings_on_its_days_and_rests_on_days_off(city, settings):
    for day in range(1, 32):
        for hour in (0, 9, 23):
            chased(settings, date(2015, 10, day), hour)
    days = {day for _who, day in told()}
    # 12 and 15; then every second working day; 3 late: the head as well
    assert sorted(days) == ["10-12", "10-15", "10-19", "10-20", "10-21", "10-23", "10-27", "10-29"]
    assert [day for who, day in told() if who == "head"][:2] == ["10-20", "10-21"]


def test_a_missed_day_is_caught_up_the_next_morning_with_one_message(city, settings):
    chased(settings, date(2015, 10, 13), 9, 5)  # the server was down on the 12th
    chased(settings, date(2015, 10, 14), 9, 5)
    assert told() == [(each, "10-13") for each in OFFICERS]


def test_letters_written_and_not_sent_go_the_next_morning_joined_with_what_rings_then(city, settings):
    chased(settings, TWELFTH, 8, 30)  # the server goes down before nine
    chased(settings, date(2015, 10, 15), 9)
    assert told() == [(each, "10-15") for each in OFFICERS]
    assert Letter.objects.filter(state=LetterState.WAITING).count() == 0


def test_who_files_in_the_minute_before_hears_nothing(city, settings):
    chased(settings, TWELFTH, 8, 59)
    filed_summary(city.owed(city.water, Kind.SUMMARY), city.liaison)
    chased(settings, TWELFTH, 9)
    assert told() == [(each, "10-12") for each in OFFICERS[1:]]
    water = Letter.objects.get(person=city.liaison)
    assert (water.state, water.named.count()) == (LetterState.NOTHING, 0)


@pytest.mark.parametrize("stop", ["extension", "waived", "closed", "locked", "campaign", "at_most", "off"])
def test_what_stops_a_reminder(city, settings, stop):
    water = city.owed(city.water, Kind.SUMMARY)
    if stop == "extension":
        water.petitions.create(kind="extension", until=date(2015, 11, 1), reason="Flood", asked_at=timezone.now())
    elif stop == "waived":
        water.waive(by=city.staff, reason="No water")
    elif stop == "closed":
        Assignment.objects.filter(pk=water.pk).update(state="closed")
    elif stop == "locked":
        Assignment.objects.filter(pk=water.pk).update(
            due_at=datetime(2015, 10, 1, tzinfo=timezone.get_current_timezone()),
            locked_at=datetime(2015, 10, 2, tzinfo=timezone.get_current_timezone()),
        )
    elif stop == "campaign":
        type(city.campaign).objects.update(state="closed")
    elif stop == "at_most":
        Ladder.objects.create(campaign=city.campaign, at_most=1)
        chased(settings, TWELFTH)
        Notification.objects.all().delete()
        chased(settings, date(2015, 10, 15))
    elif stop == "off":
        Chasing.objects.update(is_on=False)
    if stop != "at_most":
        chased(settings, TWELFTH)
    assert "liaison" not in [who for who, _day in told()]
    assert bool(told()) == (stop in ("extension", "waived", "closed", "locked"))


def test_three_units_of_one_person_are_one_message_the_worst_first(city, settings):
    for each in (city.health, city.district):
        city.liaison.memberships.create(unit=each, role=Role.LIAISON)
    Assignment.objects.filter(kind=Kind.SUMMARY, unit=city.health).update(
        due_at=timezone.make_aware(datetime(2015, 9, 29))
    )
    Membership.objects.filter(user__in=[city.neighbour, city.district_liaison]).delete()
    chased(settings, date(2015, 10, 15))
    (message,) = Notification.objects.filter(key="owed-2015-10-15", person=city.liaison)
    places = [message.body.index(f"（{name}）") for name in ("Health bureau", "Water bureau", "District office")]
    assert (places == sorted(places), "3" in message.text) == (True, True)
    assert {row.letter.person for row in Named.objects.all()} == {city.liaison}


def test_two_campaigns_are_one_message_and_neither_office_sees_the_others_letter(city, settings):
    other = issued_district(city)
    city.liaison.memberships.create(unit=city.street, role=Role.LIAISON)
    chased(settings, TWELFTH)
    (message,) = Notification.objects.filter(key="owed-2015-10-12", person=city.liaison)
    assert ("Street" in message.body, "Water bureau" in message.body) == (True, True)
    seen = Letter.objects.visible_to(city.district_staff).filter(person=city.liaison)
    assert [letter.reminder.campaign for letter in seen] == [other]


def issued_district(cast: Cast) -> Any:
    below = replace(
        cast,
        campaign=cast.district_campaign,
        notice=cast.district_notice,
        staff=cast.district_staff,
        signer=cast.district_signer,
    )
    issued(below)
    Assignment.objects.filter(campaign=below.campaign).exclude(kind=Kind.SUMMARY).delete()
    Chasing.objects.create(campaign=below.campaign, is_on=True)
    return below.campaign


def test_what_lies_before_the_head_is_asked_of_the_head(city, settings):
    summary = Summary.draft(city.owed(city.water, Kind.SUMMARY))
    summary.save_draft(by=city.liaison, seen=summary.revision)
    lay_before_head(summary, by=city.liaison)
    chased(settings, TWELFTH)
    assert ("head", "10-12") in told() and ("liaison", "10-12") not in told()


def test_beat_started_twice_and_a_clock_that_jumps_tell_nobody_twice(city, settings):
    for day in (12, 13, 12, 11, 12):
        for _beat in range(2):
            chased(settings, date(2015, 10, day))
    assert told() == [(each, "10-12") for each in OFFICERS]


def test_an_account_closed_or_a_role_over_in_the_meantime_hears_nothing(city, settings):
    chased(settings, TWELFTH, 8)
    city.neighbour.memberships.update(until=date(2015, 10, 11))
    type(city.liaison).objects.filter(pk=city.liaison.pk).update(is_active=False)
    chased(settings, TWELFTH, 9)
    assert told() == [("district_liaison", "10-12")]


def test_held_for_the_office_nothing_goes_and_no_second_one_is_made(city, settings):
    Chasing.objects.update(holds=True)
    chased(settings, TWELFTH)
    chased(settings, date(2015, 10, 15))
    assert (Reminder.objects.get().state, told()) == ("held", [])


class Killed(BaseException):
    """A worker that is killed: nothing catches it."""


@pytest.mark.parametrize("at", ["the first letters", "the second letters", "the first messages", "the second messages"])
def test_killed_in_the_middle_it_goes_on_and_everybody_is_told_once(city, settings, monkeypatch, at):
    monkeypatch.setattr(prepare, "BATCH", 1)
    monkeypatch.setattr(dispatch, "BATCH", 1)
    where, name = (prepare, "write") if "letters" in at else (dispatch, "send_to")
    deed, calls = getattr(where, name), [0]

    def until_killed(*arguments: Any) -> Any:
        calls[0] += 1
        done = deed(*arguments)
        if calls[0] == (1 if "first" in at else 2):
            raise Killed
        return done

    monkeypatch.setattr(where, name, until_killed)
    with pytest.raises(Killed):
        chased(settings, TWELFTH)
    chased(settings, TWELFTH, 9, 1)
    assert sorted(told()) == sorted((each, "10-12") for each in OFFICERS)
    assert Letter.objects.filter(state=LetterState.SENT).count() == 3


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_passes_at_once_tell_nobody_twice(settings):
    cast = issued()
    switched_on(cast)
    for n in range(40):
        one_more(cast, f"Bureau {n}", f"officer{n}")
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 12, 9))

    def both(wait: Any) -> None:
        wait()
        chase()

    assert at_once(both, 3) == [None] * 3
    chase()
    people = [who for who, _day in told()]
    assert (len(people), len(set(people))) == (43, 43)
    assert Letter.objects.filter(state=LetterState.SENT).count() == 43


def test_a_pass_asks_as_many_questions_whatever_the_number(city, settings):
    asked = []
    for day, units in ((12, 1), (15, 30)):
        for n in range(units):
            one_more(city, f"Bureau {day} {n}", f"officer{day}{n}")
        with CaptureQueriesContext(connection) as first:
            chased(settings, date(2015, 10, day))
        with CaptureQueriesContext(connection) as second:
            chased(settings, date(2015, 10, day), 9, 1)
        asked.append((len(first), len(second)))
    assert (asked[1][0] <= asked[0][0], asked[1][1]) == (True, 6)
    assert len(told()) == 4 + 34


# --- what changes between the writing of letters and their sending --------------------------------------------


@pytest.mark.parametrize("deed", ["hold", "delete", "off"])
def test_hold_it_in_the_middle_of_a_pass_and_nobody_further_is_told(city, settings, monkeypatch, deed):
    monkeypatch.setattr(dispatch, "BATCH", 1)
    send_to = dispatch.send_to

    def then_stopped(*arguments: Any) -> int:
        sent = send_to(*arguments)
        if deed == "off":
            Chasing.objects.update(is_on=False)
        else:
            getattr(deeds, deed)(Reminder.objects.get(), by=city.staff)
        return sent

    monkeypatch.setattr(dispatch, "send_to", then_stopped)
    chased(settings, TWELFTH)
    assert told() == [("liaison", "10-12")]
    assert Reminder.objects.get().state == {"hold": "held", "delete": "deleted", "off": "waiting"}[deed]


def test_what_came_in_time_and_was_returned_is_its_officers_and_no_head_hears_that_it_is_overdue(city, settings):
    Ladder.objects.create(campaign=city.campaign, leader_after=3)
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 14, 9))
    summary = city.owed(city.water, Kind.SUMMARY)
    filed_summary(summary, city.liaison)
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 19, 9))
    Assignment.objects.get(pk=summary.pk).send_back(by=city.staff, reason="A figure is missing")
    chased(settings, date(2015, 10, 20))
    assert ("liaison", "10-20") in told() and ("head", "10-20") not in told()
    leader = Named.objects.filter(role=Role.LEADER)
    assert leader and not leader.filter(assignment=summary)  # the leader hears of the others


@pytest.mark.parametrize(("until", "people"), [((11, 2), set()), ((10, 24), {"liaison"})])
def test_more_time_given_after_the_letters_were_written_stops_them_and_spares_the_head(city, settings, until, people):
    chased(settings, date(2015, 10, 20), 8, 30)
    assert Letter.objects.filter(person=city.head).exists()
    summary = city.owed(city.water, Kind.SUMMARY)
    summary.extend(timezone.make_aware(datetime(2015, *until)), by=city.staff)
    chased(settings, date(2015, 10, 20))
    assert {who for who, _day in told()} & {"liaison", "head"} == people


def test_two_campaigns_with_hours_of_their_own_are_one_message_at_the_earlier_hour(city, settings):
    other = issued_district(city)
    Chasing.objects.filter(campaign=other).update(send_at="10:30")
    city.liaison.memberships.create(unit=city.street, role=Role.LIAISON)
    person("street", (city.street, Role.LIAISON))
    for hour, minute in ((8, 0), (9, 0), (10, 29)):
        chased(settings, TWELFTH, hour, minute)
    assert ("street", "10-12") not in told()
    chased(settings, TWELFTH, 10, 30)
    (message,) = Notification.objects.filter(key="owed-2015-10-12", person=city.liaison)
    assert ("Street" in message.body, "Water bureau" in message.body) == (True, True)
    assert ("street", "10-12") in told()
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("where", ["letters", "messages"])
def test_a_campaign_that_stumbles_stops_no_other(city, settings, monkeypatch, where):
    issued_district(city)
    city.liaison.memberships.create(unit=city.street, role=Role.LIAISON)
    room, name = (who, "ringing") if where == "letters" else (dispatch, "words_of")
    works = getattr(room, name)

    def stumbles(campaign: Any, *more: Any, **named: Any) -> Any:
        if campaign == city.campaign:
            raise ValueError
        return works(campaign, *more, **named)

    with monkeypatch.context() as broken:
        broken.setattr(room, name, stumbles)
        chased(settings, TWELFTH)
    assert ("liaison", "10-12") in told() and ("neighbour", "10-12") not in told()
    chased(settings, TWELFTH, 9, 1)  # it is tried again
    assert ("neighbour", "10-12") in told()


def test_what_was_let_go_late_is_not_asked_again_the_next_morning(city, settings):
    Chasing.objects.update(holds=True)
    chased(settings, TWELFTH)
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 15, 17, 59))
    deeds.release(Reminder.objects.get(), by=city.staff, people=3)
    dispatch.dispatch()
    Chasing.objects.update(holds=False)
    chased(settings, date(2015, 10, 16))
    assert list(Notification.objects.filter(key__regex="^(owed|reminder)-", person=city.liaison)) != []
    assert told() == []

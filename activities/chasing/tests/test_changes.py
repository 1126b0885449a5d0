"""What changes after the rules have prepared a reminder: the rules themselves, debts, people, and who looks at it."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.chasing import deeds, dispatch, outlook
from activities.chasing.tasks import chase
from activities.models import Chasing, Ladder, Letter, Reminder
from activities.states import Kind, ReminderState
from tests.cast import Cast, at_once, filed_summary, issued, postgresql, said, signed_in, text
from tests.chased import chased, switched_on, told
from tests.pages import opened, press
from workflow.models import Notification

TWELFTH = date(2015, 10, 12)  # three working days before the summaries are due
OFFICERS = ["liaison", "neighbour", "district_liaison"]


@pytest.fixture
def city(autumn: Cast) -> Cast:
    """The city reminds by rule; all but the summaries is filed."""
    switched_on(autumn)
    return autumn


def set_rules(cast, **values):
    """Staff set the rules on their page. Returns: the answer."""
    address = reverse("activities:chasing", args=[cast.campaign.pk])
    return press(signed_in(cast.staff), address, "Set the rules", **values)


def people():
    return [who for who, _day in told()]


# --- the rules change in the morning --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "at_nine", "at_ten"),
    [
        ({"before": "1"}, [], []),  # today nothing rings any more
        ({"send_at": "09:30"}, [], OFFICERS),
        ({"quiet_until": "09:45", "send_at": "09:50"}, [], OFFICERS),
        ({"before": "5"}, OFFICERS, OFFICERS),  # what should have rung before is caught up
    ],
)
def test_rules_changed_in_the_morning_hold_for_what_was_prepared_for_today(city, settings, values, at_nine, at_ten):
    chased(settings, TWELFTH, 8, 30)
    assert Reminder.objects.get().letters.count() == 3
    answer = set_rules(city, **values)
    assert said(answer)[1:] == ["What was ready and not sent yet is prepared anew by them."]
    chased(settings, TWELFTH, 9)
    assert people() == at_nine
    chased(settings, TWELFTH, 10)
    assert people() == at_ten
    assert (Reminder.objects.count(), Chasing.objects.get().looked_on) == (1 if at_ten else 0, TWELFTH)


def test_from_now_on_to_be_held_what_is_ready_for_today_is_held_too(city, settings):
    chased(settings, TWELFTH, 8, 30)
    set_rules(city, holds="on")
    chased(settings, TWELFTH, 9)
    assert (people(), Reminder.objects.get().state) == ([], "held")


def test_switched_off_what_was_ready_is_gone_and_switched_on_again_it_is_what_rings_then(city, settings):
    chased(settings, TWELFTH, 8, 30)
    answer = set_rules(city, is_on=None)
    assert said(answer) == ["The rules are set. They are not switched on.", "What was ready is not sent."]
    assert Reminder.objects.count() == 0
    chased(settings, TWELFTH, 9)
    filed_summary(city.owed(city.water, Kind.SUMMARY), city.liaison)
    set_rules(city, is_on="on")
    chased(settings, TWELFTH, 9, 30)
    assert people() == OFFICERS[1:]


@pytest.mark.parametrize("touch", ["words", "people", "hold", "release"])
def test_what_somebody_changed_held_or_let_go_stays_when_the_rules_change(city, settings, touch):
    chased(settings, TWELFTH, 8, 30)
    row = Reminder.objects.get()
    deeds.hold(row, by=city.staff)
    if touch == "words":
        deeds.reword(row, line="Please", words="")
    elif touch == "people":
        deeds.tick(row, was=[city.liaison.pk], chosen=[], by=city.staff)
    elif touch == "release":
        deeds.release(row, by=city.staff, people=3)
    answer = set_rules(city, before="1")
    assert "A reminder that somebody changed, held or let go stays as it is: see the outbox." in said(answer)
    chased(settings, TWELFTH, 9)
    assert (Reminder.objects.get().pk, bool(Notification.objects.filter(key=f"reminder-{row.pk}"))) == (
        row.pk,
        touch == "release",
    )


def test_words_alone_are_a_touch(city, settings):
    chased(settings, TWELFTH, 8, 30)
    Reminder.objects.update(words="{unit}!")
    set_rules(city, before="1")
    assert Reminder.objects.get().words == "{unit}!"


def test_what_was_sent_today_is_not_sent_again_when_the_rules_change(city, settings):
    chased(settings, TWELFTH)
    answer = set_rules(city, before="4", send_at="09:30")
    assert said(answer) == ["The rules are set. Units are reminded by them."]
    for minute in (1, 30, 31):
        chased(settings, TWELFTH, 9, minute)
    assert people() == OFFICERS


@postgresql
@pytest.mark.django_db(transaction=True)
def test_rules_set_while_the_pass_prepares_leave_one_reminder_by_the_new_ones(settings):
    cast = issued()
    switched_on(cast)
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 12, 8, 30))
    turns = iter(["office", "beat", "beat"])

    def deed(wait):
        who = next(turns)
        page = opened(signed_in(cast.staff), reverse("activities:chasing", args=[cast.campaign.pk]))
        wait()
        if who == "beat":
            chase()
        else:
            press(signed_in(cast.staff), page, "Set the rules", before="1")

    assert at_once(deed, 3) == [None] * 3
    chased(settings, TWELFTH)
    assert (people(), Reminder.objects.count()) == ([], 0)


# --- the number is restated -----------------------------------------------------------------------------------


@pytest.fixture
def held(city, settings):
    """A reminder by rule, held this morning; twice overdue in all: officers and the head of the water bureau."""
    Ladder.objects.create(campaign=city.campaign, leader_after=3)
    chased(settings, date(2015, 10, 20), 8, 30)
    row = Reminder.objects.get()
    deeds.hold(row, by=city.staff)
    assert outlook.numbers(row) == outlook.Numbers(5, 3, 3)
    return row


def is_told_by_hand(cast):
    deeds.make(cast.campaign, by=cast.staff, units=3, hold=False, chosen={"kind": "summary"})


def files(cast):
    filed_summary(cast.owed(cast.water, Kind.SUMMARY), cast.liaison)


def is_given_more_time(cast):
    cast.owed(cast.water, Kind.SUMMARY).extend(timezone.make_aware(datetime(2015, 11, 2)), by=cast.staff)


def is_given_a_little_more_time(cast):
    cast.owed(cast.water, Kind.SUMMARY).extend(timezone.make_aware(datetime(2015, 10, 22)), by=cast.staff)


def loses_the_role(cast):
    cast.neighbour.memberships.update(until=date(2015, 10, 19))


def is_away(cast):
    type(cast.head).objects.filter(pk__in=[cast.head.pk, cast.leader.pk]).update(is_active=False)


def changes_the_unit(cast):
    cast.neighbour.memberships.update(unit=cast.street)


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (is_told_by_hand, 2),
        (files, 3),
        (is_given_more_time, 3),
        (is_given_a_little_more_time, 5),
        (loses_the_role, 4),
        (is_away, 3),
        (changes_the_unit, 4),
    ],
)
def test_the_number_told_is_the_number_that_is_told(city, settings, held, deed, expected):
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 20, 9))
    deed(city)
    page = text(signed_in(city.staff).get(held.get_absolute_url()))
    number = outlook.numbers(held)
    said_people = f"It goes to {number.people} p"
    assert said_people in page
    shown = sum(bool(each.debts) for each in outlook_listed(city, held))
    deeds.release(held, by=city.staff, people=number.people)
    dispatch.dispatch()
    went = Letter.objects.filter(reminder=held).sent()
    named = went.order_by().values_list("named__assignment", "named__assignment__unit").distinct()
    assert (went.count(), len({unit for _debt, unit in named}), len(named)) == (
        number.people,
        number.units,
        number.debts,
    )
    assert (shown, number.people) == (expected, expected)


def outlook_listed(cast, row):
    """The addressees as the page of a reminder lists them."""
    return signed_in(cast.staff).get(row.get_absolute_url()).context["listed"]


def test_people_told_today_are_said_to_be_asked_nothing_more(city, settings, held):
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 20, 9))
    is_told_by_hand(city)
    listed = {each.name: each.debts for each in outlook_listed(city, held)}
    assert listed == {"liaison": 0, "neighbour": 0, "district_liaison": 0, "head": 1, "leader": 3}
    assert text(signed_in(city.staff).get(held.get_absolute_url())).count("nothing more to ask") == 3


# --- held, and nobody looks -----------------------------------------------------------------------------------


def reminded_of_held():
    rows = Notification.objects.filter(key__startswith="held-").order_by("pk")
    return [(row.person.username, row.key[-10:]) for row in rows]


def test_a_held_reminder_is_said_every_working_day_and_not_at_night_until_somebody_looks(city, settings):
    Chasing.objects.update(holds=True)
    for day in (12, 13, 17, 18, 19):  # the 17th and 18th are Saturday and Sunday
        for hour in (0, 7, 8, 9, 18, 23):
            chased(settings, date(2015, 10, day), hour)
    days = [f"2015-10-{day}" for day in (12, 13, 19)]
    assert reminded_of_held() == [(who, day) for day in days for who in ("staff", "signer")]
    message = Notification.objects.filter(person=city.staff, key__startswith="held-").last()
    assert "to 3 people is held until you look at it" in message.text
    shown = text(signed_in(city.staff).get(message.url))
    assert "Held back" in shown
    deeds.delete(Reminder.objects.get(), by=city.staff)
    chased(settings, date(2015, 10, 20), 9)
    assert len(reminded_of_held()) == 8  # of the one that rang since


@pytest.mark.parametrize("by_hand", [False, True])
def test_the_home_page_of_the_office_says_what_is_held(city, settings, by_hand):
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 12, 9))
    if by_hand:
        row = deeds.make(city.campaign, by=city.staff, units=3, hold=True, chosen={"kind": "summary"})
    else:
        Chasing.objects.update(holds=True)
        chased(settings, TWELFTH, 9)
        row = Reminder.objects.get()
    home = signed_in(city.staff).get("/")
    assert "The reminder of 12 October is held until you look at it" in text(home)
    assert f'href="{row.get_absolute_url()}"' in home.content.decode()
    assert ("until then the rules remind nobody" in text(home)) is not by_hand
    assert "is held until you look" not in text(signed_in(city.district_staff).get("/"))
    deeds.release(row, by=city.staff, people=3)
    assert "is held until you look" not in text(signed_in(city.staff).get("/"))


def test_what_the_rules_prepared_is_not_let_go_while_they_are_off(city, settings):
    chased(settings, TWELFTH, 8, 30)
    row = Reminder.objects.get()
    deeds.hold(row, by=city.staff)
    client = signed_in(city.staff)
    page = opened(client, row.get_absolute_url())
    Chasing.objects.update(is_on=False)
    assert "The rules of this campaign are switched off" in said(press(client, page, "Send it"))[0]
    shown = text(client.get(row.get_absolute_url()))
    assert "The rules that prepared it are switched off, so it does not go." in shown
    row.refresh_from_db()
    assert (row.state, people(), reminded_of_held()) == (ReminderState.HELD, [], [])
    Chasing.objects.update(is_on=True)
    press(client, page, "Send it")
    chased(settings, TWELFTH, 9)
    assert Notification.objects.filter(key=f"reminder-{row.pk}").count() == 3

"""Reminders by hand from a filter of the list, the outbox, the rules, the ledger: as office and units see them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role, Unit
from activities.chasing import deeds, ledger
from activities.chasing.tasks import chase
from activities.models import Assignment, Chasing, Ladder, Reminder
from activities.states import Kind, ReminderState
from tests.cast import (
    Cast,
    at_once,
    filed_summary,
    issued,
    log,
    make_cast,
    person,
    postgresql,
    said,
    signed_in,
    text,
    unit,
)
from tests.pages import opened, press
from workflow.models import Notification

MORNING = timezone.make_aware(datetime(2015, 9, 1, 10))


@pytest.fixture
def city(autumn: Cast, settings: Any) -> Cast:
    """The city on Tuesday, 1 September, at ten."""
    settings.TODAY = MORNING
    return autumn


def at(settings: Any, *moment: int) -> None:
    settings.TODAY = timezone.make_aware(datetime(2015, *moment))


def remind(cast: Cast, query: str = "") -> str:
    return reverse("activities:remind", args=[cast.campaign.pk]) + query


def told(prefix: str = "reminder-") -> list[str]:
    """Who was told by hand (or by rule: ``owed-``), in order."""
    rows = Notification.objects.filter(key__startswith=prefix).order_by("pk")
    return list(rows.values_list("person__username", flat=True))


# --- by hand ------------------------------------------------------------------------------------------------


def test_exactly_those_who_have_not_signed_are_reminded_and_once_a_day(city):
    city.owed(city.water, Kind.RECEIPT).submit(by=city.liaison)
    client = signed_in(city.staff)
    receipts = text(client.get(reverse("activities:receipts", args=[city.notice.pk])))
    address = remind(city, f"?kind=receipt&notice={city.notice.pk}")
    assert address in receipts
    page = opened(client, address)
    assert "It goes to 2 people · of 2 units" in text(client.get(address))
    sent = press(client, page, "Send it")
    assert said(sent) == ["2 people were reminded."]
    assert told() == ["neighbour", "district_liaison"]
    assert [line[1:3] for line in log(Reminder.objects.get())] == [("waiting", city.staff), ("sent", None)]
    again = text(client.get(address))
    assert "2 people were reminded of it today and are not told again." in again
    assert press(client, page, "Send it").status_code == 200
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("?kind=summary", ["liaison", "neighbour", "district_liaison"]),
        ("?kind=summary&q=Water", ["liaison"]),
        ("?kind=summary&standing=overdue", []),
        ("?kind=summary&standing=owed", ["liaison", "neighbour", "district_liaison"]),
        ("?kind=summary&standing=filed", []),
        ("?kind=summary&unit={health}", ["neighbour"]),
        ("?kind=nonsense&standing=nonsense&notice=nonsense&kind=summary", ["liaison", "neighbour", "district_liaison"]),
    ],
)
def test_any_filter_of_the_list_is_a_reminder_to_exactly_those_who_owe_among_it(city, query, people):
    client = signed_in(city.staff)
    query = query.format(health=city.health.pk)
    listed = text(client.get(reverse("activities:assignments", args=[city.campaign.pk]) + query))
    page = opened(client, remind(city, query))
    assert remind(city).split("?")[0] in listed or not people
    if people:
        press(client, page, "Send it")
    else:
        assert "nobody is to be reminded" in text(client.get(remind(city, query)))
    assert told() == people


def test_the_message_is_read_as_it_arrives_with_names_filled_in_before_it_goes(city, settings):
    settings.SITE_URL = "https://quality.example.com"
    client = signed_in(city.staff)
    page = opened(client, remind(city, "?kind=summary&q=Water"))
    shown = press(client, page, "Show the message", words="{姓名}: {unit}, {事项} {截止} <b>", line="From the office")
    assert "liaison: Water bureau, Summary" in text(shown) and "<b>" in text(shown)
    assert Reminder.objects.count() == 0
    press(client, page, "Send it", words="{姓名}: {unit} <b>", line="From the office")
    (message,) = Notification.objects.filter(key__startswith="reminder-")
    summary = city.owed(city.water, Kind.SUMMARY)
    assert message.body.startswith("From the office\n\nliaison: Water bureau <b>\n\n1. ")
    assert message.body.endswith(f"https://quality.example.com{summary.get_absolute_url()}")


def test_words_of_a_person_are_not_read_as_places(city):
    Unit.objects.filter(pk=city.water.pk).update(name="Water {name} bureau")
    client = signed_in(city.staff)
    press(client, remind(city, "?kind=summary&q=Water"), "Send it", words="{unit}!")
    assert "Water {name} bureau!" in Notification.objects.get(key__startswith="reminder-").body


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("{单位}, {Datum}", "There is no place {Datum}. Known are: {unit} {name} {items} {due}"),
        ("{单位", "A brace is open or closed alone."),
        ("｛nobody｝", "There is no place {nobody}."),
    ],
)
def test_an_unknown_place_is_refused_beside_the_field_and_what_was_typed_stays(city, words, refusal):
    client = signed_in(city.staff)
    answer = press(client, remind(city, "?kind=summary"), "Send it", words=words, line="Kept")
    assert (answer.status_code, Reminder.objects.count()) == (422, 0)
    assert refusal in text(answer) and words in text(answer) and 'value="Kept"' in text(answer)


def test_a_tick_taken_away_restates_the_number_before_anything_goes(city):
    client = signed_in(city.staff)
    page = opened(client, remind(city, "?kind=summary"))
    two = [str(city.neighbour.pk), str(city.district_liaison.pk)]
    asked = press(client, page, "Send it", person=two)
    assert "The number has changed" in text(asked) and "It goes to 2 people · of 2 units" in text(asked)
    assert told() == []
    again = opened(client, remind(city, "?kind=summary"))
    press(client, again, "Send it", person=two, forged={"number": "2"})
    assert told() == ["neighbour", "district_liaison"]


def test_the_heads_get_it_as_well_where_the_office_says_so(city):
    press(signed_in(city.staff), remind(city, "?kind=summary"), "Show the message")
    page = opened(signed_in(city.staff), remind(city, "?kind=summary"))
    press(signed_in(city.staff), page, "Send it", to_heads="on", forged={"number": "4"})
    assert sorted(told()) == ["district_liaison", "head", "liaison", "neighbour"]


def test_units_nobody_reaches_are_named_with_what_is_missing(city):
    closed, over, silent = (unit(f"{name} bureau") for name in ("Closed", "Over", "Silent"))
    person("closed", (closed, Role.LIAISON), is_active=False)
    person("over", (over, Role.LIAISON))
    Membership.objects.filter(unit=over).update(until=date(2015, 8, 31))
    person("postless", (silent, Role.LIAISON), email="")
    nobody = unit("Empty bureau")
    for where in (closed, over, silent, nobody):
        Assignment.objects.create(
            notice=city.notice, campaign=city.campaign, kind=Kind.SUMMARY, unit=where,
            due_at=city.owed(city.water, Kind.SUMMARY).due_at,
        )  # fmt: skip
    page = signed_in(city.staff).get(remind(city, "?kind=summary"))
    assert [(each.name, each.why) for each in page.context["missing"]] == [
        ("Closed bureau", "inactive"), ("Over bureau", "over"), ("Silent bureau", "mail"), ("Empty bureau", "nobody"),
    ]  # fmt: skip
    shown = text(page)
    assert "It goes to 4 people · of 4 units" in shown and "7 units owe it" in shown
    assert reverse("accounts:unit", args=[nobody.pk]) in shown


@pytest.mark.parametrize(("moment", "goes"), [((10, 3, 10), (10, 8, 9)), ((9, 1, 19, 30), (9, 2, 9))])
def test_by_hand_as_well_nothing_goes_on_a_day_off_or_in_quiet_hours(city, settings, moment, goes):
    at(settings, *moment)
    press(signed_in(city.staff), remind(city, "?kind=summary"), "Send it")
    chase()
    row = Reminder.objects.get()
    assert (row.state, told()) == ("waiting", [])
    assert row.send_from == timezone.make_aware(datetime(2015, *goes))
    settings.TODAY = row.send_from
    chase()
    assert len(told()) == 3


# --- the outbox ---------------------------------------------------------------------------------------------


def held(cast: Cast) -> Reminder:
    press(signed_in(cast.staff), remind(cast, "?kind=summary"), "Hold it")
    return Reminder.objects.get()


def test_what_is_held_is_edited_people_ticked_off_and_added_and_sent(city):
    client, row = signed_in(city.staff), held(city)
    page = opened(client, row.get_absolute_url())
    chosen = [str(city.liaison.pk)]
    saved = press(client, page, "Save", line="Please", words="{name}!", person=chosen, unit="Water bureau")
    assert said(saved) == ["Saved."]
    assert "It goes to 2 people · of 1 unit" in text(saved)  # the liaison officer and the head of the water bureau
    assert told() == []
    sent = press(client, row.get_absolute_url(), "Send it")
    assert said(sent) == ["It is on its way."]
    assert sorted(told()) == ["head", "liaison"]
    assert Notification.objects.get(person=city.head, key=f"reminder-{row.pk}").body.startswith("Please\n\nhead!")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("Nobody", "No unit is called “Nobody”."), ("Street", "Street is asked for nothing by this reminder.")],
)
def test_a_unit_that_cannot_be_added_is_said_beside_the_field(city, typed, refusal):
    answer = press(signed_in(city.staff), held(city).get_absolute_url(), "Save", unit=typed, line="Kept")
    assert (answer.status_code, answer.context["form"].errors["unit"]) == (422, [refusal])
    assert 'value="Kept"' in text(answer)


def test_a_number_that_changed_since_the_page_was_read_is_said_and_nothing_goes(city):
    client, row = signed_in(city.staff), held(city)
    page = opened(client, row.get_absolute_url())
    filed_summary(city.owed(city.water, Kind.SUMMARY), city.liaison)
    assert said(press(client, page, "Send it")) == ["It would reach 2 people now, not 3. Please look again."]
    assert told() == []


def test_what_is_deleted_goes_to_nobody_and_what_was_sent_cannot_be_held(city):
    client, row = signed_in(city.staff), held(city)
    page = opened(client, row.get_absolute_url())
    press(client, page, "Delete it")
    assert Reminder.objects.get().state == ReminderState.DELETED
    assert "Nothing was changed" in said(press(client, page, "Send it"))[0]
    chase()
    assert told() == []


def test_what_was_sent_goes_again_with_a_line_before_it_to_those_who_still_owe(city, settings):
    client = signed_in(city.staff)
    press(client, remind(city, "?kind=summary"), "Send it")
    first = Reminder.objects.get()
    filed_summary(city.owed(city.water, Kind.SUMMARY), city.liaison)
    at(settings, 9, 2, 10)
    again = press(client, first.get_absolute_url(), "Prepare it", line="Once more")
    assert "It goes to 2 people · of 2 units" in text(again)
    press(client, opened(client, Reminder.objects.first().get_absolute_url()), "Send it")
    bodies = Notification.objects.filter(key=f"reminder-{Reminder.objects.first().pk}").values_list("body", flat=True)
    assert [body.split("\n")[0] for body in bodies] == ["Once more"] * 2


def test_a_reminder_by_rule_is_held_before_its_hour_and_released(city, settings):
    Chasing.objects.create(campaign=city.campaign, is_on=True)
    Assignment.objects.exclude(kind=Kind.SUMMARY).delete()
    at(settings, 10, 12, 8, 30)
    chase()
    client, row = signed_in(city.staff), Reminder.objects.get()
    assert "Reminder by rule" in text(client.get(reverse("activities:reminders", args=[city.campaign.pk])))
    press(client, row.get_absolute_url(), "Hold it")
    at(settings, 10, 12, 9)
    chase()
    assert told("owed-") == []
    press(client, row.get_absolute_url(), "Send it")
    chase()
    assert told() == ["liaison", "neighbour", "district_liaison"]  # by itself: somebody let it go


def test_switched_off_what_the_rules_have_prepared_does_not_go(city, settings):
    Chasing.objects.create(campaign=city.campaign, is_on=True)
    Assignment.objects.exclude(kind=Kind.SUMMARY).delete()
    at(settings, 10, 12, 8, 30)
    chase()
    Chasing.objects.update(is_on=False)
    at(settings, 10, 12, 9)
    chase()
    assert (Reminder.objects.get().state, told("owed-")) == ("waiting", [])


def test_many_units_are_a_workers_business_and_who_is_left_out_stays_so(city, monkeypatch):
    monkeypatch.setattr(deeds, "AT_ONCE", 1)
    row = held(city)
    assert "The letters are being written." in text(signed_in(city.staff).get(row.get_absolute_url()))
    chase()
    row.refresh_from_db()
    assert (row.prepared_at is not None, row.letters.waiting().count()) == (True, 3)
    what = {"units": 3, "hold": False, "chosen": {"kind": "plan"}}
    deeds.make(city.campaign, by=city.staff, left_out={city.neighbour.pk}, **what)
    chase()
    assert sorted(told()) == ["district_liaison", "liaison"]


# --- the rules ----------------------------------------------------------------------------------------------


def test_the_rules_are_said_in_words_with_the_days_on_which_they_ring(city, settings):
    client, address = signed_in(city.staff), reverse("activities:chasing", args=[city.campaign.pk])
    shown = text(client.get(address))
    assert "3 working days before, on the day, every 2 working days after it" in shown
    assert "For 15 October 24:00 this rings on: 12 October、15 October、19 October、20 October、21 October" in shown
    answer = press(client, address + "?kind=summary", "Set the rules", before="1", is_on="on", send_at="08:30")
    assert "Units are reminded by them." in said(answer)[0]
    assert "For 15 October 24:00 this rings on: 14 October、15 October" in text(answer)
    assert Ladder.of(city.campaign)[Kind.SUMMARY].before == 1
    assert Ladder.of(city.campaign)[Kind.PLAN].before == 3
    assert log(city.campaign)[-1][3] == "已开启按规则催办"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"send_at": "07:00"}, "This hour lies in the quiet hours"),
        ({"before": "61"}, "60"),
        ({"words": "{nobody}"}, "There is no place {nobody}."),
    ],
)
def test_rules_that_cannot_be_are_refused_beside_the_field(city, values, field):
    address = reverse("activities:chasing", args=[city.campaign.pk])
    answer = press(signed_in(city.staff), address, "Set the rules", **values)
    assert (answer.status_code, field in text(answer), Chasing.objects.count()) == (422, True, 0)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_save_the_rules_first_at_once_are_both_told_they_are_set():
    cast = issued(make_cast())
    address = reverse("activities:chasing", args=[cast.campaign.pk])

    def deed(wait):
        client = signed_in(cast.staff)
        page = opened(client, address)
        wait()
        return press(client, page, "Set the rules").status_code

    assert at_once(deed, 2) == [200, 200]
    assert Chasing.objects.count() == 1


def test_a_day_counted_through_a_year_not_announced_says_so(city):
    Assignment.objects.filter(kind=Kind.SUMMARY).update(due_at=timezone.make_aware(datetime(2041, 10, 16)))
    shown = text(signed_in(city.staff).get(reverse("activities:chasing", args=[city.campaign.pk])))
    assert "Working days of 2041 are provisional" in shown


# --- the ledger ---------------------------------------------------------------------------------------------


def test_the_ledger_says_who_was_told_what_by_whom_and_what_became_of_it(city):
    client = signed_in(city.staff)
    person("postless", (city.health, Role.LIAISON), email="")
    press(client, remind(city, "?kind=summary"), "Send it")
    message = Notification.objects.get(person=city.neighbour, key__startswith="reminder-")
    message.deliveries.create(
        channel="mail", waiting_since=MORNING, given_up_at=MORNING, cause="address", trouble="550 no such user"
    )
    shown = text(client.get(reverse("activities:ledger", args=[city.campaign.pk]) + f"?unit={city.health.pk}"))
    expected = ["Reminder by staff", "neighbour", "Liaison officer", "the address was refused 550 no such user"]
    expected += ["there is no address", "not opened yet"]
    assert [words for words in expected if words not in shown] == []
    assert "Water bureau" not in shown
    listed = text(client.get(reverse("activities:assignments", args=[city.campaign.pk]) + "?kind=summary"))
    assert '1 September</span><div class="quiet small">1 time' in listed


def test_the_ledger_shows_no_address_and_a_unit_only_why_a_mail_did_not_arrive(city):
    press(signed_in(city.staff), remind(city, "?kind=summary"), "Send it")
    own = {"channel": "mail", "waiting_since": MORNING, "trouble": "550 <aftereight@example.test>: no such user"}
    Notification.objects.get(person=city.liaison, key__startswith="reminder-").deliveries.create(
        **own, given_up_at=MORNING, cause="address"
    )
    Notification.objects.get(person=city.neighbour, key__startswith="reminder-").deliveries.create(**own)
    office = text(signed_in(city.staff).get(reverse("activities:ledger", args=[city.campaign.pk])))
    unit = text(signed_in(city.liaison).get(reverse("activities:unit-ledger", args=[city.water.pk])))
    other = text(signed_in(city.neighbour).get(reverse("activities:unit-ledger", args=[city.health.pk])))
    assert ["aftereight" in page for page in (office, unit, other)] == [False] * 3
    assert ["no such user" in page for page in (office, unit, other)] == [True, False, False]
    assert "the address was refused" in unit and office.count("no such user") == 2


def test_a_message_no_channel_could_take_is_not_on_its_way_for_ever(city):
    client, address = signed_in(city.staff), reverse("activities:ledger", args=[city.campaign.pk])
    press(client, remind(city, "?kind=summary"), "Send it")
    assert "on its way" in text(client.get(address))
    Notification.objects.update(handed_on_at=MORNING)
    shown = text(client.get(address))
    assert "there was no address then, or the channel is not in use" in shown and "on its way" not in shown


def test_a_unit_sees_its_own_ledger_and_no_other_offices_debts(city):
    press(signed_in(city.staff), remind(city, "?kind=summary"), "Send it")
    address = reverse("activities:unit-ledger", args=[city.water.pk])
    assert address in text(signed_in(city.head).get(reverse("activities:assignments", args=[city.campaign.pk])))
    assert address in text(signed_in(city.staff).get(reverse("accounts:unit", args=[city.water.pk])))
    own = text(signed_in(city.head).get(address))
    assert ("liaison" in own, "Health bureau" in own) == (True, False)
    assert signed_in(city.neighbour).get(reverse("activities:unit-ledger", args=[city.water.pk])).status_code == 404
    assert list(ledger.letters(city.district_staff)) == []


def test_the_ledger_and_the_outbox_ask_the_same_number_of_questions_whatever_their_length(city):
    asked = []
    for people in (1, 20):
        for n in range(people):
            person(f"officer{people}{n}", (city.water, Role.LIAISON))
        made = deeds.make(city.campaign, by=city.staff, units=3, hold=False, chosen={"kind": "summary"})
        client = signed_in(city.staff)
        for name in ("ledger", "reminders", "chasing"):
            with CaptureQueriesContext(connection) as found:
                client.get(reverse(f"activities:{name}", args=[city.campaign.pk]))
            asked.append((name, len(found)))
        for name, address in (("reminder", made.get_absolute_url()), ("remind", remind(city, "?kind=plan"))):
            with CaptureQueriesContext(connection) as found:
                client.get(address)
            asked.append((name, len(found)))
    assert asked[:5] == asked[5:]

"""Who is reached by a reminder where they are: said as it is, whichever channels the office uses."""

import pytest
from django.urls import reverse

from accounts.models import Role
from activities.models import Assignment
from activities.states import Kind
from tests import returned
from tests.cast import issued, make_cast, person, signed_in, text, unit
from tests.pages import press
from workflow.channels.hook import Hook
from workflow.channels.returns.taking import take_in
from workflow.models import Cause, Delivery, StoppedAddress
from workflow.tasks import deliver

COMES_BACK = "Mail to everybody of it comes back"


@pytest.fixture
def city(db):
    """The cast with its notice issued."""
    cast = make_cast()
    issued(cast)
    return cast


def missing(city):
    page = reverse("activities:remind", args=[city.campaign.pk]) + "?kind=summary"
    shown = signed_in(city.staff).get(page)
    return [(each.name, each.why) for each in shown.context["missing"]], text(shown)


def postless(city, **more):
    """A unit one person of which files, without an address of mail."""
    silent = unit("Silent bureau", **more)
    person("postless", (silent, Role.LIAISON), email="")
    due = city.owed(city.water, Kind.SUMMARY).due_at
    owed = {"campaign": city.campaign, "kind": Kind.SUMMARY, "unit": silent, "due_at": due}
    Assignment.objects.create(notice=city.notice, **owed)


def test_a_unit_to_all_of_whose_people_mail_comes_back_is_named_until_the_address_is_right(city):
    StoppedAddress.stop("LIAISON@example.com", "550 no such user")
    assert missing(city)[0] == []  # the head of the unit is reached
    StoppedAddress.stop("head@example.com", "550 no such user")
    names, shown = missing(city)
    assert (names, COMES_BACK in shown) == ([(city.water.name, "stopped")], True)
    StoppedAddress.objects.lift("Head@example.com")
    assert missing(city)[0] == []


def test_who_has_no_mail_but_a_webhook_that_takes_reminders_is_reached(city, settings):
    postless(city, kept_by=city.office)
    assert missing(city)[0] == [("Silent bureau", "mail")]
    for changed, reached in (
        ({}, True),
        ({"keys": ("question",)}, False),
        ({"keys": ("reminder",), "offices": (city.office.name,)}, True),
        ({"offices": (city.district.name,)}, False),
    ):
        settings.WEBHOOKS = {"sms": Hook("sms", "https://sms.example.com/", "whsec_", **changed)}
        assert (missing(city)[0] == []) is reached


def test_where_the_office_sends_no_mail_at_all_nobody_is_said_to_lack_an_address(city, settings):
    postless(city)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert missing(city)[0] == []


def test_the_ledger_says_of_a_reminder_that_came_back_that_it_did_not_arrive_and_why(city, mailoutbox):
    page = reverse("activities:remind", args=[city.campaign.pk]) + "?kind=summary"
    press(signed_in(city.staff), page, "Send it")
    deliver()
    [sent] = [each for each in mailoutbox if each.to == ["liaison@example.com"] and "1." in each.body]
    address = reverse("activities:ledger", args=[city.campaign.pk]) + f"?unit={city.water.pk}"
    assert "e-mail: delivered" in text(signed_in(city.staff).get(address))
    take_in(returned.by_fields(sent.message(), "5.2.2", "552 mailbox full"))
    shown = text(signed_in(city.staff).get(address))
    assert "not delivered: it came back later 552 mailbox full" in shown and "e-mail: delivered" not in shown
    assert Delivery.objects.given_up().get().cause == Cause.RETURNED

"""The pages of an October, with what stands on them then: looked at wide and narrow, some by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.tests.test_working_days import WHOLE
from activities.models import Assignment, Slip
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import Desk, said
from tests.cast import filed_plan
from workflow.models import Cause, Delivery, Mailbox, Notification

pytestmark = pytest.mark.browser

LATE = date(2015, 9, 14)


@pytest.fixture
def office(desks: Desks, today: Callable[[date], None]) -> Desk:
    """The office at its desk: one plan came, the others are two weeks late."""
    september.issued()
    today(september.PLANNED)
    filed_plan(september.owed("plan")[0], september.person("liaison-futian"))
    today(LATE)
    return desks("staff", form=False)


def address(name: str) -> str:
    """A page of the campaign."""
    return reverse(f"activities:{name}", args=[Assignment.objects.all()[0].campaign_id])


def looked_at(desk: Desk, path: str = "") -> None:
    """The page, or the one that is open, wide and narrow."""
    if path:
        desk.open(path)
    else:
        desk.look()
    desk.look_narrow()


def tab_to(desk: Desk, what: str) -> None:
    """Go on with the keyboard until an element of this kind has the focus."""
    for _key in range(400):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"the keyboard never comes to {what} on {desk.page.url}")


def test_the_calendar_in_all_its_looks(office: Desk) -> None:
    for page in (address("calendar"), reverse("activities:my-calendar")):
        for look in ("month", "week", "list", "timeline", "timeline&by=day"):
            looked_at(office, f"{page}?look={look}&day=2015-09-14")


def test_slips_from_the_proposal_to_the_reply(office: Desk, desks: Desks) -> None:
    looked_at(office, address("propose-slips") + "?days=5&reminders=0")
    office.press("Draft a slip for each one ticked")
    looked_at(office)
    draft = Slip.objects.all()[0]
    for name in ("slip", "edit-slip", "slip-preview"):
        looked_at(office, reverse(f"activities:{name}", args=[draft.pk]))
    signer = desks("signer", form=False)
    signer.open(address("slips"))
    tab_to(signer, "[name=slip]")
    signer.page.keyboard.press("Space")
    tab_to(signer, "#sign button.btn-primary")
    signer.page.keyboard.press("Enter")
    expect(signer.page.locator(".alert-success")).to_be_visible()
    looked_at(signer)
    looked_at(signer, Slip.objects.get(state="issued").get_absolute_url())


def test_many_at_once_by_the_keyboard_shown_before_and_after(office: Desk) -> None:
    office.open(address("assignments") + "?kind=plan")
    for _row in range(2):
        tab_to(office, ".list-of [name=row]")
        office.page.keyboard.press("Space")
    tab_to(office, ".bulk button[value=waive]")
    office.page.keyboard.press("Enter")
    office.page.wait_for_url("**/bulk/")
    looked_at(office)
    office.page.locator("main form [name=reason]").fill("今年不再安排")
    tab_to(office, "button[name=sure]")
    office.page.keyboard.press("Enter")
    office.page.wait_for_url("**/bulk/*/")
    looked_at(office)
    assert Assignment.objects.filter(kind="plan", state="waived").count() == 2


def test_a_table_that_is_handed_in_with_faults_and_a_year_that_is_pasted(office: Desk) -> None:
    office.open(reverse("accounts:units-excel"))
    office.page.locator("main details summary").click()
    office.write(pasted="简称\t全称\t层级\n市某局\t深圳市某局\t不知道\n市发展改革委\t\t市级")
    office.page.locator("main form button.btn-primary").click()
    office.page.wait_for_url("**/imports/*/")
    looked_at(office)
    office.open("/working-days/?year=2027")
    office.write(text=WHOLE)
    office.press("See the days")
    looked_at(office)


def test_what_came_back_and_a_mailbox_that_cannot_be_read(office: Desk) -> None:
    told = Notification.objects.filter(person=september.person("liaison-futian"))[0]
    given_up = {"waiting_since": timezone.now(), "given_up_at": timezone.now(), "delivered_at": None}
    came_back = {"cause": Cause.RETURNED, "trouble": "552 mailbox full", "tries": 1}
    Delivery.objects.update_or_create(notification=told, channel="mail", defaults=given_up | came_back)
    Mailbox.objects.create(place="returns@imap.example.com/INBOX", away_since=timezone.now(), trouble="LOGIN failed")
    looked_at(office, reverse("accounts:undelivered"))
    office.sees(said("it came back later"))


def test_a_question_is_asked_and_answered_in_one_tap(office: Desk, desks: Desks) -> None:
    office.open(address("new-question"))
    office.write(text="国庆期间是否安排质量开放日？", options="是\n否", due_on="2015-09-16", due_hour="12:00")
    office.page.locator("main form button.btn-primary").last.click()
    office.page.wait_for_url("**/questions/*/")
    looked_at(office)
    question = office.page.url.partition("/questions/")[2].strip("/")
    unit = desks("liaison-futian", narrow=True, form=False)
    unit.open(f"/questions/{question}/answer/")
    tab_to(unit, "button[name=choice]")
    unit.page.keyboard.press("Enter")
    expect(unit.page.locator(".theme-line")).to_have_text("是")
    looked_at(office, f"/questions/{question}/")

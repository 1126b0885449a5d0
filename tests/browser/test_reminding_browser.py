"""Units late with their plan, reminded: from the list over the message as it arrives to the ledger, in five clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Assignment, Reminder
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import Desk, said
from workflow.models import Notification

pytestmark = pytest.mark.browser

TWO_DAYS_LATE = datetime(2015, 9, 2, 10)
"""A Wednesday morning; the plans were due on 31 August."""


@pytest.fixture
def late(settings: Any) -> list[int]:
    """The units late with their plan. Returns: their ids."""
    september.issued()
    settings.TODAY = timezone.make_aware(TWO_DAYS_LATE)
    return sorted(set(Assignment.objects.filter(kind="plan").overdue().values_list("unit", flat=True)))


def units_told() -> list[int]:
    """The units whose plans were named in what was sent."""
    rows = Assignment.objects.filter(named__letter__state="sent").values_list("unit", flat=True)
    return sorted(set(rows))


def test_from_the_list_to_the_ledger_in_five_clicks_having_read_the_message(desks: Desks, late: list[int]) -> None:
    desk = desks("staff")
    campaign = Assignment.objects.filter(kind="plan")[0].campaign
    desk.open(reverse("activities:assignments", args=[campaign.pk]))
    clicks: list[Callable[[], None]] = [
        lambda: desk.follow(said("Activity plan"), ".narrow"),
        lambda: desk.follow(said("Overdue"), ".narrow"),
        lambda: desk.follow(said("Remind who owes these…")),
        lambda: desk.press("Send it"),
        lambda: desk.follow(said("Ledger of reminders")),
    ]
    for number, click in enumerate(clicks):
        if number == 3:
            desk.sees(said("The message as it arrives"), "请尽快办理")
        click()
    desk.sees(said("Ledger of reminders"), said("not opened yet"))
    assert units_told() == late
    assert Notification.objects.filter(key=f"reminder-{Reminder.objects.get().pk}").exists()
    desk.open(reverse("activities:chasing", args=[campaign.pk]))
    desk.open(reverse("activities:reminders", args=[campaign.pk]))


def tab_to(desk: Desk, what: str) -> None:
    """Go on with the keyboard until an element of this kind has the focus."""
    for _key in range(200):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"the keyboard never comes to {what} on {desk.page.url}")


def test_on_a_telephone_and_with_the_keyboard_alone(desks: Desks, late: list[int]) -> None:
    desk = desks("staff", narrow=True)
    campaign = Assignment.objects.filter(kind="plan")[0].campaign
    address = reverse("activities:remind", args=[campaign.pk])
    desk.open(reverse("activities:assignments", args=[campaign.pk]) + "?kind=plan&standing=overdue")
    tab_to(desk, f"a[href^='{address}']")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(f"**{address}**")
    desk.look()
    tab_to(desk, "button[value=hold]")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/reminders/*/")
    desk.look()
    tab_to(desk, "form[action$='/send/'] button")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".sheet-of.calm")).to_contain_text(said("Sent"))
    tab_to(desk, f"a[href^='{reverse('activities:ledger', args=[campaign.pk])}']")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/ledger/")
    desk.look()
    assert units_told() == late

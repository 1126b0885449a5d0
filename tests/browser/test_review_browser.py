"""Plans reviewed one after another with the keyboard, and without script by the buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from activities.models import Assignment
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import said
from tests.browser.unit import Today
from tests.cast import filed_plan

pytestmark = pytest.mark.browser


@pytest.fixture
def plans(today: Today) -> list[Assignment]:
    """Four plans that wait, in the order in which they were filed."""
    september.issued()
    today(september.PLANNED)
    found = list(Assignment.objects.filter(kind="plan").select_related("unit", "campaign").order_by("pk")[:4])
    for plan in found:
        filed_plan(plan, plan.unit.memberships.filter(role="liaison")[0].user)
    return found


def states(plans: list[Assignment]) -> list[str]:
    return [Assignment.objects.get(pk=plan.pk).state for plan in plans]


def test_keys_go_on_accept_and_lead_to_the_reason_and_rest_while_somebody_types(
    desks: Desks, plans: list[Assignment]
) -> None:
    desk = desks("staff")
    page, reason = desk.page, desk.page.locator("[data-key=KeyR]")
    at: Callable[[int], None] = lambda which: page.wait_for_url(f"**{plans[which].get_absolute_url()}")  # noqa: E731
    desk.open(plans[0].get_absolute_url())
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press("j")
    at(1)
    page.keyboard.press("ArrowLeft")
    at(0)
    page.keyboard.press("a")
    at(1)
    assert states(plans) == ["accepted", "submitted", "submitted", "submitted"]
    page.keyboard.press("r")
    expect(reason).to_be_focused()
    page.keyboard.type("a j k r")
    expect(reason).to_have_value("a j k r")
    desk.press("Return")
    at(2)
    assert states(plans) == ["accepted", "returned", "submitted", "submitted"]
    page.keyboard.press("Control+a")
    page.keyboard.press("ArrowRight")
    at(3)
    desk.look()


def test_without_script_the_buttons_do_the_same_and_no_keys_are_promised(desks: Desks, plans: list[Assignment]) -> None:
    desk = desks("staff", script=False, narrow=True)
    desk.open(plans[0].get_absolute_url())
    expect(desk.page.locator("[data-keys]")).to_be_hidden()
    desk.press("Accept")
    assert desk.page.url.endswith(plans[1].get_absolute_url())
    desk.follow(said("Skip to the next one"))
    assert desk.page.url.endswith(plans[2].get_absolute_url())
    assert states(plans) == ["accepted", "submitted", "submitted", "submitted"]

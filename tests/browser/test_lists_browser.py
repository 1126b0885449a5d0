"""Receipts, petitions, units and messages as lists: by keyboard alone, on a telephone, without scripts, under axe."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from activities.judging import petitions
from activities.models import Assignment, Petition
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import said
from tests.browser.unit import Today
from tests.september import person

pytestmark = pytest.mark.browser

REASON = "会场停电，改期举行。"


@pytest.fixture
def asked(today: Today) -> list[Petition]:
    """Three units ask for more time for their plans, the first of them longest."""
    september.issued()
    today(september.PLANNED)
    plans = Assignment.objects.filter(kind="plan").select_related("unit", "campaign").order_by("unit__order")[:3]
    officers = [plan.unit.memberships.filter(role="liaison")[0].user for plan in plans]
    return [
        petitions.ask(plan, kind="extension", reason=REASON, by=officer, until=date(2015, 10, 9))
        for plan, officer in zip(plans, officers, strict=True)
    ]


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until something of this kind is in focus."""
    for _step in range(120):
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {selector} within reach of Tab")


def test_two_of_three_are_refused_with_one_reason_by_the_keyboard_alone(desks: Desks, asked: list[Petition]) -> None:
    desk = desks("staff")
    page = desk.page
    desk.open(f"/campaigns/{asked[0].assignment.campaign_id}/petitions/")
    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("[name=row]:checked")).to_have_count(2)
    tab_to(page, "[name=deed][value=refuse]")
    page.keyboard.press("Enter")
    desk.sees(str(asked[0].assignment.unit), REASON)
    tab_to(page, "textarea[name=note]")
    page.keyboard.type("不符合延期条件。")
    tab_to(page, "[name=sure]")
    page.keyboard.press("Enter")
    desk.sees(said("Refused"), "不符合延期条件。")
    assert [Petition.objects.get(pk=row.pk).state for row in asked] == ["refused", "refused", "asked"]
    desk.look()


@pytest.mark.parametrize("script", [True, False])
def test_who_has_not_opened_the_notice_is_reminded_on_a_telephone(desks: Desks, today: Today, script: bool) -> None:
    notice = september.issued().notice
    today(september.PLANNED)
    signed = Assignment.objects.filter(notice=notice, kind="receipt")[0]
    signed.submit(by=signed.unit.memberships.filter(role="liaison")[0].user)
    desk = desks("staff", narrow=True, script=script)
    desk.open(f"/notices/{notice.pk}/receipts/")
    if script:
        desk.page.locator(".narrow > summary").click()
    desk.follow(said("Not opened"), ".narrow")
    desk.follow(said("Remind these…"))
    desk.sees(said("The message as it arrives"))
    expect(desk.page.locator("[name=listed]").first).to_be_attached()


def test_a_unit_is_found_by_its_initials_and_a_filter_is_kept_and_shared(desks: Desks) -> None:
    september.issued()
    desk = desks("staff")
    desk.open("/units/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("龙岗")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[data-list] tbody tr")).to_have_count(1)
    desk.page.locator("details.menu", has_text=said("My filters")).locator("summary").click()
    desk.write(name="龙岗")
    desk.press("Keep")
    shared = desk.page.url
    other = desks("signer")
    other.open("".join(shared.partition("/units/")[1:]))
    expect(other.page.locator("[data-list] tbody tr")).to_have_count(1)


def test_messages_are_marked_as_read_on_a_telephone_without_scripts(desks: Desks, today: Today) -> None:
    september.issued()
    today(september.PLANNED)
    who = person("liaison-futian")
    desk = desks(who.username, narrow=True, script=False, form=False)
    desk.open("/inbox/")
    desk.page.locator("[name=row]").first.check()
    desk.press("Mark as read")
    assert who.notifications.unread().count() == who.notifications.count() - 1

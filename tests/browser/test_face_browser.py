"""The face of the site: the language switch, the pages of each role, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reports.demonstration.load import load
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import said
from tests.browser.unit import Today
from tests.september import person

pytestmark = pytest.mark.browser


def test_the_language_switch_keeps_page_and_person(desks: Desks) -> None:
    demonstration = load()
    desk = desks("staff")
    html, here = desk.page.locator("html"), f"/campaigns/{demonstration.campaign.pk}/activities/?q=福田"
    desk.open(here)
    expect(html).to_have_attribute("lang", "zh-CN")
    desk.sees(said("Activities"))
    where = desk.page.url
    desk.page.get_by_role("button", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    desk.sees("Activities", "Dashboard", "3 activities")
    assert desk.page.url == where
    desk.open("/")
    desk.sees("It is being written.", "方质朴")
    desk.open("/people/9999/", 403)
    desk.page.go_back()
    desk.page.get_by_role("button", name="中文").click()
    expect(html).to_have_attribute("lang", "zh-CN")
    desk.sees(said("It is being written."))


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "390"])
def test_the_pages_of_every_role_fit_their_window_and_stand_in_nobodys_way(
    desks: Desks, today: Today, narrow: bool
) -> None:
    demonstration = september.issued()
    september.short_summaries(demonstration, 1, "活动总结")
    today(september.LATE)
    campaign, notice = demonstration.campaign, demonstration.notice
    own = [f"/campaigns/{campaign.pk}/{page}" for page in ("", "activities/", "assignments/", "briefings/")]
    dashboard, summary = f"/campaigns/{campaign.pk}/dashboard/", september.owed("summary")[0].get_absolute_url()
    about = [f"/notices/{notice.pk}/{page}" for page in ("", "issue/", "receipts/")]
    pages = {
        "staff": ["/", *own, *about, dashboard, summary],
        "leader": [dashboard, "/inbox/"],
        "admin": ["/", "/people/", "/people/new/", f"/people/{person('staff2').pk}/", "/password/"],
        "head-futian": ["/", *own],
        "liaison-dafu": ["/", "/campaigns/", "/inbox/"],
    }
    for username, paths in pages.items():
        desk = desks(username, narrow=narrow, form=False)
        for path in paths:
            desk.open(path)
            expect(desk.page.locator("h1")).to_have_count(1)


def test_a_wrong_password_is_said_and_the_name_is_kept(desks: Desks) -> None:
    load()
    desk = desks("staff")
    desk.page.locator(".menu summary").click()
    desk.press("Sign out", "header")
    desk.write(username="staff", password="not-the-password")
    desk.press("Sign in")
    expect(desk.page.locator(".alert, .invalid-feedback").first).to_be_visible()
    assert desk.value("username") == "staff"

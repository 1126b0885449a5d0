"""Writing a notice in a real browser: pages beside the text, saving by itself, two people at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campaigns import new_notice
from campaigns.models import Campaign, Notice
from reports.demonstration.load import load
from tests.browser.conftest import Desks
from tests.browser.desk import WAIT, Desk
from tests.worker import wait_until

pytestmark = pytest.mark.browser

TEXT = (
    "一、活动主题\n让质量走进生活。\n二、时间安排\n（一）启动。9月1日举行启动仪式。\n（二）总结。10月15日前报送总结。"
)


def a_draft() -> Notice:
    """A new notice of the demonstration's office, with nothing in it but what is filled in."""
    load()
    return new_notice.begin(Campaign.objects.get(), kind="notice")


def kept(notice: Notice) -> str:
    """The text as the server has it."""
    return Notice.objects.get(pk=notice.pk).body


def writes(desk: Desk, text: str) -> None:
    desk.page.locator("textarea[name=body]").fill(text)


def is_saved(desk: Desk) -> None:
    expect(desk.page.locator("[data-draft-state]")).to_contain_text("已保存", timeout=WAIT)


def test_the_pages_follow_the_text_and_what_is_typed_is_saved_by_itself(desks: Desks) -> None:
    notice = a_draft()
    desk = desks("staff", form=False)
    desk.open(f"/notices/{notice.pk}/edit/")
    writes(desk, TEXT)
    expect(desk.page.locator("[data-pages] img")).to_have_count(2, timeout=WAIT)
    expect(desk.page.locator(".outline li")).to_have_count(4, timeout=WAIT)
    is_drawn(desk, 0)
    is_saved(desk)
    assert kept(notice) == TEXT
    writes(desk, TEXT + "\n让每个人都参与质量月活动。" * 90)
    expect(desk.page.locator("[data-pages] img")).to_have_count(6, timeout=WAIT)
    is_saved(desk)


def is_drawn(desk: Desk, number: int) -> None:
    """The picture of a page has come, at its size."""
    desk.page.wait_for_function(
        "number => { const it = document.querySelectorAll('[data-pages] img')[number];"
        " return it && it.complete && it.naturalWidth === 893; }",
        arg=number,
        timeout=WAIT,
    )


def test_a_heading_of_the_outline_leads_to_its_line(desks: Desks) -> None:
    notice = a_draft()
    Notice.objects.filter(pk=notice.pk).update(body=TEXT)
    desk = desks("staff", form=False)
    desk.open(f"/notices/{notice.pk}/edit/")
    desk.page.locator(".outline button").filter(has_text="二、时间安排").click()
    chosen = desk.page.evaluate(
        "() => { const it = document.activeElement; return it.value.slice(it.selectionStart, it.selectionEnd); }"
    )
    assert chosen == "二、时间安排"


def test_a_sign_that_cannot_be_printed_is_named_while_it_is_typed(desks: Desks) -> None:
    notice = a_draft()
    desk = desks("staff", form=False)
    desk.open(f"/notices/{notice.pk}/edit/")
    writes(desk, "一、活动主题\n让质量🦩走进生活。")
    expect(desk.page.locator("[data-pages] .alert")).to_contain_text("让质量🦩走进生活", timeout=WAIT)
    expect(desk.page.locator("[data-pages] img")).to_have_count(1)
    is_saved(desk)


def test_two_people_at_once_lose_nothing(desks: Desks) -> None:
    notice = a_draft()
    Notice.objects.filter(pk=notice.pk).update(body=TEXT)
    first, second = desks("staff", form=False), desks("signer", form=False)
    for desk in (first, second):
        desk.open(f"/notices/{notice.pk}/edit/")
    writes(first, TEXT.replace("让质量走进生活", "让质量走进万家"))
    is_saved(first)
    writes(second, TEXT.replace("10月15日", "10月20日"))
    expect(second.page.locator("[data-stopped-box]")).to_be_visible(timeout=WAIT)
    second.page.locator("[data-stopped-box] button").click()
    expect(second.page.locator(".compared del")).to_contain_text(["万家", "15"], timeout=WAIT)
    both = TEXT.replace("让质量走进生活", "让质量走进万家").replace("10月15日", "10月20日")
    assert second.value("body") == both  # the two changes lie apart: joined, to be read
    second.look()
    second.page.locator("button[name=choice][value=merged]").click()
    expect(second.page.locator("textarea[name=body]")).to_have_value(both, timeout=WAIT)
    expect(second.page.locator("[data-draft-offer]")).to_be_hidden()
    assert kept(notice) == both
    assert [row.saved_by.username for row in notice.versions.all()] == ["staff", "signer"]


def test_what_was_typed_survives_a_lost_session_and_a_closed_window(desks: Desks) -> None:
    notice = a_draft()
    desk = desks("staff", form=False)
    desk.open(f"/notices/{notice.pk}/edit/")
    cookies = desk.page.context.cookies()
    desk.page.context.clear_cookies()
    writes(desk, TEXT)
    expect(desk.page.locator("[data-draft-state]")).to_contain_text("登录", timeout=WAIT)
    desk.page.goto("about:blank")
    desk.page.context.add_cookies(cookies)
    desk.open(f"/notices/{notice.pk}/edit/")
    assert desk.value("body") == TEXT
    assert wait_until(lambda: kept(notice) == TEXT), "by this page, or by the one that closed"


@pytest.mark.parametrize("narrow", [False, True])
def test_without_javascript_it_is_written_too(desks: Desks, narrow: bool) -> None:
    notice = a_draft()
    desk = desks("staff", form=False, script=False, narrow=narrow)
    desk.open(f"/notices/{notice.pk}/edit/")
    writes(desk, TEXT)
    desk.page.locator(".submit-row button").first.click()
    desk.page.wait_for_load_state()
    assert kept(notice) == TEXT
    desk.page.locator(".seen-as a").click()
    expect(desk.page.locator(".pages img")).to_have_count(2)
    desk.look()

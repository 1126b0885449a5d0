"""A leader looks for half a minute: what is overdue longest, what one unit says, and one page to take along."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import said
from tests.browser.unit import Today

pytestmark = pytest.mark.browser


def test_the_longest_overdue_and_the_text_of_a_summary_in_three_clicks_and_one_page_of_paper(
    desks: Desks, today: Today
) -> None:
    demonstration = september.issued()
    september.short_summaries(demonstration, 3, "开展了质量开放日。")
    today(september.BOUND)
    leader = desks("leader")
    rows = leader.page.locator("ol.longest li")
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text(said("never reminded"))
    summaries = leader.page.locator("table.stack").first.locator("tr", has_text="活动总结")
    summaries.get_by_role("link", name="3 /").click()
    leader.look()
    leader.page.locator("main tbody").get_by_role("link", name="活动总结").first.click()
    leader.sees("开展了质量开放日。")
    leader.page.go_back()
    leader.page.go_back()
    paper = leader.page.pdf(format="A4", print_background=True)
    assert len(september.text_of(paper)) == 1
    for way in ("What changed since", "For the meeting room"):
        leader.page.locator("nav.ways").get_by_role("link", name=said(way)).click()
        leader.look()
        leader.page.go_back()

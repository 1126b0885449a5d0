"""What a unit sends of its own accord, from the first page to the page all units read; every page under axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload

from activities.models import Assignment, Case, Progress, PublishedCase
from tests import office_files, september
from tests.browser.conftest import Desks
from tests.browser.desk import said
from tests.browser.unit import Today

pytestmark = pytest.mark.browser

CASE = {
    "title": "一张看得懂的标签",
    "background": "居民看不懂标签。",
    "practice": "组织十场讲解。",
    "effect": "投诉下降三成。",
}
PDF: FilePayload = {"name": "名单.pdf", "mimeType": "application/pdf", "buffer": office_files.PDF}
SVG: FilePayload = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": b"<svg><script>alert(1)</script></svg>"}


def test_a_case_goes_from_the_unit_through_the_office_to_all_units(desks: Desks, today: Today) -> None:
    september.issued()
    today(september.SIGNED)
    unit = desks("liaison-futian", narrow=True, form=False)
    unit.open("/")
    unit.press("Offer a case")
    unit.press("Submit to the office")
    unit.sees(said("Needed before you can submit."))
    unit.page.locator("#faults a").first.click()
    assert unit.page.evaluate("location.hash") == "#id_title"
    unit.write(**CASE)
    unit.press("Submit to the office")
    unit.sees(said("Submitted."), CASE["effect"])
    office = desks("staff", form=False)
    office.open(f"/campaigns/{Case.objects.get().assignment.campaign_id}/cases/")
    office.page.locator("main").get_by_role("button", name=said("Select “%(title)s”", **CASE)).click()
    office.look()
    office.write(practice="组织十二场讲解。")
    office.press("Save the wording")
    office.sees(said("Saved. The author's text stays as it was."))
    office.sees(said("The author's text"), "组织十场讲解。")
    office.press("Publish to all units")
    office.sees(said("Published: every unit can read it and was told once."))
    neighbour = desks("liaison-luohu", narrow=True, form=False)
    neighbour.open("/")
    neighbour.page.locator(".bell").click()
    neighbour.follow(CASE["title"])
    neighbour.sees("组织十二场讲解。", september.UNIT)
    assert PublishedCase.objects.get().published_at is not None


def test_progress_coverage_and_material_are_sent_and_found_again(desks: Desks, today: Today) -> None:
    september.issued()
    today(september.SIGNED)
    desk = desks("liaison-futian", narrow=True, form=False)
    activity = september.owed("plan")[0].activity
    desk.open(activity.get_absolute_url())
    desk.press("Report progress")
    desk.page.locator("[name=stage]").select_option("under_way")
    desk.write(percent="40", narrative="已完成场地布置。", next_step="组织报名。")
    desk.press("Submit to the office")
    desk.sees(said("Submitted."))
    desk.open(activity.get_absolute_url())
    desk.sees("40%", "已完成场地布置。")
    desk.press("Report media coverage")
    desk.write(outlet="深圳特区报", title="质量月走进社区", on="2015-08-20", link="https://news.example.com/1")
    desk.press("Submit to the office")
    desk.sees(said("Submitted."))
    desk.open("/")
    desk.press("Send material")
    desk.page.locator("[name=documents]").set_input_files([SVG])
    desk.press("Submit to the office")
    desk.sees("logo.svg")
    desk.page.locator("[name=documents]").set_input_files([PDF])
    desk.press("Submit to the office")
    desk.sees(said("Submitted."), "名单.pdf")
    desk.open(f"/campaigns/{activity.campaign_id}/filings/")
    desk.sees("质量月走进社区")
    desk.open(f"/campaigns/{activity.campaign_id}/coverage/")
    desk.sees("深圳特区报")
    assert Assignment.objects.filter(volunteered=True, state="submitted").count() == 3
    assert Progress.objects.get().percent == 40

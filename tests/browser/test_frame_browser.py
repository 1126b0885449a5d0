"""The frame of every page: tabs and tables on a telephone, the menu, what paper leaves out, errors that are over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from reports.demonstration.load import load
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import NARROW, said
from tests.browser.unit import Today

pytestmark = pytest.mark.browser
IN_SIGHT = "each => { const box = each.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; }"
SEEN = "all => all.filter(each => each.checkVisibility()).map(each => each.textContent.trim())"


def test_on_a_telephone_the_tab_one_is_on_is_in_sight_and_no_table_is_cut_off(desks: Desks, today: Today) -> None:
    demonstration = september.issued()
    today(september.LATE)
    desk = desks("staff", narrow=True, form=False)
    for page in ("", "activities/", "cases/", "dashboard/", "briefings/"):
        desk.open(f"/campaigns/{demonstration.campaign.pk}/{page}")
        here = desk.page.locator(".tabs [aria-current]")
        expect(here).to_have_count(1)
        assert here.evaluate(IN_SIGHT), page
    desk.open(f"/campaigns/{demonstration.campaign.pk}/dashboard/")
    widths = desk.page.locator("table.stack").evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    assert len(widths) == 2
    assert max(widths) <= NARROW["width"]
    expect(desk.page.locator("table.stack").nth(1)).to_contain_text("福田区")


def test_the_menu_of_the_person_closes_as_menus_do(desks: Desks) -> None:
    load()
    desk = desks("staff", form=False)
    desk.open("/")
    page = desk.page
    menu, summary = page.locator("details.menu"), page.locator("details.menu summary")
    summary.click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    expect(menu).to_have_attribute("open", "")
    page.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def shown(page: Page, selector: str) -> list[str]:
    """What of this is seen."""
    found: list[str] = page.locator(selector).evaluate_all(SEEN)
    return found


def colours(swatches: Locator) -> set[str]:
    """The colours of drawn pieces; a printer leaves backgrounds out, but never what is drawn."""
    return set(swatches.evaluate_all("all => all.map(each => getComputedStyle(each).fill)"))


def test_paper_has_the_legend_and_no_buttons(desks: Desks, today: Today) -> None:
    demonstration = september.issued()
    today(september.LATE)
    desk = desks("staff", form=False)
    for page in ("dashboard/", "assignments/", "tasks/", "cases/", "filings/"):
        desk.open(f"/campaigns/{demonstration.campaign.pk}/{page}")
        desk.page.emulate_media(media="print")
        assert shown(desk.page, "main .btn, main button, .tabs a") == [], page
        desk.page.emulate_media(media="screen")
    desk.open(f"/campaigns/{demonstration.campaign.pk}/dashboard/")
    desk.page.emulate_media(media="print")
    legend, bars = (colours(desk.page.locator(f"{where} rect")) for where in (".legend", "td .bar"))
    assert len(legend) == 6
    assert bars <= legend


def test_an_error_goes_once_its_field_says_something_else(desks: Desks) -> None:
    load()
    desk = desks("admin", form=False)
    desk.open("/people/new/")
    desk.page.locator("[name=username]").fill("two words")
    desk.page.locator("#person button").first.click()
    expect(desk.page.locator("#div_id_username .invalid-feedback")).to_be_visible()
    expect(desk.page.locator("#div_id_name .invalid-feedback")).to_be_visible()
    desk.page.locator("[name=username]").fill("word")
    expect(desk.page.locator("#div_id_username .invalid-feedback, [name=username].is-invalid")).to_have_count(0)
    expect(desk.page.locator("#div_id_name .invalid-feedback")).to_be_visible()


def test_a_page_keeps_its_title_whatever_it_fetches(desks: Desks, today: Today) -> None:
    demonstration = september.issued()
    desk = desks("staff", form=False)
    with desk.page.expect_response("**/petitions/"):
        desk.open(f"/campaigns/{demonstration.campaign.pk}/")
    desk.page.wait_for_load_state("networkidle")
    expect(desk.page).to_have_title(f"{demonstration.campaign} · {said('Quality Month')}")

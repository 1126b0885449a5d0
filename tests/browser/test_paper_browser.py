"""What an office prints of the pages: a month and a week on one sheet, a list as a table, no form on paper."""

from __future__ import annotations

import base64
import re

import pytest
from django.urls import reverse

from activities.models import Assignment
from campaigns.models import Campaign
from tests.browser.conftest import Desks
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def sheets(desk: Desk, path: str) -> int:
    """How many sheets of A4 a page comes to."""
    desk.open(path)
    printed = desk.page.context.new_cdp_session(desk.page).send(
        "Page.printToPDF", {"preferCSSPageSize": True, "paperWidth": 8.27, "paperHeight": 11.69}
    )
    return len(re.findall(rb"/Type /Page\b", base64.b64decode(printed["data"])))


def on_paper(desk: Desk, path: str) -> None:
    """The page as it is laid out on a sheet of A4."""
    desk.open(path)
    desk.page.emulate_media(media="print")
    desk.page.set_viewport_size({"width": 718, "height": 1000})


def test_what_an_office_prints_fits_its_sheets(desks: Desks, plan: object) -> None:
    office, pk = desks("staff", form=False), Campaign.objects.get().pk
    calendar = reverse("activities:calendar", args=[pk])
    looks = [f"{calendar}?look={look}&day=2015-09-14" for look in ("month", "week", "timeline")]
    assert [sheets(office, each) for each in looks] == [1, 1, 1]
    assert sheets(office, "/working-days/?year=2015") == 1
    rows = min(Assignment.objects.count(), 100)
    assert sheets(office, reverse("activities:assignments", args=[pk])) <= 1 + rows // 25, (
        "as cards it is thrice so many"
    )


def test_a_list_is_a_table_on_paper_and_nothing_can_be_pressed(desks: Desks, plan: object) -> None:
    office = desks("staff", form=False)
    on_paper(office, reverse("activities:assignments", args=[Campaign.objects.get().pk]))
    page = office.page
    assert page.locator(".list-of thead").is_visible()
    top = [page.locator(".list-of tbody tr").first.locator("td").nth(n).bounding_box() for n in (1, 2, 3)]
    assert len({each and each["y"] for each in top}) == 1, "cells of one row stand beside each other"
    assert [page.locator(each).first.is_visible() for each in (".narrow", ".listed .find", ".bulk")] == [False] * 3
    on_paper(office, "/working-days/?year=2015")
    assert not page.locator("main textarea").is_visible()

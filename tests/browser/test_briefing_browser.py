"""The office's way from the last accepted summary to the circulated edition, a leader's from a figure to the photo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from activities.evidence.forms.photos import add_photo
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import picture_from
from campaigns.models import Indicator
from reports.models import Briefing, BriefingState, Figure, Summary
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import Desk, said
from tests.browser.test_taps_browser import COUNTER
from tests.browser.unit import Today
from tests.september import person
from tests.worker import Worker
from workflow import clock

pytestmark = [pytest.mark.browser, pytest.mark.worker]
OFFICE, LEADER = 6, 3
FIGURE = 4820


def filed() -> Summary:
    """One unit's summary with a figure and a photo, filed; nothing else is."""
    demonstration = september.issued()
    (summary,) = september.owed("summary")
    by = person("liaison-futian")
    with clock.as_of(september.SIGNED):
        draft = Summary.draft(summary)
        draft.overview, draft.practice, draft.effect = "认真组织。", "开展咨询活动。", "居民满意。"
        draft.save_draft(by=by, seen=0)
        first = Indicator.objects.filter(campaign=demonstration.campaign).order_by("order")[0]
        Figure.objects.create(summary=draft, indicator=first, value=FIGURE)
        data, caption = september.photos()[0]
        add_photo(summary, picture_from(data), by, caption)
        picture_of(summary.photos.get())
        draft.submit(by=by)
    return draft


def clicks(desk: Desk) -> int:
    """How often the mouse was pressed, as the pages counted."""
    return int(desk.page.evaluate("Number(sessionStorage.getItem('taps'))"))


def counted(desk: Desk) -> Desk:
    """Count from here on."""
    desk.page.add_init_script(COUNTER)
    return desk


def test_from_the_last_accepted_summary_to_the_circulated_edition_and_from_a_figure_to_its_photo(
    desks: Desks, today: Today, celery_worker: Worker, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = filed()
    celery_worker.rest()
    today(september.BOUND)
    office = counted(desks("staff", form=False))
    office.open(summary.assignment.get_absolute_url())
    office.press("Accept")
    if said("Briefings") not in office.page.locator("nav.tabs, .tabs").first.inner_text():
        office.page.go_back()
    office.follow(said("Briefings"), "body")
    office.press("Build the briefing")
    expect(office.button("Circulate to all units")).to_be_visible()
    office.press("Circulate to all units")
    office.sees(said("It has been circulated."))
    by_the_office = clicks(office)
    assert Briefing.objects.get().state == BriefingState.CIRCULATED

    leader = counted(desks("leader", form=False))
    leader.open(f"/campaigns/{summary.assignment.campaign_id}/briefings/leaders/")
    leader.sees("4,820")
    leader.follow(said("All figures with their sources"))
    leader.follow(summary.assignment.unit.name)
    by_the_leader = clicks(leader) + 1
    photo = leader.page.locator(".photos a").first
    picture = leader.page.request.get(photo.get_attribute("href") or "")  # a click opens it as it is, without a page
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
    expect(photo).to_be_visible()
    with capsys.disabled():
        print(f"\nThe office: {by_the_office} clicks; a leader: {by_the_leader}.")
    assert (by_the_office <= OFFICE, by_the_leader <= LEADER) == (True, True)

"""The whole September in a real browser: every step as the person whose step it is."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.models import Unit, User
from campaigns.models import Campaign, Notice, NoticePaper
from reports.demonstration import stages
from reports.demonstration.load import Demonstration, load
from reports.models import Briefing
from tests import september
from tests.browser import unit
from tests.browser.conftest import Desks
from tests.browser.desk import Desk, said, said_of
from tests.browser.unit import Today
from tests.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.worker]

OTHERS = ("市发展改革委", "市人居环境委", "市教育局", "市金融办", "罗湖区", "坪山新区", "龙华新区")
"""Of these one never reports, two are late, and one has its summary returned."""


def test_the_whole_september_from_the_notice_to_the_briefing(desks: Desks, today: Today, celery_worker: Worker) -> None:
    demonstration = load()
    today(september.ISSUED)
    staff = desks("staff")
    staff_read_and_cannot_issue(staff, demonstration)
    the_signer_issues(desks("signer"), demonstration)
    the_paper_is_set(staff, demonstration.notice, celery_worker)

    today(september.SIGNED)
    officer, title = desks("liaison-futian"), september.owed("plan")[0].activity.title
    unit.signs_for_receipt(officer)
    unit.registers_officers(officer)
    unit.writes_a_plan(officer, title)
    today(september.RETURNED)
    the_office_returns(staff, title)
    unit.corrects_the_plan(officer)
    the_office_accepts(staff, title)
    the_unit_reads_what_became_of_it(officer, title)

    today(september.LATE)
    unit.reports_late(officer)
    september.the_others_do_their_part(demonstration, OTHERS)
    today(september.BOUND)
    stages.accept_the_rest(demonstration)
    edition = the_office_builds_and_circulates(staff, demonstration.campaign, celery_worker)
    every_unit_opens_it_and_no_other(officer, desks, edition)
    the_leader_reads_one_page(desks("leader"), demonstration.campaign)


def staff_read_and_cannot_issue(staff: Desk, demonstration: Demonstration) -> None:
    """Campaign, theme, slogans, activities, notice; the button to issue is there and says why it is not theirs."""
    campaign, notice = demonstration.campaign, demonstration.notice
    staff.sees(said("It is being written."), notice.title)
    staff.follow(said("Campaigns"), "header")
    staff.follow(campaign.title)
    staff.sees(campaign.theme, "（一）开展质量宣传活动，强化社会质量意识", "（五）加强信息报送")
    expect(staff.page.locator(".slogans li")).to_have_count(10)
    staff.follow(said("Activities"))
    counts = [section.locator(".rows > li").count() for section in staff.page.locator(".sheet-of").all()]
    assert counts == [6, 57]
    staff.follow("开展药品新版GSP实施推广活动")
    staff.sees("福田区")
    staff.open(notice.get_absolute_url())
    staff.sees("深质强办〔2015〕号", said("Draft"))
    staff.cannot_press("Check and issue", said("Only a signer of the office can issue it: %(names)s.", names="何品优"))
    staff.follow(said("See what will happen"))
    staff.cannot_press("Issue now", "何品优")
    staff.follow(said("Back to the notice"))
    staff.press("Send to review")
    staff.sees(said("It is in review now."), said("It waits to be reviewed."))
    staff.cannot_press("Reviewed", said("You sent it in yourself: somebody else of the office reviews it."))


def the_signer_issues(signer: Desk, demonstration: Demonstration) -> None:
    """Who signs has read it; before the deed the signer sees who gets what, until when, and what is doubtful."""
    signer.open("/")
    signer.follow(said("Read and review it"))
    signer.press("Reviewed")
    signer.follow(said("Check and issue"))
    rows = signer.page.locator("form tbody tr")
    assert [row.locator(".number").inner_text() for row in rows.all()] == ["26", "26", "58", "26"]
    assert [row.locator("[type=date]").input_value() for row in rows.all()][-1] == "2015-10-15"
    signer.write(receipt="2015-08-01")
    signer.press("Issue now")
    signer.sees(said("This day is past."))
    signer.write(receipt="2015-08-23")  # a Sunday
    signer.press("Issue now")
    signer.sees(said("Please write why it may pass."))
    signer.page.locator("#remark-all").fill("已与各单位沟通")
    signer.press("Issue now")
    signer.sees(said("The notice is issued."), said("Issued"))
    signer.open(f"/notices/{demonstration.notice.pk}/issue/")
    signer.sees(said("The notice has been issued already."))
    expect(signer.button("Issue now")).to_have_count(0)


def the_paper_is_set(staff: Desk, notice: Notice, worker: Worker) -> None:
    """The page asks until the worker has set it; nobody reloads. Nobody has signed for it yet."""
    notice.refresh_from_db()
    staff.open(notice.get_absolute_url())
    assert worker.wait(lambda: not NoticePaper.objects.get(notice=notice).at_work)
    staff.sees(said("Open the PDF"), "SHA-256")
    pages = september.text_of(staff.file_behind(said("Open the PDF")))
    assert notice.number in pages[0]
    expect(staff.page.locator(".receipts b").first).to_have_text("0")
    expect(staff.page.locator(".receipts b").nth(3)).to_have_text("26")


def the_office_returns(staff: Desk, title: str) -> None:
    """Not without a reason; the reason of a first try is kept."""
    staff.open("/")
    staff.follow(title)
    staff.sees(september.PLAN["place"], september.PLAN["safety"])
    staff.button("Return").click()
    assert staff.page.locator("#reason-return").evaluate("field => field.validity.valueMissing"), (
        "the browser asks for it"
    )
    staff.page.locator("#reason-return").fill(september.REASON)
    here = urlsplit(staff.page.url).path
    staff.press("Return")
    staff.sees(said("Returned with your reason: %(what)s.").partition("%")[0], said("Nothing else waits for review."))
    staff.open(here)
    staff.cannot_press("Accept", said("It was returned; the unit has not filed again yet."))


def the_office_accepts(staff: Desk, title: str) -> None:
    """The second version is accepted."""
    staff.open("/")
    staff.follow(title)
    staff.sees(september.CORRECTION["expected_participants"])
    staff.press("Accept")
    staff.sees(said("Accepted: %(what)s.").partition("%")[0], said("Nothing else waits for review."))


def the_unit_reads_what_became_of_it(officer: Desk, title: str) -> None:
    """The history tells every step; what is accepted cannot be taken back, and the page says why."""
    officer.open("/")
    officer.follow(title)
    steps = [said(state) for state in ("Filed", "To be filed", "Filed", "Returned", "Filed", "Accepted")]
    assert officer.page.locator(".story strong").all_inner_texts() == steps
    officer.cannot_press("Withdraw", said("The office has accepted it. Ask the office to return it if it must change."))


def the_office_builds_and_circulates(staff: Desk, campaign: Campaign, worker: Worker) -> Briefing:
    """Progress moves on the page by itself; then the file; then word to everybody."""
    staff.open(f"/campaigns/{campaign.pk}/briefings/")
    with held_after_two_chapters(staff, worker):
        staff.sees(said("%(done)s of %(total)s chapters are set.", done=2, total=10))
        assert staff.page.locator("progress").get_attribute("max") == "10"
    assert worker.wait(lambda: not Briefing.objects.get().at_work)
    staff.sees(said("Ready"), said("Open the PDF"))
    pages = september.text_of(staff.file_behind(said("Open the PDF")))
    assert len(pages) >= 3 + 9
    assert september.unit().official_name in "".join(pages)
    staff.press("Circulate to all units")
    staff.sees(said_of(53, "Circulated; %(n)s person was told.", "Circulated; %(n)s people were told."))
    staff.cannot_press("Circulate to all units", said("It has been circulated."))
    return Briefing.objects.get()


@contextmanager
def held_after_two_chapters(staff: Desk, worker: Worker) -> Iterator[None]:
    """Press the button and hold the worker still when two chapters are set, so that the page can be read."""
    staff.press("Build the briefing")
    assert worker.wait(lambda: Briefing.objects.filter(done__gte=2).exists())
    os.killpg(worker.process.pid, signal.SIGSTOP)
    try:
        Briefing.objects.update(done=2)  # it may have got further before it stood still
        yield
    finally:
        os.killpg(worker.process.pid, signal.SIGCONT)


def every_unit_opens_it_and_no_other(officer: Desk, desks: Desks, edition: Briefing) -> None:
    """From the message to the file; to a unit of no campaign the page is not there."""
    officer.open("/")
    unit.opens_newest_message(officer)
    assert officer.page.url.endswith(edition.get_absolute_url())
    data = officer.file_behind(said("Open the PDF"))
    another = desks("liaison-luohu")
    another.open(edition.get_absolute_url())
    assert another.file_behind(said("Open the PDF")) == data
    outsider = desks("liaison-dafu")
    for path in (edition.get_absolute_url(), edition.campaign.get_absolute_url()):
        outsider.open(path, 404)
        outsider.sees(said("This page is not there"))
    assert outsider.fetch(f"/briefings/{edition.pk}/briefing.pdf")[0] == 404


def the_leader_reads_one_page(leader: Desk, campaign: Campaign) -> None:
    """The first page a leader sees says what is done, late and missing, by kind and by unit; and has no deeds."""
    assert leader.page.url.endswith(f"/campaigns/{campaign.pk}/dashboard/")
    leader.sees(said("By kind"), said("By unit"), said("overdue, missing"))
    kinds = leader.page.locator("table.stack").first.locator("tbody tr")
    assert [row.locator("td.number").all_inner_texts() for row in kinds.all()] == [
        # filed of all: on time, within the extension, late, to be corrected; then overdue, not due
        ["8 / 26", "8", "0", "0", "0", "18", "0"],
        ["8 / 26", "8", "0", "0", "0", "18", "0"],
        ["1 / 58", "1", "0", "0", "0", "57", "0"],
        ["7 / 26", "3", "0", "3", "1", "19", "0"],
    ]
    units = leader.page.locator("table.stack").nth(1).locator("tbody tr")
    expect(units).to_have_count(26)
    names = {row.locator("a").first.inner_text() for row in units.all()}
    assert names == {each.name for each in Unit.objects.filter(notices__campaign=campaign)}
    ours = units.filter(has_text=september.UNIT)
    assert ours.locator("td + td").all_inner_texts() == ["1/1", "1/1", "1/2", "1/1", "4 / 5", "80%"]
    expect(leader.page.locator("main form[method=post]")).to_have_count(0)
    leader.open(september.owed("summary")[0].get_absolute_url())
    expect(leader.page.locator("main button")).to_have_count(0)
    assert not User.objects.get(username="leader").memberships.exclude(role="leader").exists()

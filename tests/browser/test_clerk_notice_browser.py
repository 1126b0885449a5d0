"""A clerk's own Word file goes from the file to the issued paper: how many clicks, and what is on the paper.

Every touch of a page is counted by the page itself; fields are reached with the keyboard, which is typing. Choosing the
file in the window of the system counts as two: the file, and “open”.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from django.utils import timezone

from accounts.models import Membership, Role, Unit, UnitGroup, User
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign, Indicator, Notice, NoticePaper
from tests import clerk_notice
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, Desk, said
from tests.browser.test_taps_browser import COUNTER
from tests.browser.unit import Today
from tests.september import text_of
from tests.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.worker]

CLERK, SIGNER = 12, 4
FILE_WINDOW = 2


@pytest.fixture
def members(db: None) -> list[Unit]:
    """An office with a clerk and a signer, and the member units its notice speaks of."""
    office = Unit.objects.create(name="市质强办", full_name=clerk_notice.OFFICE, kind="office")
    for name in (Role.STAFF, Role.SIGNER):
        user = User.objects.create_user(str(name), password=PASSWORD, name=str(name))
        Membership.objects.create(user=user, unit=office, role=name)
    units = [Unit.objects.create(name=name, kind="department", kept_by=office) for name in clerk_notice.LEADS]
    UnitGroup.objects.create(owner=office, name="成员单位").units.set(units)
    return units


def clicks(desk: Desk) -> int:
    """Touches of the pages so far, as they counted them."""
    return int(desk.page.evaluate("Number(sessionStorage.getItem('taps'))"))


def goes_to(desk: Desk, field: str) -> None:
    """Reach a field with the keyboard."""
    for _field in range(120):
        if desk.page.evaluate("document.activeElement.name") == field:
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"no {field} is reached with the keyboard")


def hands_in(desk: Desk, path: Path) -> Notice:
    """The clerk: the file, what the reader asks, the campaign, on its way to the signer."""
    desk.page.add_init_script(COUNTER)
    desk.open("/readings/")
    with desk.page.expect_file_chooser() as chooser:
        desk.page.locator("main [name=file]").click()
    chooser.value.set_files(str(path))
    desk.press("Begin reading")
    desk.sees(clerk_notice.TABLE, said("As it was handed in"))
    if desk.button("The rest is right").count():
        desk.press("The rest is right")
    desk.press("Confirm: make the campaign")
    desk.follow(clerk_notice.TITLE)
    desk.press("Send to review")
    return Notice.objects.get()


def signs(desk: Desk) -> None:
    """The signer, on a telephone: reads the pages, reviews, lets the doubtful pass with a remark, issues."""
    desk.page.add_init_script(COUNTER)
    desk.open("/")
    desk.follow(said("Read and review it"))
    desk.page.locator(".sheaf img").nth(3).wait_for()
    desk.press("Reviewed")
    desk.follow(said("Check and issue"))
    desk.page.locator(".sheaf img").nth(3).wait_for()
    for field in desk.page.locator("#findings [name^='remark']").all()[-1:]:
        goes_to(desk, field.get_attribute("name") or "")
        desk.page.keyboard.type("已与各单位沟通")
    desk.press("Issue now")
    desk.sees(said("The notice is issued."))


def tables_of(pdf: bytes) -> list[list[list[str]]]:
    """The tables of each page with a ruled table, cell by cell, without the breaks that setting puts in."""
    with pdfplumber.open(BytesIO(pdf)) as book:
        return [
            [["".join((cell or "").split()) for cell in row] for row in table]
            for page in book.pages
            for table in page.extract_tables()
        ]


def test_a_clerks_word_file_is_issued_in_few_clicks_and_its_paper_holds_every_cell(
    desks: Desks,
    today: Today,
    members: list[Unit],
    celery_worker: Worker,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    today(date(2016, 8, 10))
    path = tmp_path / "质量月通知.docx"
    path.write_bytes(clerk_notice.clerk_notice())
    clerk, signer = desks("staff"), desks("signer", narrow=True)
    notice = hands_in(clerk, path)
    signs(signer)
    pressed = clicks(clerk) + FILE_WINDOW, clicks(signer)
    with capsys.disabled():
        print(f"\nFrom a Word file to the issued paper: {pressed[0]} clicks of the clerk, {pressed[1]} of the signer.")
    assert pressed[0] <= CLERK
    assert pressed[1] <= SIGNER
    assert Campaign.objects.get().activities.count() == len(clerk_notice.ROWS)
    assert celery_worker.wait(lambda: not NoticePaper.objects.get(notice=notice).at_work)
    the_paper_holds_every_cell(NoticePaper.objects.get().file.read())
    everything_is_asked(members)


def the_paper_holds_every_cell(pdf: bytes) -> None:
    """Row by row, in order, the head on every page; the lines beside the tables too."""
    found = tables_of(pdf)
    listed = [row for table in found if table[0] == clerk_notice.HEAD for row in table[1:]]
    assert listed == clerk_notice.ROWS
    assert sum(1 for table in found if table[0] == clerk_notice.HEAD) > 1
    assert clerk_notice.FORM in found
    assert clerk_notice.FIGURES in found
    text = "".join(text_of(pdf))
    everything = {cell for cells in clerk_notice.cells().values() for cell in cells}
    beside = {cell for cell in everything if cell.endswith("：")}
    assert [line for line in (*clerk_notice.cells(), *beside) if line not in text] == []


def everything_is_asked(members: list[Unit]) -> None:
    """What the text demands with a day is asked of the right units by that day."""
    days = {Kind.PLAN: date(2016, 8, 25), Kind.LIAISON: date(2016, 8, 22), Kind.SUMMARY: date(2016, 10, 14)}
    for kind, day in days.items():
        owed = Assignment.objects.filter(kind=kind)
        assert {row.unit for row in owed.select_related("unit")} == set(members), kind
        assert {last_day(row) for row in owed} == {day}, kind
    reports = Assignment.objects.filter(demand__target=2, demand__measure="篇")
    assert {row.unit for row in reports.select_related("unit")} == set(members)
    figures = Indicator.objects.order_by("order").values_list("name", "measure")
    assert list(figures) == [(name, measure) for _group, name, measure, *_blank in clerk_notice.FIGURES[1:]]
    people = Assignment.objects.filter(deliverable__target=50, deliverable__measure="人")
    led = {(row.activity.title, str(row.unit)) for row in people.select_related("activity", "unit") if row.activity}
    assert led == {(name, lead) for _number, name, _what, _day, lead, _assist in clerk_notice.ROWS}


def last_day(row: Assignment) -> date:
    """The day at whose end it is due."""
    return timezone.localtime(row.due_at - timedelta(seconds=1)).date()

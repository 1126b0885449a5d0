"""A plan with three photos, and a summary begun from what was filed, on a telephone: how many taps besides typing.

Every touch of the page is counted by the page itself. What happens in the telephone's own dialogs is counted as on
Android: a calendar takes a day and “set”, the gallery each photo and “done”. Fields are reached with the keyboard's
“next”, which is typing.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from activities.models import Plan
from activities.states import AssignmentState
from campaigns.models import Indicator
from reports.demonstration.pictures import picture
from reports.models import Summary
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import Desk, said
from tests.browser.unit import Today
from tests.cast import filed_plan

pytestmark = pytest.mark.browser

LIMIT = 12
CALENDAR = 2
"""Taps in the telephone's calendar once it is open: the day, and “set”."""
GALLERY_END = 1
COUNTER = """
addEventListener("pointerdown", () => sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1), true);
"""
TYPED = {
    "goal": september.HALF["goal"],
    "content": september.PLAN["content"],
    "place": september.PLAN["place"],
    "expected_participants": "320",
    "budget": "56000",
    "budget_source": "部门经费",
    "safety": september.PLAN["safety"],
}


class Thumb:
    """One thumb on one telephone."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.page, self.in_dialogs = desk, desk.page, 0
        self.page.add_init_script(COUNTER)

    @property
    def on_the_page(self) -> int:
        """Touches of the page itself, as the page counted them."""
        return int(self.page.evaluate("Number(sessionStorage.getItem('taps'))"))

    def types(self, name: str, text: str) -> None:
        """Go to a field with the keyboard's “next”, and type."""
        for _field in range(30):
            if self.page.evaluate("document.activeElement.name") == name:
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.type(text)
        assert self.desk.value(name).endswith(text)

    def picks_day(self, name: str, day: str) -> None:
        """Touch a date field and choose in the calendar."""
        field = self.page.locator(f"main [name='{name}']")
        field.click()
        field.fill(day)
        self.in_dialogs += CALENDAR

    def chooses(self, photos: list[str]) -> None:
        """Touch the field for photos and choose them in the gallery."""
        with self.page.expect_file_chooser() as chooser:
            self.page.locator("[name=photos]").click()
        chooser.value.set_files(photos)
        self.in_dialogs += len(photos) + GALLERY_END


def files_plan(desk: Desk, title: str, photos: list[str]) -> tuple[int, int]:
    """From the home page to the submitted plan. Returns: taps on the page, taps in the telephone's dialogs."""
    thumb = Thumb(desk)
    desk.open("/")
    desk.follow(title)
    desk.page.locator("[name=goal]").click()
    for name in ("goal", "content"):
        if not desk.value(name):
            thumb.types(name, TYPED[name])
    thumb.picks_day("starts_on", "2015-09-10")
    for name in ("place", "expected_participants", "budget", "budget_source", "safety"):
        thumb.types(name, TYPED[name])
    thumb.chooses(photos)
    desk.press("Submit to the office")
    desk.sees(said("Submitted."))
    expect(desk.page.locator(".photos img")).to_have_count(3)
    return thumb.on_the_page, thumb.in_dialogs


def test_a_plan_with_three_photos_takes_fewer_than_twelve_taps(
    desks: Desks, today: Today, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    september.issued()
    today(september.SIGNED)
    photos = []
    for number in range(3):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(picture("classroom", f"第{number}张", number))
        photos.append(str(path))
    plan = september.owed("plan")[0]
    on_the_page, in_dialogs = files_plan(desks("liaison-futian", narrow=True), plan.activity.title, photos)
    with capsys.disabled():
        taps = on_the_page + in_dialogs
        print(
            f"\nA plan with three photos at 390 px: {taps} taps ({on_the_page} on the page, {in_dialogs} in dialogs)."
        )
    plan.refresh_from_db()
    filed = Plan.objects.get()
    assert (plan.state, plan.photos.count()) == (AssignmentState.SUBMITTED, 3)
    assert (str(filed.starts_on), filed.ends_on, filed.person_in_charge) == ("2015-09-10", filed.starts_on, "夏精益")
    assert on_the_page + in_dialogs < LIMIT


SUMMARY_LIMIT = 15
SAID = {"effect": "居民满意度提高，发现的问题已整改。", "suggestions": "建议明年提前一个月安排。"}


def files_summary(desk: Desk) -> int:
    """From the home page to the filed summary: what stands there is read, figures and two sections are typed.

    Returns: taps on the page.
    """
    thumb = Thumb(desk)
    desk.open("/")
    desk.follow(said("Summary"))
    desk.sees(september.PLAN["content"])
    desk.page.locator("[name=effect]").click()
    thumb.types("effect", SAID["effect"])
    for figure in Indicator.objects.order_by("order"):
        thumb.types(f"figure_{figure.pk}", "30余")
    thumb.types("suggestions", SAID["suggestions"])
    for box in desk.page.locator("[name^=read_]").all():
        box.click()
    desk.press("Submit to the office")
    if desk.page.locator("#pointers").count() and desk.page.locator("[name=looked]").count():
        desk.press("Submit to the office")  # what was pointed out was looked at
    desk.sees(said("Submitted."))
    return thumb.on_the_page


def test_a_summary_begun_from_what_was_filed_takes_at_most_fifteen_taps(
    desks: Desks, today: Today, capsys: pytest.CaptureFixture[str]
) -> None:
    september.issued()
    today(september.SIGNED)
    for plan in september.owed("plan"):
        filed_plan(plan, september.person("liaison-futian"), goal="宣传质量知识", content=september.PLAN["content"])
    taps = files_summary(desks("liaison-futian", narrow=True))
    with capsys.disabled():
        print(f"\nA summary begun from what was filed at 390 px: {taps} taps.")
    filed = Summary.objects.get()
    assert filed.assignment.state == AssignmentState.SUBMITTED
    assert [each.text for each in filed.passages if each.key in SAID] == list(SAID.values())
    assert [each.sources for each in filed.passages if each.sources] == []
    assert {figure.about for figure in filed.figures.all()} == {"30余"}
    assert taps <= SUMMARY_LIMIT

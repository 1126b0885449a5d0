"""The September both journey tests tell: who acts, on which day, and what they write."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from typing import Any

import pypdfium2

from accounts.models import Role, Unit, User
from activities.asking import issue
from activities.models import Assignment
from activities.states import Kind
from campaigns.way import approve
from reports.demonstration import stages
from reports.demonstration.load import Demonstration, fixture, load
from reports.demonstration.pictures import picture
from reports.models import Summary
from tests.remember import remembered
from workflow import clock

ISSUED = date(2015, 8, 20)
SIGNED = date(2015, 8, 21)
PLANNED = date(2015, 8, 27)
RETURNED = date(2015, 8, 28)
CORRECTED = date(2015, 8, 31)
LATE = date(2015, 10, 17)
BOUND = date(2015, 10, 22)

UNIT = "福田区"
OFFICER = {
    "name": "夏精益",
    "department": "质量科",
    "position": "科长",
    "phone": "0755-83009901",
    "mobile": "13800009901",
    "email": "xia@example.com",
}
HALF = {"goal": "让辖区企业和居民了解质量、参与质量。"}
PLAN = {
    **HALF,
    "content": "设咨询台、展板和互动问答，组织企业开放日。",
    "schedule": "10日启动，11日咨询，12日总结。",
    "person_in_charge": "夏精益",
    "person_phone": "13800009901",
    "budget_source": "部门经费",
    "starts_on": "2015-09-10",
    "ends_on": "2015-09-12",
    "place": "福田区市民广场",
    "expected_participants": "320",
    "budget": "56000",
    "safety": "安排医护人员驻场，出入口分设。",
}
REASON = "预计参加人数与场地不符，请核实后重报。"
CORRECTION = {"expected_participants": "260"}


def person(username: str) -> User:
    """One of the demonstration's people."""
    return User.objects.get(username=username)


def unit() -> Unit:
    """The unit the journey follows."""
    return Unit.objects.get(name=UNIT)


def owed(kind: str) -> list[Assignment]:
    """What the journey's unit owes of a kind, in the order of the notice."""
    rows = Assignment.objects.filter(unit__name=UNIT, kind=kind).for_list()
    return list(rows.order_by("activity__order"))


def summary_text() -> dict[str, Any]:
    """The summary the journey's unit writes: sections, figures by name, photos."""
    found: dict[str, Any] = next(row for row in fixture("summaries") if row["unit"] == UNIT)
    return found


def photos() -> list[tuple[bytes, str]]:
    """Its photos, each with its caption."""
    return [
        (picture(photo["scene"], photo["text"], seed), photo["caption"])
        for seed, photo in enumerate(summary_text()["photos"])
    ]


def issued() -> Demonstration:
    """The demonstration with its notice issued on its day."""
    return remembered(sent_out)


def sent_out() -> Demonstration:
    demonstration = load()
    with clock.as_of(ISSUED):
        approve(
            demonstration.notice,
            author=stages.office(demonstration),
            reviewer=stages.office(demonstration, Role.SIGNER),
        )
        due = issue.proposed_due(demonstration.notice)
        issue.issue(demonstration.notice, by=stages.office(demonstration, Role.SIGNER), due=due)
    return demonstration


def short_summaries(demonstration: Demonstration, number: int, text: str) -> None:
    """So many units report on time, in few words and without photos; the office accepts it."""
    rows = Assignment.objects.filter(campaign=demonstration.campaign, kind=Kind.SUMMARY)
    for assignment in rows.select_related("unit", "campaign").order_by("unit__order")[:number]:
        words = f"{assignment.unit}{text}"
        draft, officer = Summary.draft(assignment), stages.officer(assignment.unit)
        draft.overview, draft.practice, draft.effect = f"{words}。", f"{words}做法。", f"{words}成效。"
        with clock.as_of(ISSUED):
            draft.save_draft(by=officer, seen=0)
            draft.submit(by=officer)
            assignment.accept(by=stages.office(demonstration))


def the_others_do_their_part(demonstration: Demonstration, units: Iterable[str]) -> None:
    """These units sign, register and report as the demonstration has it, each on its day."""
    rows = {row["unit"]: row for row in fixture("summaries")}
    staff = stages.office(demonstration)
    for name in units:
        mine = Assignment.objects.filter(campaign=demonstration.campaign, unit__name=name).for_list()
        with clock.as_of(SIGNED):
            mine.get(kind=Kind.RECEIPT).submit(by=stages.officer(demonstration.units[name]))
            stages.register(mine.get(kind=Kind.LIAISON))
        if rows[name]["filed"] != "never":
            stages.file_summary(mine.get(kind=Kind.SUMMARY), rows[name], staff)


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, without the spaces that setting puts in."""
    with closing(pypdfium2.PdfDocument(pdf)) as book:
        return ["".join(page.get_textpage().get_text_range().split()) for page in book]

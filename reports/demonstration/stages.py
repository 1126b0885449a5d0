"""The demonstration at any moment of the year: each stage is the deeds of the people, in their order."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Role, Unit, User
from activities.asking import issue
from activities.evidence.forms.photos import add_photo
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import picture_from
from activities.models import Assignment, LiaisonOfficer, LiaisonRegistration, Plan
from activities.printing.tasks import set_paper
from activities.states import AssignmentState, Kind
from campaigns.models import Indicator
from campaigns.way import approve
from reports.briefings import editions
from reports.demonstration.briefing import compose
from reports.demonstration.load import Demonstration, fixture, load
from reports.demonstration.meetings import held, indicators
from reports.demonstration.pictures import picture
from reports.models import Figure, Summary
from reports.tasks import build_briefing
from workflow import clock

ISSUED_ON = date(2015, 8, 20)
UNSIGNED_AT_FIRST = 5
"""Every fifth unit has not signed for the notice some days after it was issued."""
SILENT = {"光明新区", "市前海管理局"}
"""Units that never signed nor registered: the lists of a real office always have some."""
SLOW = {"市水务局", "龙岗区"}
"""Units that registered their liaison officers late."""

DAYS = {
    "draft": ISSUED_ON,
    "issued": date(2015, 8, 24),
    "plans": date(2015, 9, 21),
    "summaries": date(2015, 10, 20),
    "briefing": date(2015, 10, 22),
}
"""The stages in their order, and the day each is seen as of."""


def build(stage: str) -> date:
    """Build the demonstration up to a stage.

    Arguments: one of DAYS. Returns: the day it is to be seen as of.
    """
    with transaction.atomic():
        demonstration = load()
        for name in list(DAYS)[1 : list(DAYS).index(stage) + 1]:
            STEPS[name](demonstration)
    if stage != "draft":
        set_paper(demonstration.notice.paper.pk)
    if stage == "briefing":
        build_and_circulate(demonstration)
    return DAYS[stage]


def office(demonstration: Demonstration, role: str = Role.STAFF) -> User:
    """The first person of the office in a role."""
    return User.objects.speaking_for([demonstration.campaign.host], role).order_by("pk")[0]


def signer_of(unit: Unit) -> User:
    """The person who signs for a unit."""
    return User.objects.speaking_for([unit], Role.SIGNER).order_by("pk")[0]


def officer(unit: Unit) -> User:
    """The liaison officer who files for a unit."""
    return User.objects.speaking_for([unit], Role.LIAISON).order_by("pk")[0]


def owed(demonstration: Demonstration, kind: str) -> list[Assignment]:
    """The assignments of one kind, in the order of the units."""
    rows = Assignment.objects.filter(campaign=demonstration.campaign, kind=kind)
    return list(rows.for_list().order_by("unit__order", "activity__order"))


# --- August: issued, signed for -------------------------------------------------------------------------


def issued(demonstration: Demonstration) -> None:
    """The signer issues; most units sign for it within days."""
    notice = demonstration.notice
    with clock.as_of(ISSUED_ON):
        approve(notice, author=office(demonstration), reviewer=office(demonstration, Role.SIGNER))
        issue.issue(notice, by=office(demonstration, Role.SIGNER), due=issue.proposed_due(notice))
    for place, receipt in enumerate(owed(demonstration, Kind.RECEIPT)):
        if place % UNSIGNED_AT_FIRST and receipt.unit.name not in SILENT:
            with clock.as_of(ISSUED_ON + timedelta(days=1 + place % 3)):
                receipt.submit(by=officer(receipt.unit))


# --- September: liaison officers, plans -----------------------------------------------------------------


def plans(demonstration: Demonstration) -> None:
    """The rest sign, liaison officers are named, plans come in and are judged."""
    for receipt in owed(demonstration, Kind.RECEIPT):
        if receipt.is_owed and receipt.unit.name not in SILENT:
            with clock.as_of(date(2015, 8, 26)):
                receipt.submit(by=officer(receipt.unit))
    for registration in owed(demonstration, Kind.LIAISON):
        if registration.unit.name not in SILENT:
            with clock.as_of(date(2015, 8, 31 if registration.unit.name in SLOW else 25)):
                register(registration)
    texts = {(row["activity"], demonstration.units[row["unit"]].pk): row for row in fixture("plans")}
    for assignment in owed(demonstration, Kind.PLAN):
        row = assignment.activity and texts.get((assignment.activity.order, assignment.unit_id))
        if row and row["filed"] != "never":
            file_plan(assignment, row, office(demonstration))


def register(assignment: Assignment) -> None:
    """The unit's own liaison officer registers with the data of the account."""
    person = officer(assignment.unit)
    draft = LiaisonRegistration.draft(assignment)
    draft.save_draft(by=person, seen=0)
    LiaisonOfficer.objects.create(
        registration=draft,
        name=person.name,
        department=person.department or "办公室",
        position=person.position,
        phone=person.phone,
        mobile=person.mobile,
        email=person.email,
    )
    draft.submit(by=person)


def file_plan(assignment: Assignment, row: dict[str, Any], staff: User) -> None:
    """One plan, filed by its unit and judged by the office."""
    person = officer(assignment.unit)
    plan = Plan.draft(assignment)
    for name in ("goal", "place", "expected_participants", "budget", "safety"):
        setattr(plan, name, row[name])
    plan.starts_on, plan.ends_on = (row[name] and date.fromisoformat(row[name]) for name in ("starts_on", "ends_on"))
    with clock.as_of(date(2015, 9, 6) if row["filed"] == "late" else date(2015, 8, 28)):
        plan.save_draft(by=person, seen=0)
        plan.submit(by=person)
    judge(assignment, row, staff, date(2015, 9, 7))


def judge(assignment: Assignment, row: dict[str, Any], staff: User, on: date) -> None:
    """The office returns what is marked so, and has accepted what two of three units filed."""
    with clock.as_of(on):
        if row["filed"] == "returned":
            assignment.send_back(by=staff, reason=row["reason"])
        elif assignment.unit.order % 3:
            assignment.accept(by=staff)


# --- October: summaries, briefing -----------------------------------------------------------------------


def summaries(demonstration: Demonstration) -> None:
    """Summaries come in with figures and photos, some late, some never; a joint meeting was held, indicators stand."""
    held(demonstration, office(demonstration))
    with clock.as_of(date(2015, 10, 10)):
        indicators(demonstration, office(demonstration))
    texts = {demonstration.units[row["unit"]].pk: row for row in fixture("summaries")}
    for assignment in owed(demonstration, Kind.SUMMARY):
        row = texts[assignment.unit_id]
        if row["filed"] != "never":
            file_summary(assignment, row, office(demonstration))


def file_summary(assignment: Assignment, row: dict[str, Any], staff: User) -> None:
    """One summary with its figures and photos, filed by its unit and judged by the office."""
    person = officer(assignment.unit)
    summary = Summary.draft(assignment)
    for name in Summary.SECTIONS:
        setattr(summary, name, row[name])
    filed_on = date.fromisoformat(row["filed_on"])
    with clock.as_of(filed_on):
        summary.save_draft(by=person, seen=0)
        Figure.objects.bulk_create(
            Figure(summary=summary, indicator=indicator, value=row["figures"][indicator.name])
            for indicator in Indicator.objects.filter(campaign=assignment.campaign)
        )
        for seed, photo in enumerate(row["photos"]):
            drawn = picture(photo["scene"], photo["text"], assignment.unit.order * 10 + seed)
            add_photo(assignment, picture_from(drawn), person, photo["caption"])
        for added in assignment.photos.all():
            picture_of(added)  # a demonstration is complete before a worker runs
        summary.submit(by=person)
    judge(assignment, row, staff, max(filed_on, date(2015, 10, 12)))


def accept_the_rest(demonstration: Demonstration) -> None:
    """The office has read what was still lying there."""
    for assignment in owed(demonstration, Kind.SUMMARY):
        if assignment.state == AssignmentState.SUBMITTED:
            with clock.as_of(date(2015, 10, 21)):
                assignment.accept(by=office(demonstration))


def build_and_circulate(demonstration: Demonstration) -> None:
    """The office composes the briefing, freezes it and circulates it."""
    staff = office(demonstration)
    with clock.as_of(DAYS["briefing"]):
        compose(demonstration, staff)
        edition = editions.build(demonstration.campaign, by=staff)
        build_briefing(edition.pk)
        edition.refresh_from_db()
        editions.circulate(edition, by=staff)


STEPS: dict[str, Callable[[Demonstration], None]] = {
    "issued": issued,
    "plans": plans,
    "summaries": summaries,
    "briefing": accept_the_rest,
}

"""Demands that count: two reports on progress are asked, one came; the last that was missing files the assignment."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop

from activities.models.assignment import Assignment
from activities.states import FILED, OWED, AssignmentState
from workflow import clock
from workflow.site_language import in_site_language


def counted(assignment: Assignment) -> int:
    """How many of what a demand counts the unit has sent."""
    if assignment.demand is None or not assignment.demand.counts:
        return 0
    return sent_of(assignment.campaign_id, assignment.unit_id, assignment.demand.counts).count()


def sent_of(campaign: int, unit: int, kind: str) -> "models.QuerySet[Assignment]":
    """What a unit has sent of its own accord of a kind."""
    return Assignment.objects.filter(campaign=campaign, unit=unit, kind=kind, volunteered=True, state__in=FILED)


def counting(sent: Assignment) -> "models.QuerySet[Assignment]":
    """What the unit owes for which something it sends counts."""
    rows = Assignment.objects.filter(campaign=sent.campaign_id, unit=sent.unit_id, demand__target__gt=0)
    return rows.filter(demand__counts=sent.kind).select_related("demand")


@transaction.atomic
def file_reached(sent: Assignment, *, by: Any) -> None:
    """File what has its number with this; nothing where it is no such sending."""
    if not sent.volunteered:
        return
    number = sent_of(sent.campaign_id, sent.unit_id, sent.kind).count()
    for row in counting(sent).filter(state__in=OWED, demand__target__lte=number):
        if not row.is_locked:
            note = in_site_language(gettext_noop("The target is reached."))
            signed = {"submitted_at": row.submitted_at or clock.now(), "submitted_by": by}
            row.move(AssignmentState.SUBMITTED, by=by, note=note, **signed)


@transaction.atomic
def open_unreached(sent: Assignment, *, by: Any) -> None:
    """What this was counted for is owed again, if it was filed by the number alone and the office has not judged it."""
    if not sent.volunteered:
        return
    number = sent_of(sent.campaign_id, sent.unit_id, sent.kind).count()
    rows = counting(sent).filter(state=AssignmentState.SUBMITTED, demand__target__gt=number)
    for row in rows.filter(material_versions__submitted_at=None):
        note = in_site_language(gettext_noop("A report was taken back."))
        nobody: dict[str, Any] = {"submitted_at": None, "submitted_by": None}
        row.move(AssignmentState.OPEN, by=by, note=note, **nobody)

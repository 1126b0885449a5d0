"""States of an assignment, where each may go, and the groups pages ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentState(models.TextChoices):
    OPEN = "open", _("To be filed")
    SUBMITTED = "submitted", _("Filed")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WAIVED = "waived", _("Not applicable")


ASSIGNMENT_MOVES: dict[str, set[str]] = {
    AssignmentState.OPEN: {AssignmentState.SUBMITTED, AssignmentState.WAIVED},
    AssignmentState.SUBMITTED: {AssignmentState.ACCEPTED, AssignmentState.RETURNED, AssignmentState.OPEN},
    AssignmentState.ACCEPTED: {AssignmentState.RETURNED},
    AssignmentState.RETURNED: {AssignmentState.SUBMITTED, AssignmentState.WAIVED},
    AssignmentState.WAIVED: {AssignmentState.OPEN},
}

FILED = (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED)
OWED = (AssignmentState.OPEN, AssignmentState.RETURNED)


class Standing(models.TextChoices):
    """How an assignment stands against its deadline: computed from dates, never stored."""

    ON_TIME = "on_time", _("On time")
    LATE = "late", _("Filed late")
    OVERDUE = "overdue", _("Overdue")
    RETURNED = "to_correct", _("To be corrected")
    DUE = "due", _("Not due yet")
    WAIVED = "waived", _("Not applicable")


class Kind(models.TextChoices):
    """What a unit can owe."""

    RECEIPT = "receipt", _("Receipt")
    LIAISON = "liaison", _("Liaison officers")
    PLAN = "plan", _("Activity plan")
    SUMMARY = "summary", _("Summary")
    OTHER = "other", _("Other material")


REVIEWED = (Kind.PLAN, Kind.SUMMARY, Kind.OTHER)
"""Kinds the office accepts or returns; the others are done when they are filed."""


class ReadingState(models.TextChoices):
    OPEN = "open", _("Under review")
    CONFIRMED = "confirmed", _("Confirmed")


READING_MOVES: dict[str, set[str]] = {
    ReadingState.OPEN: {ReadingState.CONFIRMED},
    ReadingState.CONFIRMED: {ReadingState.OPEN},
}

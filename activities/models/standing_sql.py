"""How an assignment stands, said to the database: what it keeps of it, and what a moment decides.

``Assignment.standing`` says the same in Python; tests hold both together at any moment.
"""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat, Greatest

from activities.models.listed import BEGUN, OPEN_YET
from activities.states import FILED, REVIEWED, AssignmentState, Standing

TO_REVIEW = Q(state=AssignmentState.SUBMITTED, kind__in=REVIEWED)
"""Filed and waiting for the office."""


def settled() -> Case:
    """How an assignment stands as far as no clock has a say in it: a standing, ``OPEN_YET`` or ``BEGUN``."""
    in_time = Q(submitted_at__lte=F("due_at")) | Q(submitted_at__lte=F("grace_until")) | Q(volunteered=True)
    return Case(
        When(state=AssignmentState.WAIVED, then=Value(Standing.WAIVED.value)),
        When(state=AssignmentState.CLOSED, then=Value(Standing.CLOSED.value)),
        When(in_time, state__in=FILED, then=Value(Standing.ON_TIME.value)),
        When(state__in=FILED, submitted_at__lte=F("extended_until"), then=Value(Standing.EXTENDED.value)),
        When(state__in=FILED, then=Value(Standing.LATE.value)),
        When(state=AssignmentState.RETURNED, then=Value(Standing.RETURNED.value)),
        When(volunteered=True, then=Value(BEGUN)),
        default=Value(OPEN_YET),
        output_field=models.CharField(),
    )


def share() -> Concat:
    """All that is counted by, in one text: kind, state, ``settled`` and whether it is volunteered, parted by colons."""
    volunteered = Case(When(volunteered=True, then=Value("1")), default=Value("0"), output_field=models.CharField())
    colon = Value(":")
    return Concat("kind", colon, "state", colon, settled(), colon, volunteered, output_field=models.CharField())


def last_at() -> Greatest:
    """Until when it is not overdue: deadline, grace or extension, whichever is last."""
    return Greatest("due_at", Coalesce("grace_until", "due_at"), Coalesce("extended_until", "due_at"))


def overdue(now: Any) -> Q:
    """Never filed, and deadline, grace and extension are past."""
    return Q(settled=OPEN_YET, last_at__lt=now)


def standing_case(now: Any) -> Case:
    """The SQL expression of :attr:`Assignment.standing` at a moment."""
    return Case(
        When(overdue(now), then=Value(Standing.OVERDUE)),
        When(settled__in=(OPEN_YET, BEGUN), then=Value(Standing.DUE)),
        default=F("settled"),
        output_field=models.CharField(),
    )

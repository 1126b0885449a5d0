"""A notice that no longer holds asks for nothing any more: what was owed because of it is closed, with the reason."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from activities.models import Assignment, HandOut, Question, Slip, SlipDebt
from activities.states import OWED, AssignmentState, Kind, QuestionState, SlipState
from campaigns.models import Notice
from workflow.models import JobState, Notification
from workflow.telling import notify

ASKED_BESIDE = (Kind.QUESTION, Kind.SLIP, Kind.DECISION)
"""What the office asks beside a notice in force, not by its words: a newer version of it changes nothing in these."""


def key_of_issue(notice: Notice) -> str:
    """What makes the telling of an issue unique for each person."""
    return f"issued-{notice.pk}"


@transaction.atomic
def close_assignments(notice: Notice, *, by: Any, reason: str, acting_for: Any, successor: Notice | None = None) -> int:
    """Close what is owed or waits for the office; what was accepted stays as it is.

    Questions and slips go on under the notice that supersedes it. When it is withdrawn, questions are closed, and what
    was answered to them or to a slip stays. Everybody is told who had any of it, or was told of the notice.

    Arguments: the notice; who withdrew or superseded it, perhaps as a deputy; the reason, which stands in each log; the
    notice that supersedes it, None when it is withdrawn. Returns: how many assignments were closed.
    """
    HandOut.objects.filter(notice=notice, state=JobState.QUEUED).delete()
    hold_slips(notice)
    if successor:
        hand_on(notice, successor)
    else:
        asked = Question.objects.filter(notice=notice)
        Question.move_all(asked, QuestionState.CLOSED, by=by, note=reason, acting_for=acting_for)
        hand_on_slips(notice)
    rows = Assignment.objects.filter(notice=notice, volunteered=False)
    units = list(rows.order_by().values_list("unit", flat=True).distinct())
    answered = Q(kind__in=ASKED_BESIDE) & ~Q(state__in=OWED)
    ending = rows.exclude(answered)
    closed = Assignment.move_all(ending, AssignmentState.CLOSED, by=by, note=reason, acting_for=acting_for)
    # who got a copy, or a bulletin, owes nothing and was told all the same
    told = Notification.objects.filter(key=key_of_issue(notice)).values("person")
    notify(
        User.objects.speaking_for(units, *UNIT_ROLES) | User.objects.filter(pk__in=told, is_active=True),
        gettext_noop("No longer in force: %(title)s. %(reason)s"),
        key=f"closed-{notice.pk}",
        url=notice.get_absolute_url(),
        title=notice.title,
        reason=reason[:150],
    )
    return len(closed)


def hold_slips(notice: Notice) -> None:
    """Whoever signs a slip that names anything of this notice comes before or after, not in between."""
    naming = SlipDebt.objects.filter(assignment__notice=notice).values("slip")
    rows = Slip.objects.filter(Q(notice=notice) | Q(pk__in=naming)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def hand_on(notice: Notice, successor: Notice) -> None:
    """Questions and slips, answered or not, stand under the notice that supersedes this one."""
    for rows in (
        Question.objects.filter(notice=notice),
        Slip.objects.filter(notice=notice),
        Assignment.objects.filter(notice=notice, kind__in=ASKED_BESIDE),
    ):
        rows.update(notice=successor)


def hand_on_slips(notice: Notice) -> None:
    """A slip that names what another notice asks, overdue still, stands under that one: its reply stays owed."""
    overdue = Assignment.objects.filter(campaign=notice.campaign_id).exclude(notice=notice).overdue()
    named = SlipDebt.objects.filter(slip__notice=notice, slip__state=SlipState.ISSUED, assignment__in=overdue)
    worst_last = named.order_by("-assignment__last_at", "-assignment")
    for slip, other in dict(worst_last.values_list("slip", "assignment__notice")).items():
        Slip.objects.filter(pk=slip).update(notice=other)
        Assignment.objects.filter(slip=slip).update(notice=other)

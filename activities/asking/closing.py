"""A notice that no longer holds asks for nothing any more: what was owed because of it is closed, with the reason."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from activities.models import Assignment, HandOut
from activities.states import AssignmentState
from campaigns.models import Notice
from workflow.models import JobState, Notification
from workflow.telling import notify


def key_of_issue(notice: Notice) -> str:
    """What makes the telling of an issue unique for each person."""
    return f"issued-{notice.pk}"


@transaction.atomic
def close_assignments(notice: Notice, *, by: Any, reason: str, acting_for: Any) -> int:
    """Close what is owed or waits for the office; what was accepted stays as it is.

    Everybody is told who had any of it, or was told of the notice.

    Arguments: the notice; who withdrew or superseded it, perhaps as a deputy; the reason, which stands in each log.
    Returns: how many assignments were closed.
    """
    HandOut.objects.filter(notice=notice, state=JobState.QUEUED).delete()
    rows = Assignment.objects.filter(notice=notice, volunteered=False)
    units = list(rows.order_by().values_list("unit", flat=True).distinct())
    closed = Assignment.move_all(rows, AssignmentState.CLOSED, by=by, note=reason, acting_for=acting_for)
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

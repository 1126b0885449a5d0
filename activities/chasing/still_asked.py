"""What a reminder that is written would ask for if it went now, in SQL: so its number is told before it goes.

``dispatch.still_owed`` decides the same, letter by letter, in the moment of sending; a test holds both together.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Role
from accounts.models.memberships import UNIT_ROLES
from activities.chasing import dispatch, who
from activities.models import Assignment, Named, Reminder
from activities.models.standing_sql import overdue
from activities.states import LetterState, ReminderState
from workflow import clock


def still_asked(reminder: Reminder) -> "QuerySet[Named]":
    """What its letters name and would still ask for: owed, the person's business, not told today, asked by the rules.

    Arguments: a reminder that has not been sent. Returns: rows of letters of any state.
    """
    owed = who.owing(Assignment.objects.filter(campaign=reminder.campaign))
    rows = Named.objects.filter(is_business(reminder), letter__reminder=reminder, assignment__in=owed).order_by()
    if reminder.again_of_id is None:
        rows = rows.exclude(told_today())
    if reminder.by is None:
        rows = rows.exclude(not_overdue_above(reminder)).exclude(assignment__in=quiet(reminder))
    return rows


def is_business(reminder: Reminder) -> Q:
    """Whether the person files for the unit still, or leads the office."""
    held = Membership.objects.held_now().filter(user=OuterRef("letter__person"), user__is_active=True)
    files = Exists(held.filter(unit=OuterRef("assignment__unit"), role__in=UNIT_ROLES))
    leads = Exists(held.filter(unit=reminder.campaign.host_id, role=Role.LEADER))
    return (Q(role=Role.LEADER) & Q(leads)) | (~Q(role=Role.LEADER) & Q(files))


def told_today() -> Q:
    """Whether the person was reminded of the same today."""
    today = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    same = Named.objects.filter(assignment=OuterRef("assignment"), letter__person=OuterRef("letter__person"))
    return Q(Exists(same.filter(letter__state=LetterState.SENT, letter__sent_at__gte=today)))


def not_overdue_above(reminder: Reminder) -> Q:
    """What those above would hear is overdue while it is not: the head where the liaison officer is asked as well."""
    late = Q(Exists(Assignment.objects.filter(overdue(clock.now()), pk=OuterRef("assignment"))))
    above = Q(role=Role.LEADER)
    goes_by_itself = reminder.state == ReminderState.HELD or dispatch.released([reminder.pk])
    if not goes_by_itself:  # else somebody of the office lets it go, perhaps to heads that were added
        officer = Named.objects.filter(letter__reminder=reminder, assignment=OuterRef("assignment"), role=Role.LIAISON)
        above |= Q(role=Role.HEAD) & Q(Exists(officer))
    return above & ~late


def quiet(reminder: Reminder) -> set[int]:
    """What more time was given for since, so that no rung calls for it."""
    named = Named.objects.filter(letter__reminder=reminder).values("assignment")
    rows = Assignment.objects.filter(pk__in=named, extended_until__isnull=False, last_at__gt=clock.now())
    debts = {row.pk: row for row in rows.order_by().listed()}
    return who.quiet_by_extension(reminder, dispatch.rules_of(reminder.campaign), debts) if debts else set()

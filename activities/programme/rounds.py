"""The rounds of a series: written before the notice is issued; afterwards invitations go out one by one."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.asking.demands import insist_addressed
from activities.models import Activity, Appearance, Assignment, Round
from activities.programme.task_table import move_deadline, notice_of, why_not_write
from activities.states import OWED, AssignmentState, Kind
from campaigns.models import Notice
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language
from workflow.telling import notify


@transaction.atomic
def write(
    activity: Activity, values: Mapping[str, Any], units: Collection[Unit], *, by: Any, row: Round | None = None
) -> Round:
    """Write one round and whom it invites.

    Once the notice is issued, a unit that is added owes its material and is told; one that is taken out is no longer
    asked and is told; another day moves the deadline of those who still owe theirs.

    Arguments: the task, the fields, the units, who acts, the round that is corrected. Returns: the round.
    Raises: MoveRefused when the table is under review, or a unit does not get the notice.
    """
    if why := why_not_write(activity.campaign):
        raise MoveRefused(why)
    if row is None:
        row = Round(activity=activity, order=(activity.rounds.aggregate(last=Max("order"))["last"] or 0) + 1)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    notice = notice_of(activity.campaign)
    issued = notice if notice is not None and notice.is_sent else None
    if issued:
        insist_addressed(issued, units)
    let_go(row, units, by=by)
    invite(row, units, issued)
    owed = Assignment.objects.filter(appearance__round=row, state__in=OWED)
    day = row.prepare_by or row.on
    move_deadline(owed.exclude(due_at=clock.end_of(day)), day, by=by, what=str(row), url=activity.get_absolute_url())
    return row


def let_go(row: Round, units: Collection[Unit], *, by: Any) -> None:
    """Units that are invited no more: what they owe is no longer asked; what they filed stays."""
    for appearance in row.appearances.exclude(unit__in=units):
        owed = appearance.assignments.first()
        if owed is None:
            appearance.delete()
        elif owed.state in (*OWED, AssignmentState.SUBMITTED):
            note = in_site_language(gettext_noop("No longer invited to this round."))
            owed.move(AssignmentState.CLOSED, by=by, note=note, roles=OFFICE_ROLES)
            tell([owed.unit_id], gettext_noop("No longer invited: %(what)s."), owed, "no-longer")


def invite(row: Round, units: Collection[Unit], notice: Notice | None) -> None:
    """Units that are new to the round; once the notice is issued they owe their material and are told."""
    known = {each.unit_id: each for each in row.appearances.prefetch_related("assignments")}
    for unit in units:
        if unit.pk not in known:
            appearance = Appearance.objects.create(round=row, unit=unit)
            if notice is not None:
                owed = owe(appearance, notice)
                tell([unit.pk], gettext_noop("You are invited: %(what)s."), owed, "invited")
        elif any(each.state == AssignmentState.CLOSED for each in known[unit.pk].assignments.all()):
            told = _("%(unit)s was taken out of this round. Please make a new round for it.")
            raise MoveRefused(told % {"unit": unit})


def owe(appearance: Appearance, notice: Notice) -> Assignment:
    """The material a unit owes for its round."""
    row = appearance.round
    return Assignment.objects.create(
        notice=notice,
        campaign_id=notice.campaign_id,
        unit=appearance.unit,
        kind=Kind.ROUND,
        activity=row.activity,
        appearance=appearance,
        due_at=clock.end_of(row.prepare_by or row.on),
    )


def tell(units: Collection[int], message: str, owed: Assignment, key: str) -> None:
    """One message to each person who files for these units."""
    people = User.objects.speaking_for(units, *UNIT_ROLES)
    notify(people, message, key=f"{key}-{owed.pk}", url=owed.get_absolute_url(), what=str(owed.about))


@transaction.atomic
def strike(row: Round, *, by: Any) -> None:
    """Take a round out of the schedule. Raises: MoveRefused when units owe material for it."""
    if why := why_not_write(row.activity.campaign):
        raise MoveRefused(why)
    if Assignment.objects.filter(appearance__round=row).exists():
        raise MoveRefused(_("Units were invited to this round already: take them out one by one, or change its day."))
    row.delete()

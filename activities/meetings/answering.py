"""A unit answers who attends; the office writes it down where somebody told it otherwise."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.meetings.convening import hold, tell
from activities.models import Invitation
from activities.states import InvitationState
from workflow.models import MoveRefused
from workflow.site_language import in_site_language


@transaction.atomic
def answer(invitation: Invitation, to: str, said: dict[str, str], *, by: Any) -> Invitation:
    """Write the answer: attends, with whom; or asks to be excused. It may be given again until the meeting is held.

    Arguments: the invitation; ``COMING`` or ``EXCUSED``; person, post and remark; who answers.
    Returns: the invitation. Raises: MoveRefused when it is held, off, or the unit is no longer invited.
    """
    meeting = hold(invitation.meeting)
    if not meeting.takes_answers:
        raise MoveRefused(_("It stands at “%(state)s”: no answer is asked.") % {"state": meeting.get_state_display()})
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.get(pk=invitation.pk)
    row.meeting = meeting
    of_unit = by.is_in(row.unit_id, *UNIT_ROLES)
    note = "" if of_unit else in_site_language(gettext_noop("Written down by the office"))
    row.move(to, by=by, note=note, roles=UNIT_ROLES if of_unit else OFFICE_ROLES, **said)
    if not of_unit:
        stamp = f"{row.pk}-{row.history().count()}"
        message = gettext_noop("The office wrote down your answer: %(what)s, %(at)s – %(answer)s")
        tell(meeting, [row.unit_id], message, f"answered-{stamp}", answer=answer_said(row))
    return row


def answer_said(row: Invitation) -> str:
    """The answer in the language of the site, as a message keeps it."""
    if row.state == InvitationState.EXCUSED:
        return in_site_language(gettext_noop("Asks to be excused"))
    return in_site_language(gettext_noop("%(who)s attends"), who=row.who)


def came_before(invitation: Invitation) -> Invitation | None:
    """Who came for the unit last, to begin with: in an earlier meeting of the same office."""
    rows = Invitation.objects.filter(
        unit=invitation.unit_id, meeting__campaign__host=invitation.meeting.campaign.host_id
    )
    return rows.exclude(meeting=invitation.meeting_id).exclude(person="").order_by("meeting__starts_at", "pk").last()

"""Who was there on the day, and how the minutes say it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.memberships import OFFICE_ROLES
from activities.meetings.convening import hold
from activities.models import Invitation, Meeting, Presence
from activities.states import InvitationState, MeetingState
from workflow import clock
from workflow.models import MoveRefused

PRESENT, EXCUSED, SITTING_IN = "出席", "请假", "列席"
"""As the standard has them (GB/T 9704-2012, 10.3)."""
PRESUMED = {InvitationState.COMING: Presence.PRESENT, InvitationState.EXCUSED: Presence.EXCUSED}
"""What is ticked before anybody has looked: as the unit answered."""


def why_not_kept(meeting: Meeting) -> str:
    """Why nobody can write down yet, or any more, who was there; empty when they can."""
    if meeting.state not in (MeetingState.CONVENED, MeetingState.HELD):
        return _("It stands at “%(state)s”: nobody was there.") % {"state": meeting.get_state_display()}
    return _("It is still to come.") if meeting.day > clock.today() else ""


@transaction.atomic
def keep(meeting: Meeting, rows: Mapping[int, Mapping[str, str]], also_present: str, *, by: Any) -> None:
    """Write down who was there; the first time the meeting is held by it.

    Arguments: the meeting; by id of the invitation what to write (presence, person, post); people of no invited unit;
    who writes. Raises: MoveRefused.
    """
    meeting = hold(meeting)
    if why := why_not_kept(meeting):
        raise MoveRefused(why)
    for pk, values in rows.items():
        Invitation.objects.filter(pk=pk, meeting=meeting).update(**values)
    Meeting.objects.filter(pk=meeting.pk).update(also_present=also_present)
    if meeting.state == MeetingState.CONVENED:
        meeting.move(MeetingState.HELD, by=by, roles=OFFICE_ROLES)


def attendance(meeting: Meeting) -> list[tuple[str, str]]:
    """The lines of the minutes: who was present, who was excused, who sat in; each a label and names.

    A unit that sent nobody whose name is known stands by its own name.
    """
    rows = list(meeting.invitations.standing().select_related("unit"))
    there = [row for row in rows if row.presence == Presence.PRESENT]
    excused = [named(row) for row in rows if row.presence in (Presence.EXCUSED, Presence.ABSENT)]
    others = [line.strip() for line in meeting.also_present.replace("、", "\n").splitlines() if line.strip()]
    lines = (
        (PRESENT, [f"{meeting.chair}（主持）", *(named(row) for row in there if not row.is_observer)]),
        (EXCUSED, excused),
        (SITTING_IN, [*(named(row) for row in there if row.is_observer), *others]),
    )
    return [(label, joined(names)) for label, names in lines if names]


def named(row: Invitation) -> str:
    """A unit with who came for it."""
    post = f"{row.post}" if row.post else ""
    return f"{row.unit.name}{post}{row.person}" if row.person else row.unit.name


def joined(names: Iterable[str]) -> str:
    """Names as a line of minutes has them."""
    return "、".join(dict.fromkeys(names))

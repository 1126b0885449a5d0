"""A joint meeting is prepared, convened, changed, called off: who is invited hears of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.models import AgendaItem, Invitation, Meeting, MeetingDecision
from activities.states import OWED, AssignmentState, DecisionState, InvitationState, MeetingState
from campaigns.finding import OVER
from campaigns.models import Campaign
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify

FIELDS = ("series", "title", "starts_at", "ends_at", "place", "chair", "bring")
TIMES, PLACES = ("starts_at", "ends_at"), ("place",)
NOT_DONE = (*OWED, AssignmentState.SUBMITTED)
"""States of what was decided and is not done yet, or waits for the office."""
LAST_TIME = "上次会议议定事项落实情况"
"""What a meeting begins with when an earlier one left something open; on the agenda, so in Chinese."""


@dataclass(frozen=True)
class Asked:
    """Whom a meeting invites, and what is on its agenda (each item with the unit that reports, if one does)."""

    members: Sequence[Unit]
    observers: Sequence[Unit]
    agenda: Sequence[tuple[str, Unit | None]]


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it stands; whoever comes second waits until this transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("campaign__host")
    return rows.get(pk=meeting.pk)


def why_not_new(campaign: Campaign) -> str:
    """Why no meeting can be prepared in a campaign; empty when one can."""
    return _("The campaign is closed: nothing new is asked in it.") if campaign.state in OVER else ""


def why_not_changed(meeting: Meeting) -> str:
    """Why day, place, agenda and whom it invites stay as they are; empty when they can be changed."""
    if meeting.state in (MeetingState.DRAFT, MeetingState.CONVENED):
        return why_not_new(meeting.campaign)
    return _("It stands at “%(state)s”: nothing of it can be changed.") % {"state": meeting.get_state_display()}


@transaction.atomic
def write(meeting: Meeting, values: dict[str, Any], asked: Asked, *, by: Any) -> Meeting:
    """Write a meeting; of one that was convened everybody is told what is other now.

    After another time what units answered holds no more: they are asked again.

    Arguments: the meeting as locked, or a new one; its fields; whom it invites, its agenda; who writes.
    Returns: the meeting. Raises: MoveRefused when it can be changed no more.
    """
    if why := why_not_changed(meeting):
        raise MoveRefused(why)
    moved = [name for name in (*TIMES, *PLACES) if getattr(meeting, name) != values[name]]
    for name in FIELDS:
        setattr(meeting, name, values[name])
    is_new = meeting.pk is None
    meeting.save()
    if is_new:
        meeting.log(meeting.state, by=by, roles=OFFICE_ROLES)
    write_agenda(meeting, asked.agenda)
    came, went = invite(meeting, asked, by=by)
    if meeting.takes_answers:
        tell_changes(meeting, moved, came, went, by=by)
    return meeting


def write_agenda(meeting: Meeting, agenda: Iterable[tuple[str, Unit | None]]) -> None:
    """Write the items in their order."""
    AgendaItem.objects.filter(meeting=meeting).delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, title=title, unit=unit)
        for order, (title, unit) in enumerate(agenda, 1)
    )


def invite(meeting: Meeting, asked: Asked, *, by: Any) -> tuple[list[int], list[int]]:
    """Invite these units and no others. Returns: ids of the units that came in, and of those that went out."""
    wanted = {unit.pk: False for unit in asked.members} | {unit.pk: True for unit in asked.observers}
    rows = {row.unit_id: row for row in Invitation.objects.filter(meeting=meeting)}
    came = [pk for pk in wanted if pk not in rows or rows[pk].state == InvitationState.TAKEN_OUT]
    went = [pk for pk, row in rows.items() if pk not in wanted and row.state != InvitationState.TAKEN_OUT]
    for pk in came:
        if pk in rows:
            rows[pk].move(InvitationState.ASKED, by=by, roles=OFFICE_ROLES)
    for pk in went:
        rows[pk].move(InvitationState.TAKEN_OUT, by=by, roles=OFFICE_ROLES, person="", post="", more="")
    fresh = [Invitation(meeting=meeting, unit_id=pk, is_observer=wanted[pk]) for pk in came if pk not in rows]
    Invitation.objects.bulk_create(fresh)
    for is_observer in (True, False):
        same = [pk for pk, other in wanted.items() if other == is_observer]
        Invitation.objects.filter(meeting=meeting, unit__in=same).update(is_observer=is_observer)
    return came, went


def tell_changes(meeting: Meeting, moved: list[str], came: list[int], went: list[int], *, by: Any) -> None:
    """Everybody invited hears that it was moved; who is invited now, and who no more, hears that."""
    stamp = f"{timezone.now():%Y%m%d%H%M%S%f}"
    tell(meeting, went, gettext_noop("You are no longer invited: %(what)s, %(at)s."), f"out-{stamp}")
    if came:
        tell(meeting, came, CONVENED, f"in-{stamp}")
    if not moved:
        return
    stay = meeting.invitations.standing().exclude(unit__in=came)
    if set(moved) & set(TIMES):
        answered = stay.filter(state__in=(InvitationState.COMING, InvitationState.EXCUSED))
        note = moment_of(meeting)
        acting_for = meeting.acting_for(by, OFFICE_ROLES)
        Invitation.move_all(answered, InvitationState.ASKED, by=by, acting_for=acting_for, note=note)
        message = gettext_noop("The meeting was moved: %(what)s is now on %(at)s, %(place)s. Please answer again.")
    else:
        message = gettext_noop("The meeting takes place elsewhere: %(what)s, %(at)s, now at %(place)s.")
    meeting.remark(gettext_noop("Moved: %(at)s, %(place)s"), by=by, roles=OFFICE_ROLES, at=moment_of(meeting),
                   place=meeting.place)  # fmt: skip
    tell(meeting, units_of(stay), message, f"moved-{stamp}")


CONVENED = gettext_noop("You are invited: %(what)s, %(at)s, %(place)s. Please answer who attends.")


@transaction.atomic
def convene(meeting: Meeting, *, by: Any) -> int:
    """Convene it: every unit invited is told and asked who attends. Returns: how many units.

    Raises: MoveRefused when somebody was faster, nobody is invited, or its hour is past.
    """
    meeting = hold(meeting)
    if whys := why_not_convened(meeting):
        raise MoveRefused(" ".join(whys))
    meeting.move(MeetingState.CONVENED, by=by, roles=OFFICE_ROLES, convened_at=clock.now())
    units = units_of(meeting.invitations.standing())
    tell(meeting, units, CONVENED, "convened")
    return len(units)


def why_not_convened(meeting: Meeting) -> list[str]:
    """All that stands against convening it now, for a person."""
    if not meeting.can_move(MeetingState.CONVENED):
        return [meeting.refusal()]
    found = [why] if (why := why_not_new(meeting.campaign)) else []
    if meeting.starts_at <= clock.now():
        found.append(_("The hour at which it begins is past."))
    if not meeting.invitations.standing().exists():
        found.append(_("No unit is invited."))
    if not meeting.agenda.exists():
        found.append(_("Nothing is on the agenda."))
    return found


@transaction.atomic
def cancel(meeting: Meeting, *, by: Any, reason: str) -> None:
    """It does not take place; who was invited hears why. Raises: MoveRefused."""
    meeting = hold(meeting)
    was_convened = meeting.takes_answers
    meeting.move(MeetingState.CANCELLED, by=by, note=reason, roles=OFFICE_ROLES)
    if was_convened:
        message = gettext_noop("The meeting does not take place: %(what)s, %(at)s. %(reason)s")
        tell(meeting, units_of(meeting.invitations.standing()), message, "cancelled", reason=reason[:150])


def units_of(invitations: Any) -> list[int]:
    """Whose they are, by id."""
    return list(invitations.values_list("unit", flat=True))


def moment_of(meeting: Meeting) -> str:
    """Day and hour in the language of the site, as messages and the log keep them."""
    with translation.override(settings.LANGUAGE_CODE):
        local = timezone.localtime(meeting.starts_at)
        return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"


def tell(meeting: Meeting, units: Iterable[int], message: str, what: str, **values: str) -> None:
    """One message to each person of these units; its link leads to the meeting, where one answers."""
    notify(
        User.objects.speaking_for(list(units), *UNIT_ROLES),
        message,
        key=f"meeting-{meeting.pk}-{what}",
        url=meeting.get_absolute_url(),
        what=meeting.title,
        at=moment_of(meeting),
        place=meeting.place,
        **values,
    )


def open_before(meeting: Meeting, user: Any) -> list[MeetingDecision]:
    """What earlier meetings of the office decided and is not done, as far as somebody may see it. One query."""
    rows = left_open(meeting.campaign, user).filter(meeting__starts_at__lt=meeting.starts_at)
    return list(rows.exclude(meeting=meeting.pk))


def left_open(campaign: Campaign, user: Any) -> Any:
    """What any meeting of the office decided and is not done, as far as somebody may see it; what is due first."""
    rows = MeetingDecision.objects.visible_to(user).filter(
        meeting__campaign__host=campaign.host_id, state=DecisionState.HANDED_OUT, task__state__in=NOT_DONE
    )
    return rows.select_related("unit", "meeting", "task__unit").order_by("due_on", "pk")

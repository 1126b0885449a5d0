"""What was decided becomes what units owe: handed out, followed up, dropped with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.meetings.convening import hold
from activities.models import Assignment, Meeting, MeetingDecision
from activities.questions.asking import notice_for
from activities.states import AssignmentState, DecisionState, Kind
from campaigns.finding import OVER
from campaigns.models import Campaign
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify
from workflow.templatetags.clock import short_day


@dataclass(frozen=True)
class Followed:
    """One decision as the follow-up shows it."""

    decision: MeetingDecision
    task: Assignment | None

    @property
    def unit(self) -> Unit:
        """Who has it now: after a merger the successor."""
        return self.task.unit if self.task else self.decision.unit


@transaction.atomic
def add(meeting: Meeting, values: dict[str, Any], *, by: Any) -> MeetingDecision:
    """Write down one more decision; it goes out with the minutes. Raises: MoveRefused when the meeting is off."""
    meeting = hold(meeting)
    if meeting.is_off:
        raise MoveRefused(meeting.refusal())
    last = meeting.decisions.aggregate(last=Max("order"))["last"] or 0
    row = MeetingDecision.objects.create(meeting=meeting, order=last + 1, **values)
    row.log(row.state, by=by, roles=OFFICE_ROLES)
    return row


def why_not_changed(decision: MeetingDecision) -> str:
    """Why its words, unit and day stay as they are; empty as long as it was not handed out."""
    if decision.is_draft:
        return ""
    return _("It was handed out, so it stays as it is. Give more time where it is filed, or drop it and decide anew.")


@transaction.atomic
def take_out(decision: MeetingDecision) -> None:
    """Take out a decision that nobody was told of. Raises: MoveRefused."""
    hold(decision.meeting)
    row = MeetingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if why := why_not_changed(row):
        raise MoveRefused(why)
    row.delete()


def why_not_handed_out(campaign: Campaign) -> str:
    """Why no decision can become a task now; empty when it can."""
    if campaign.state in OVER:
        return _("The campaign is closed: nothing new is asked in it.")
    return "" if notice_for(campaign) else _(
        "No notice of this campaign is in force yet. The decisions become tasks with one press once it is."
    )  # fmt: skip


def faults(decisions: Iterable[MeetingDecision]) -> list[str]:
    """What of these cannot be handed out as it stands, for a person."""
    found = []
    for row in decisions:
        if row.due_on < clock.today():
            found.append(_("“%(what)s” is due on a day that is past.") % {"what": row.text[:40]})
        if row.unit.merged_into_id:
            found.append(_("“%(what)s”: the unit was merged into another one.") % {"what": row.text[:40]})
    return found


@transaction.atomic
def hand_out(meeting: Meeting, *, by: Any) -> int:
    """Make a task of each decision that is none yet; the units are told. Returns: how many.

    Raises: MoveRefused when no notice is in force, or one of them cannot be handed out.
    """
    meeting = hold(meeting)
    if why := why_not_handed_out(meeting.campaign):
        raise MoveRefused(why)
    rows = list(meeting.decisions.filter(state=DecisionState.DRAFT).select_related("unit"))
    if wrong := faults(rows):
        raise MoveRefused(" ".join(wrong))
    notice: Any = notice_for(meeting.campaign)
    for row in rows:
        row.meeting = meeting
        row.move(DecisionState.HANDED_OUT, by=by, roles=OFFICE_ROLES)
        task = Assignment.objects.create(
            campaign=meeting.campaign, notice=notice, unit=row.unit, kind=Kind.DECISION, decision=row,
            due_at=clock.end_of(row.due_on),
        )  # fmt: skip
        tell(row, task, gettext_noop("A decision of %(meeting)s for your unit: %(what)s Due %(at)s."), "given")
    return len(rows)


@transaction.atomic
def drop(decision: MeetingDecision, *, by: Any, reason: str) -> None:
    """It is no longer to be carried out: the task is closed with the reason, the unit is told.

    Raises: MoveRefused when somebody was faster, or it was carried out and accepted.
    """
    hold(decision.meeting)
    row = (
        MeetingDecision.objects.select_for_update(of=("self",)).select_related("meeting__campaign").get(pk=decision.pk)
    )
    task = Assignment.objects.filter(decision=row).select_for_update(of=("self",)).first()
    if task is not None and task.state == AssignmentState.ACCEPTED:
        raise MoveRefused(_("It was carried out and accepted: it stays."))
    row.move(DecisionState.DROPPED, by=by, note=reason, roles=OFFICE_ROLES)
    if task is not None and task.can_move(AssignmentState.CLOSED):
        task.move(AssignmentState.CLOSED, by=by, note=reason, roles=OFFICE_ROLES)
        message = gettext_noop("No longer to be carried out: %(what)s (%(meeting)s). %(reason)s")
        tell(row, task, message, "dropped", reason=reason[:150])


def tell(row: MeetingDecision, task: Assignment, message: str, what: str, **values: str) -> None:
    """The people of the unit hear of it; the link leads to where they report on it."""
    notify(
        User.objects.speaking_for([task.unit_id], *UNIT_ROLES),
        message,
        key=f"meeting-decision-{row.pk}-{what}",
        url=task.get_absolute_url(),
        meeting=row.meeting.title,
        what=row.text,
        at=day_said(row),
        **values,
    )


def day_said(row: MeetingDecision) -> str:
    """The day in the language of the site, as messages keep it."""
    with translation.override(settings.LANGUAGE_CODE):
        return short_day(row.due_on)


def followed(campaign: Campaign, user: Any) -> list[Followed]:
    """Every decision of the meetings of a campaign that somebody may see, the newest meeting first. One query."""
    rows = MeetingDecision.objects.visible_to(user).filter(meeting__campaign=campaign)
    rows = rows.select_related("meeting", "unit", "task__unit").order_by("-meeting__starts_at", "-meeting", "order")
    return [Followed(row, row.owed) for row in rows]

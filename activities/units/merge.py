"""Two units become one in mid-campaign: what the old one still owes goes to its successor, what it filed stays.

People of the old unit get the same role in the successor. They keep the old one as well: what was filed under the old
name stays readable for them, and if the office returns it, there is somebody to correct it. Nothing new comes to the
old unit: in every group, in the notices of campaigns that are not over and among those who take part, the successor
stands in its place, once.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Deed, Membership, Role, Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.role_changes import record
from accounts.unit_names import names_of
from activities.models import (
    AgendaItem,
    Appearance,
    Assignment,
    Demand,
    Invitation,
    MeetingDecision,
    Participation,
    PersonalLink,
    Petition,
    Slip,
)
from activities.states import FILED, AssignmentState, DecisionState, MeetingState, PetitionState, SlipState
from campaigns.models import Campaign, Notice, NumberSeries
from campaigns.states import CampaignState
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language
from workflow.telling import notify

OVER = (CampaignState.CLOSED, CampaignState.ARCHIVED)
ABOUT = ("notice_id", "kind", "activity_id", "demand_id", "deliverable_id", "slip_id", "question_id", "decision_id")
"""What makes two assignments the same, whoever owes them."""


@dataclass(frozen=True)
class Outlook:
    """What a merger will do: shown before it happens."""

    people: list[Membership]
    closed: list[Assignment]
    moved: list[Assignment]
    stays: int
    groups: list[str]
    links: int


def in_hand_of(user: Any) -> "QuerySet[Unit]":
    """Units somebody may merge: as administrator or office staff those the own office looks after."""
    own = user.units_as(Role.ADMIN, *OFFICE_ROLES)
    return Unit.objects.live().filter(kept_by__in=own)


def why_not(unit: Unit, into: Unit) -> str:
    """Why these two cannot be merged, for a person; empty when they can."""
    if unit.pk == into.pk:
        return _("A unit cannot be merged with itself.")
    for each in (unit, into):
        if each.merged_into is not None:
            return _("%(unit)s was merged into %(into)s already.") % {"unit": each, "into": each.merged_into}
    if Campaign.objects.filter(host=unit).exclude(state__in=OVER).exists():
        return _("%(unit)s hosts a campaign that is not over. Close it first.") % {"unit": unit}
    return ""


def outlook(unit: Unit, into: Unit) -> Outlook:
    """What will happen when one unit is merged into the other."""
    rows = Assignment.objects.filter(unit=unit).for_list()
    open_rows = list(rows.owed().exclude(campaign__state__in=OVER))
    closed = [row for row in open_rows if owed_by(row, into)]
    return Outlook(
        people=list(new_roles(unit, into)),
        closed=closed,
        moved=[row for row in open_rows if row not in closed],
        stays=rows.filter(state__in=FILED).count(),
        groups=[group.name for group in unit.in_groups.all()],
        links=PersonalLink.objects.filter(unit=unit, revoked_at=None, expires_at__gt=clock.now()).count(),
    )


def owed_by(row: Assignment, into: Unit) -> bool:
    """Whether the successor owes, or filed, the same."""
    if row.volunteered:
        return False
    same = Assignment.objects.filter(unit=into, volunteered=False, **{name: getattr(row, name) for name in ABOUT})
    if row.appearance is None:
        return same.filter(appearance=None).exists()
    return Appearance.objects.filter(unit=into, round=row.appearance.round_id).exists()


@transaction.atomic
def merge(unit: Unit, into: Unit, *, by: Any, on: date) -> Outlook:
    """Merge one unit into another.

    Arguments: the unit that ends; its successor; who does it; since when. Returns: what was done.
    Raises: MoveRefused when they cannot be merged.
    """
    list(Unit.objects.select_for_update().filter(pk__in=[unit.pk, into.pk]).order_by("pk"))
    unit.refresh_from_db()
    into.refresh_from_db()
    if why := why_not(unit, into):
        raise MoveRefused(why)
    found = outlook(unit, into)
    remark = said(unit, into, on)
    for row in found.closed:
        close(row, by=by, remark=remark)
    for row in found.moved:
        hand_on(row, into, by=by, remark=remark)
    move_people(unit, into, by=by)
    take_the_place(unit, into, by=by, remark=remark)
    PersonalLink.objects.filter(unit=unit, revoked_at=None).update(revoked_at=clock.now())
    Unit.objects.filter(pk=unit.pk).update(merged_into=into, merged_on=on)
    into.aliases += [name for name in dict.fromkeys(names_of(unit)) if name not in into.aliases]
    into.save(update_fields=["aliases", "known_as"])
    tell(unit, into)
    return found


def said(unit: Unit, into: Unit, on: date) -> str:
    """The remark for the logs, in the language of the site."""
    message = gettext_noop("%(unit)s was merged into %(into)s on %(day)s.")
    return in_site_language(message, unit=unit, into=into, day=partial(date_format, on, "DATE_FORMAT"))


def close(row: Assignment, *, by: Any, remark: str) -> None:
    """The successor owes the same, so this is no longer asked."""
    for petition in Petition.objects.filter(assignment=row).waiting():
        petition.move(PetitionState.WITHDRAWN, by=by, note=remark)
    row.move(AssignmentState.CLOSED, by=by, note=remark)


def hand_on(row: Assignment, into: Unit, *, by: Any, remark: str) -> None:
    """The successor owes it from now on: draft, extension and petition go with it."""
    if row.appearance is not None:
        Appearance.objects.filter(pk=row.appearance.pk).update(unit=into)
    Assignment.objects.filter(pk=row.pk).update(unit=into)
    row.log(row.state, by=by, note=remark)


def new_roles(unit: Unit, into: Unit) -> "QuerySet[Membership]":
    """The filing roles of the old unit that their people do not have in the successor yet.

    A role that runs an office is given by that office's administrator alone, never by a merger.
    """
    held = Membership.objects.held_now().filter(unit=unit, role__in=UNIT_ROLES).select_related("user", "acting_for")
    there = Membership.objects.held_now().filter(unit=into)
    known = Q(pk=None)
    for user, role in there.values_list("user", "role"):
        known |= Q(user=user, role=role)
    return held.exclude(known)


def move_people(unit: Unit, into: Unit, *, by: Any) -> None:
    """Who spoke for the old unit speaks for the successor too."""
    for held in new_roles(unit, into):
        row, _made = Membership.objects.update_or_create(
            user=held.user, unit=into, role=held.role, defaults={"acting_for": held.acting_for, "until": held.until}
        )
        record(Deed.MERGED, held.user, by=by, of=row)


def take_the_place(unit: Unit, into: Unit, *, by: Any, remark: str) -> None:
    """The successor stands where the old unit stood: groups, campaigns, notices, registers, tasks that are not done."""
    for group in unit.in_groups.all():
        group.units.remove(unit)
        group.units.add(into)
    for campaign in unit.campaigns.exclude(state__in=OVER):
        campaign.units.remove(unit)
        campaign.units.add(into)
    for notice in Notice.objects.filter(addressees=unit).exclude(campaign__state__in=OVER):
        notice.addressees.remove(unit)
        notice.addressees.add(into)
        notice.log(notice.state, by=by, note=remark)
    for notice in Notice.objects.filter(copy_to=unit).exclude(campaign__state__in=OVER):
        notice.copy_to.remove(unit)
        notice.copy_to.add(into)
    for demand in Demand.objects.filter(units=unit).exclude(notice__campaign__state__in=OVER):
        demand.units.remove(unit)
        demand.units.add(into)
    drafted, unanswered = Q(unit=unit, state=SlipState.DRAFT), Q(unit=unit, state=SlipState.ISSUED, reply__unit=into)
    Slip.objects.filter(drafted | unanswered).update(unit=into)
    NumberSeries.objects.filter(owner=unit).update(owner=into)
    Unit.objects.filter(kept_by=unit).exclude(pk=into.pk).update(kept_by=into)
    done = Assignment.objects.filter(unit=unit, submitted_at__isnull=False, activity__isnull=False).values("activity")
    tasks = Participation.objects.filter(unit=unit).exclude(activity__campaign__state__in=OVER)
    move_or_drop(tasks.exclude(activity__in=done), into, "activity_id", "part")
    invited = Appearance.objects.filter(unit=unit, assignments=None).exclude(round__activity__campaign__state__in=OVER)
    move_or_drop(invited, into, "round_id")
    take_the_seat(unit, into)


def take_the_seat(unit: Unit, into: Unit) -> None:
    """In meetings that were not held yet the successor is invited and reports; what was decided is its to do.

    Who answered for the old unit may come for the successor: the answer goes with the invitation.
    """
    coming = (MeetingState.DRAFT, MeetingState.CONVENED)
    move_or_drop(Invitation.objects.filter(unit=unit, meeting__state__in=coming), into, "meeting_id")
    AgendaItem.objects.filter(unit=unit, meeting__state__in=coming).update(unit=into)
    MeetingDecision.objects.filter(Q(state=DecisionState.DRAFT) | Q(task__unit=into), unit=unit).update(unit=into)


def move_or_drop(rows: Any, into: Unit, *same: str) -> None:
    """Give rows of the old unit to the successor; where it has one of its own, that one stays."""
    model = rows.model
    for row in list(rows):
        known = {name: getattr(row, name) for name in same}
        if model.objects.filter(unit=into, **known).exists():
            row.delete()
        else:
            model.objects.filter(pk=row.pk).update(unit=into)


def tell(unit: Unit, into: Unit) -> None:
    """The people of both hear of it."""
    notify(
        User.objects.speaking_for([unit.pk, into.pk], *UNIT_ROLES),
        gettext_noop("%(unit)s was merged into %(into)s. What was still owed is with %(into)s now."),
        key=f"merged-{unit.pk}",
        url="/",
        unit=str(unit),
        into=str(into),
    )

"""An office hands what it owes above to its own units, as a task of its own campaign (分办); and answers with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.adopting.own_days import before
from activities.models import (
    Activity,
    Assignment,
    Deliverable,
    Entry,
    HandedDown,
    Material,
    Part,
    Participation,
    Plan,
)
from activities.models.activity import Scope
from activities.models.assignment_rows import AssignmentQuerySet
from activities.states import CAME_IN, FILED, AssignmentState, Kind
from campaigns.models import Campaign, Notice, NoticeKind
from campaigns.states import IN_FORCE
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify

KINDS = (Kind.PLAN, Kind.OTHER, Kind.DELIVERABLE)
"""What can be handed down; a summary is asked of the own units by the own notice."""
LONGEST = 5000


def own_assignments(user: Any) -> AssignmentQuerySet:
    """What the offices owe above in which this person works."""
    rows = Assignment.objects.filter(unit__in=user.units_as(*OFFICE_ROLES), volunteered=False)
    return rows.exclude(campaign__host__in=user.units_as(*OFFICE_ROLES))


def lower_campaign(above: Assignment) -> Campaign | None:
    """The office's own campaign that carries out the one in which it owes this."""
    return Campaign.objects.filter(parent=above.campaign_id, host=above.unit_id).order_by("-pk").first()


def notice_in_force(campaign: Campaign) -> Notice | None:
    """The issued notice of a campaign by which its units owe."""
    kinds = (NoticeKind.NOTICE, NoticeKind.PLAN)
    return campaign.notices.filter(kind__in=kinds, state__in=IN_FORCE).order_by("issued_at").last()


def why_not(above: Assignment) -> str:
    """Why it cannot be handed down, for a person; empty when it can."""
    if above.kind not in KINDS:
        return _("This is not handed down: your own notice asks your units for it.")
    if HandedDown.objects.filter(above=above).exists():
        return _("It was handed down already.")
    if not above.is_owed:
        return above.refusal()
    campaign = lower_campaign(above)
    if campaign is None:
        return _("Please carry out the notice first: what is handed down is a task of your own campaign.")
    if notice_in_force(campaign) is None:
        return _("Please issue your own notice first: until then your units owe nothing.")
    return ""


def proposed_day(above: Assignment, margin: int) -> date:
    """The own last day offered: so many working days before the one above, and not past."""
    return max(before(clock.last_day(above.due_at), margin), clock.today())


@transaction.atomic
def hand_down(above: Assignment, units: Collection[Unit], due_on: date, *, by: Any) -> HandedDown:
    """Make it a task of the own campaign that these units owe by an own day.

    Arguments: what the office owes above; its own units; the last day; who hands it down.
    Returns: the handing down. Raises: MoveRefused naming why it cannot be.
    """
    Assignment.objects.select_for_update().get(pk=above.pk)  # the second press waits and finds the first
    if why := why_not(above):
        raise MoveRefused(why)
    if not units:
        raise MoveRefused(_("Please choose at least one unit."))
    today = clock.today()
    if not today <= due_on <= max(clock.last_day(above.due_at), today):  # what is late above is handed down for today
        raise MoveRefused(_("The own last day lies between today and the last day above."))
    campaign = lower_campaign(above)
    notice = notice_in_force(campaign) if campaign else None
    assert campaign is not None and notice is not None  # nosec B101 # asked by why_not
    task = task_of(above, campaign, due_on)
    Participation.objects.bulk_create(Participation(activity=task, unit=unit, part=Part.LEAD) for unit in units)
    owe(above, notice, task, units, due_on)
    made = HandedDown.objects.create(above=above, campaign=campaign, task=task, by=by, at=clock.now())
    above.log(above.state, by=by, note=said(units))
    tell(made, units)
    return made


def said(units: Collection[Unit]) -> str:
    """The remark in the log of what is owed above: who handed it to whom."""
    return f"分办：{'、'.join(unit.name for unit in units)}"[:300]


def task_of(above: Assignment, campaign: Campaign, due_on: date) -> Activity:
    """The task in the own campaign; what it counts is asked of each unit."""
    about = above.about
    task = Activity.objects.create(
        campaign=campaign,
        order=max(campaign.activities.values_list("order", flat=True), default=-1) + 1,
        scope=Scope.COMMON,
        title=str(about or above.get_kind_display())[:200],
        description=above.activity.description if above.activity else "",
        due_on=due_on,
        carries=above.activity,
    )
    if above.deliverable:
        Deliverable.objects.create(
            activity=task, order=1, title=above.deliverable.title, measure=above.deliverable.measure, due_on=due_on
        )
    return task


def owe(above: Assignment, notice: Notice, task: Activity, units: Collection[Unit], due_on: date) -> None:
    """The rows of what each unit owes."""
    deliverable = task.deliverables.first()
    Assignment.objects.bulk_create(
        Assignment(
            notice=notice,
            campaign_id=notice.campaign_id,
            unit=unit,
            kind=above.kind,
            activity=task,
            deliverable=deliverable,
            due_at=clock.end_of(due_on),
        )
        for unit in units
    )


def tell(made: HandedDown, units: Collection[Unit]) -> None:
    """The units hear of their task."""
    notify(
        User.objects.speaking_for([unit.pk for unit in units], *UNIT_ROLES),
        gettext_noop("New task: %(title)s."),
        key=f"task-{made.task_id}",
        url=made.task.get_absolute_url(),
        title=made.task.title,
    )


# --- how far it is, and answered above ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Came:
    """How far something handed down is: to how many, how many answered, how many of these were accepted."""

    units: int
    answered: int
    accepted: int


def came(made: HandedDown) -> Came:
    """How far it is: one query."""
    rows = list(rows_of(made))
    answered = [row for row in rows if row.standing in CAME_IN]
    return Came(len(rows), len(answered), sum(counts(row) for row in rows))


def rows_of(made: HandedDown) -> QuerySet[Assignment]:
    """What the own units owe of it, in the official order."""
    rows = Assignment.objects.required().filter(campaign=made.campaign_id, activity=made.task_id)
    return rows.for_list().order_by("unit__order", "pk")


def counts(row: Assignment) -> bool:
    """Whether the office took it: accepted, or of a kind that is done when it is filed."""
    return row.state == AssignmentState.ACCEPTED or (row.state in FILED and not row.is_reviewed_kind)


def texts(made: HandedDown) -> list[tuple[Unit, str]]:
    """What was accepted, unit by unit, in words."""
    return [(row.unit, words_of(row)) for row in rows_of(made) if counts(row)]


def words_of(row: Assignment) -> str:
    """What one unit filed, in words."""
    if row.kind == Kind.DELIVERABLE:
        total = sum(entry.count for entry in Entry.objects.counted().filter(assignment=row))
        return f"{total:,}{row.deliverable.measure if row.deliverable else ''}"
    model = Plan if row.kind == Kind.PLAN else Material
    filing: Any = model._default_manager.filter(assignment=row, submitted_at__isnull=False).order_by("version").last()
    if filing is None:
        return ""
    return str(filing.content or filing.goal) if isinstance(filing, Plan) else str(filing.text)


@transaction.atomic
def answer_above(made: HandedDown, *, by: Any) -> None:
    """Write what was accepted into the draft of what is owed above; whoever files for the office submits it there.

    Raises: MoveRefused when nothing is accepted yet, or it was filed above already.
    """
    found = texts(made)
    if not found:
        raise MoveRefused(_("Nothing of what was handed down is accepted yet."))
    above = Assignment.objects.select_for_update().select_related("campaign", "unit").get(pk=made.above_id)
    if why := above.why_not_filed():
        raise MoveRefused(why)
    if above.kind == Kind.DELIVERABLE:
        raise MoveRefused(_("Counts are reported above one by one: %(sum)s in all.") % {"sum": total_of(made)})
    lines = "\n".join(f"{unit.name}：{text}" for unit, text in found)[:LONGEST]
    draft: Any = (Plan if above.kind == Kind.PLAN else Material).draft(above)
    setattr(draft, "content" if above.kind == Kind.PLAN else "text", lines)
    draft.save_draft(by=by, seen=draft.revision)


def total_of(made: HandedDown) -> str:
    """What the units reported in all."""
    rows = Entry.objects.counted().filter(assignment__in=rows_of(made))
    return f"{sum(rows.values_list('count', flat=True)):,}"


def page_of(made: HandedDown) -> str:
    """The address of its page."""
    return reverse("activities:handed-down", args=[made.pk])

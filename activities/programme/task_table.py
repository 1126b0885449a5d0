"""The task table: rows written before the notice is issued, handed out one by one afterwards, their days changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Case, F, Max, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, UnitGroup, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.asking.empty_groups import why_nobody
from activities.asking.handing_out import RESPONSIBLE, WITH_ACTIVITIES
from activities.models import Activity, Assignment, Deliverable, GroupParticipation, Participation
from activities.states import OWED
from campaigns.models import Campaign, Notice
from campaigns.states import IN_FORCE, WRITTEN, CampaignState
from workflow import clock
from workflow.compiled import Compiled
from workflow.models import MoveRefused
from workflow.site_language import in_site_language
from workflow.telling import notify


@dataclass(frozen=True)
class Asked:
    """One deliverable as typed: its fields, its windows as (first, last), and the row it corrects."""

    values: Mapping[str, Any]
    windows: tuple[tuple[date, date], ...] = ()
    pk: int | None = None


@dataclass(frozen=True)
class Task:
    """One row of the table as typed: its fields, who takes which part, what it asks for."""

    values: Mapping[str, Any]
    units: Mapping[str, Collection[Unit]] = field(default_factory=dict)
    groups: Mapping[str, Collection[UnitGroup]] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()


COLUMNS = [field.attname for field in Notice._meta.concrete_fields]
CARRYING = Compiled(
    lambda campaign: (
        Notice.objects.filter(campaign=campaign, kind__in=WITH_ACTIVITIES).order_by("pk").values_list(*COLUMNS)
    )
)


def notice_of(campaign: Campaign) -> Notice | None:
    """The notice that carries the campaign's tasks: the one in force, else the one being written."""
    rows = [Notice.from_db(DEFAULT_DB_ALIAS, COLUMNS, row) for row in CARRYING(campaign=campaign.pk)]
    return next((row for row in reversed(rows) if row.state in IN_FORCE), rows[0] if rows else None)


def why_not_write(campaign: Campaign, known: Notice | None = None) -> str:
    """Why no row can be added or taken out now; empty when it can.

    Arguments: the campaign; the notice that carries its tasks, where that is known.
    """
    if campaign.state in (CampaignState.CLOSED, CampaignState.ARCHIVED):
        return _("The campaign is closed.")
    notice = known or notice_of(campaign)
    if notice is None or notice.state in WRITTEN or notice.state in IN_FORCE:
        return ""
    told = _("The notice stands at “%(state)s” with this table: it must go back to its author before it is changed.")
    return told % {"state": notice.get_state_display()}


def handed_out(activity: Activity) -> bool:
    """Whether units owe it already: then what it asks stays as it was, and only its days can change."""
    return activity.assignments.filter(volunteered=False).exists()


@transaction.atomic
def write(campaign: Campaign, task: Task, activity: Activity | None = None) -> Activity:
    """Write a row of the table: a new one at its end, or one that nobody owes yet.

    Arguments: the campaign; what was typed; the row that is corrected. Returns: the row. Raises: MoveRefused.
    """
    if why := why_not_write(campaign):
        raise MoveRefused(why)
    if activity is None:
        if campaign.activities.filter(number=task.values["number"], title=task.values["title"]).exists():
            raise MoveRefused(_("This task is in the table already; nothing was made twice."))
        last = campaign.activities.aggregate(last=Max("order"))["last"]
        activity = Activity(campaign=campaign, order=0 if last is None else last + 1)
    elif handed_out(activity):
        raise MoveRefused(_("Units owe this task already: only its days can be changed."))
    for name, value in task.values.items():
        setattr(activity, name, value)
    activity.save()
    write_parts(activity, task)
    write_asked(activity, task.asked)
    return activity


def write_parts(activity: Activity, task: Task) -> None:
    """Who takes which part, from what was typed."""
    activity.participations.all().delete()
    activity.group_participations.all().delete()
    Participation.objects.bulk_create(
        Participation(activity=activity, unit=unit, part=part) for part, units in task.units.items() for unit in units
    )
    GroupParticipation.objects.bulk_create(
        GroupParticipation(activity=activity, group=group, part=part)
        for part, groups in task.groups.items()
        for group in groups
    )


def write_asked(activity: Activity, asked: Collection[Asked]) -> None:
    """The deliverables as typed, in their order; those not named any more go."""
    stay = [each.pk for each in asked if each.pk is not None]
    activity.deliverables.exclude(pk__in=stay).delete()
    activity.deliverables.update(order=F("order") + 1000)  # out of the way of the new order
    for order, each in enumerate(asked, 1):
        row = activity.deliverables.filter(pk=each.pk).first() if each.pk else None
        row = row or Deliverable(activity=activity)
        for name, value in {**each.values, "order": order}.items():
            setattr(row, name, value)
        row.save()
        printed = {(window.starts_on, window.ends_on): window.text for window in row.windows.all()}
        row.windows.all().delete()
        for first, last in each.windows:
            row.windows.create(starts_on=first, ends_on=last, text=printed.get((first, last), ""))


@transaction.atomic
def strike(activity: Activity) -> None:
    """Take a row out of the table. Raises: MoveRefused when units owe it, or the table is under review."""
    if why := why_not_write(activity.campaign):
        raise MoveRefused(why)
    if activity.assignments.exists():
        raise MoveRefused(_("Units owe this task already, so it stays in the table."))
    activity.delete()


# --- handing out one more ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """Whom handing out one task would reach."""

    units: tuple[Unit, ...]
    """Those that will be asked."""
    have_it: int = 0
    not_addressed: tuple[Unit, ...] = ()
    merged: tuple[Unit, ...] = ()
    empty_groups: tuple[str, ...] = ()
    """Why nobody of a group is asked: nobody is in it, or nobody is left."""


def reach(activity: Activity, notice: Notice) -> Reach:
    """Whom a task would be handed out to now: units responsible, by name or through a group, that get the notice."""
    named = Unit.objects.filter(participations__activity=activity, participations__part__in=RESPONSIBLE)
    groups = UnitGroup.objects.filter(
        pk__in=activity.group_participations.filter(part__in=RESPONSIBLE).values("group")
    ).prefetch_related("units")
    every = dict.fromkeys([*named.order_by("order"), *(unit for group in groups for unit in group.units.all())])
    addressed = set(notice.addressees.values_list("pk", flat=True))
    there = set(activity.assignments.filter(volunteered=False).values_list("unit", flat=True))
    gets = [unit for unit in every if unit.pk in addressed and unit.merged_into_id is None]
    return Reach(
        units=tuple(unit for unit in gets if unit.pk not in there),
        have_it=sum(unit.pk in there for unit in gets),
        not_addressed=tuple(u for u in every if u.pk not in addressed and u.merged_into_id is None),
        merged=tuple(unit for unit in every if unit.merged_into_id is not None),
        empty_groups=tuple(why for group in groups if (why := why_nobody(group))),
    )


def why_not_hand_out(activity: Activity, notice: Notice | None, whom: Reach | None) -> list[str]:
    """Everything that stands against handing it out now."""
    if notice is None or notice.state not in IN_FORCE:
        return [_("The notice is not issued yet: with it every task is handed out by itself.")]
    found = [
        _("The last day of “%(what)s” is past: change it first.") % {"what": title}
        for title, day in last_days(activity)
        if day and day < clock.today()
    ]
    if whom is not None and not whom.units:
        found.append(
            _("Every unit responsible has it already.") if whom.have_it else _("Nobody who gets the notice is asked.")
        )
    return found


def last_days(activity: Activity) -> list[tuple[str, date | None]]:
    """What is asked, and by when: each deliverable by its own day or the task's."""
    asked = [(row.title, row.due_on or activity.due_on) for row in activity.deliverables.all()]
    return asked or [(activity.title, activity.due_on)]


# --- another last day ----------------------------------------------------------------------------------------


@transaction.atomic
def change_days(activity: Activity, due_on: date | None, own: Mapping[int, date | None], *, by: Any) -> int:
    """Another last day for a task and for its deliverables (by id), also after it was handed out.

    Whoever still owes it has the new day and is told; what is filed keeps the day it was filed under. An extension
    that ends before the new day has served its purpose, and a form stays open at least until then.
    Returns: for how many assignments the day changed.
    """
    Activity.objects.filter(pk=activity.pk).update(due_on=due_on)
    activity.due_on = due_on
    changed = 0
    for row in activity.deliverables.all():
        row.due_on = own.get(row.pk, row.due_on)
        row.save(update_fields=["due_on"])
        day = row.due_on or due_on
        if day:
            owed = Assignment.objects.filter(deliverable=row, state__in=OWED).exclude(due_at=clock.end_of(day))
            changed += move_deadline(owed, day, by=by, what=row.title, url=activity.get_absolute_url())
    return changed


def move_deadline(owed: Any, day: date, *, by: Any, what: str, url: str) -> int:
    """A new deadline for these assignments, a line in the log of each, one message to each unit's people."""
    rows, at = list(owed), clock.end_of(day)
    if not rows:
        return 0
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
        due_at=at,
        grace_until=Case(When(grace_until__gte=at, then=F("grace_until")), default=None),
        extended_until=Case(When(extended_until__gte=at, then=F("extended_until")), default=None),
        locked_at=Case(When(locked_at__lt=at, then=Value(at)), default=F("locked_at")),
    )
    note = in_site_language(gettext_noop("New last day: %(day)s"), day=partial(date_format, day))
    deputy_of = rows[0].acting_for(by, OFFICE_ROLES)
    Assignment.log_all([(row.pk, row.state) for row in rows], None, by=by, note=note, acting_for=deputy_of)
    notify(
        User.objects.speaking_for({row.unit_id for row in rows}, *UNIT_ROLES),
        gettext_noop("New last day of “%(what)s”: %(day)s."),
        key=f"day-{rows[0].pk}-{timezone.now():%Y%m%d%H%M%S}",
        url=url,
        what=what,
        day=day.isoformat(),
    )
    return len(rows)

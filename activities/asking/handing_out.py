"""Handing out: what a notice makes each unit owe, and by when; in batches, so that a killed worker loses nothing."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.unit_names import remember_printed
from activities.adopting.changes import note_later
from activities.asking.closing import close_assignments, key_of_issue
from activities.burden.asked import Asked, LastDay
from activities.burden.weight import keep
from activities.models import (
    Appearance,
    Assignment,
    Deliverable,
    GroupParticipation,
    HandOut,
    Part,
    Participation,
)
from activities.states import Kind
from campaigns import way
from campaigns.models import Notice, NoticeKind, NoticePaper
from campaigns.register import enter
from campaigns.states import IN_FORCE, CampaignState, NoticeState
from workflow import clock
from workflow.models import JobState
from workflow.once import put_once
from workflow.site_language import in_site_language
from workflow.telling import notify

BATCH = 500
"""Units in one transaction of a hand-out."""

SIGN_FOR_IT = gettext_noop("New notice: %(title)s. Please sign for it.")
READ_IT = gettext_noop("New notice: %(title)s.")
CARRY_IT_OUT = gettext_noop("A notice from above: %(title)s. One press makes your own campaign of it.")
COPY_OF_IT = gettext_noop("A copy of a notice for your information: %(title)s.")

RESPONSIBLE = (Part.LEAD, Part.UNDERTAKE)
WITH_ACTIVITIES = (NoticeKind.NOTICE, NoticeKind.PLAN)
"""Kinds of notice that carry the campaign's activities."""
EVERYBODY_OWES: dict[NoticeKind, tuple[Kind, ...]] = {
    NoticeKind.NOTICE: (Kind.RECEIPT, Kind.LIAISON, Kind.SUMMARY),
    NoticeKind.PLAN: (Kind.RECEIPT, Kind.LIAISON, Kind.SUMMARY),
    NoticeKind.SUPPLEMENT: (Kind.RECEIPT,),
    NoticeKind.CORRECTION: (Kind.RECEIPT,),
    NoticeKind.LETTER: (Kind.RECEIPT,),
    NoticeKind.BULLETIN: (),
    NoticeKind.CIRCULAR: (Kind.RECEIPT,),
}
"""What a notice of each kind makes every addressee owe."""


@dataclass(frozen=True)
class Debt:
    """What one unit owes, by the ids of what it is about."""

    unit: int
    kind: Kind
    activity: int | None = None
    demand: int | None = None
    deliverable: int | None = None
    appearance: int | None = None
    due_on: date | None = None
    """The day of its own, where the notice names one."""


@dataclass(frozen=True)
class DueDates:
    """The last day for each kind, and for each demand by its id; the deadline is 24:00 of it, or its hour."""

    receipt: date
    liaison: date
    plan: date
    summary: date
    others: Mapping[int, date] = field(default_factory=dict)
    hours: Mapping[str, time] = field(default_factory=dict)
    """Of a kind by its name, of a demand as ``demand_12``."""

    def of(self, debt: Debt) -> date:
        """The last day of a debt."""
        if debt.demand is not None:
            return self.others.get(debt.demand) or debt.due_on or self.summary
        if debt.due_on is not None:
            return debt.due_on
        day: date = getattr(self, debt.kind, self.summary)
        return day

    def at(self, debt: Debt) -> datetime:
        """The moment by which a debt is to be settled; a day that the list of activities names itself has no hour."""
        if debt.demand is not None:
            hour = self.hours.get(f"demand_{debt.demand}")
        else:
            hour = self.hours.get(str(debt.kind)) if debt.due_on is None else None
        return clock.moment_of(self.of(debt), hour)

    def as_json(self) -> dict[str, Any]:
        """For the hand-out's row."""
        days = {name: getattr(self, name).isoformat() for name in ("receipt", "liaison", "plan", "summary")}
        hours = {name: hour.isoformat() for name, hour in self.hours.items()}
        return {**days, "others": {str(pk): day.isoformat() for pk, day in self.others.items()}, "hours": hours}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DueDates":
        """What :meth:`as_json` wrote."""
        days = {name: date.fromisoformat(data[name]) for name in ("receipt", "liaison", "plan", "summary")}
        hours = {name: time.fromisoformat(hour) for name, hour in data.get("hours", {}).items()}
        others = {int(pk): date.fromisoformat(day) for pk, day in data["others"].items()}
        return cls(**days, others=others, hours=hours)


def debts(notice: Notice, units: Collection[int], activity: int | None = None) -> Iterator[Debt]:
    """What these addressed units owe: by the kind of notice, its demands, plans, deliverables, rounds.

    An office that addresses itself, because it is responsible for tasks, owes these and nothing else.

    Arguments: the notice; ids of units; one activity, when only that is handed out.
    """
    if activity is None:
        others = [unit for unit in units if unit != notice.campaign.host_id]
        spared = set(notice.spared.values_list("unit", "kind"))
        for kind in EVERYBODY_OWES[NoticeKind(notice.kind)]:
            yield from (Debt(unit, kind) for unit in others if (unit, kind) not in spared)
        for demand in notice.demands.prefetch_related("units"):
            yield from (Debt(unit, Kind.OTHER, demand=demand.pk, due_on=demand.due_on) for unit in demand.of(others))
    if activity is not None or notice.kind in WITH_ACTIVITIES:
        yield from task_debts(notice, units, activity)


def asked_by(notice: Notice, days: Sequence[LastDay] = (), on: date | None = None) -> Asked:
    """All a notice is about to ask, for the burden check. Arguments: the notice; its last days; the day of issue."""
    units = list(notice.addressees.values_list("pk", flat=True))
    return Asked(notice, list(debts(notice, units)), days, on or clock.today())


def task_debts(notice: Notice, units: Collection[int], activity: int | None) -> Iterator[Debt]:
    """Deliverables of each task; a plan for each other activity a unit leads; material for each round."""
    chosen = Q(activity__campaign=notice.campaign_id) if activity is None else Q(activity=activity)
    asked: dict[int, list[tuple[int, date | None]]] = {}
    unplanned = set()
    for owner, pk, day, beside in Deliverable.objects.filter(chosen).values_list(
        "activity", "pk", "due_on", "beside_plan"
    ):
        asked.setdefault(owner, []).append((pk, day))
        unplanned |= set() if beside else {owner}
    for unit, owner, day in led(chosen, units, through_groups=not notice.is_sent):
        for pk, own_day in asked.get(owner, ()):
            yield Debt(unit, Kind.DELIVERABLE, owner, deliverable=pk, due_on=own_day or day)
        if owner not in unplanned:
            yield Debt(unit, Kind.PLAN, owner)
    invited = Appearance.objects.filter(
        Q(round__activity__campaign=notice.campaign_id) if activity is None else Q(round__activity=activity),
        unit__in=units,
    )
    for pk, unit, owner, by, on in invited.values_list(
        "pk", "unit", "round__activity", "round__prepare_by", "round__on"
    ):
        yield Debt(unit, Kind.ROUND, owner, appearance=pk, due_on=by or on)


def led(chosen: Q, units: Collection[int], *, through_groups: bool) -> list[tuple[int, int, date | None]]:
    """Which of these units answers for which activity, and by when.

    Arguments: which activities; ids of units; whether to count who would take part through a group, which is so until
    the issue: from then on everybody takes part by name.
    """
    named = Participation.objects.filter(chosen, part__in=RESPONSIBLE, unit__in=units)
    found = list(named.order_by("activity__order", "pk").values_list("unit", "activity", "activity__due_on").distinct())
    if through_groups:
        grouped = GroupParticipation.objects.filter(chosen, part__in=RESPONSIBLE, group__units__in=units)
        found += grouped.values_list("group__units", "activity", "activity__due_on")
    return list(dict.fromkeys(found))


@transaction.atomic
def begin(notice: Notice, *, by: Any) -> NoticePaper:
    """What must happen in one moment: the notice is issued, and who takes part through a group is fixed.

    Returns: the paper, still to be set. Raises: MoveRefused.
    """
    way.issue(notice, by=by)
    if notice.campaign.state == CampaignState.PLANNED:
        notice.campaign.move(CampaignState.UNDER_WAY, by=by)
    if notice.about and notice.about.state == NoticeState.SUPERSEDED:
        reason = in_site_language(gettext_noop("Superseded by %(number)s"), number=notice.number)
        acting_for = notice.acting_for(by, OFFICE_ROLES)
        close_assignments(notice.about, by=by, reason=reason, acting_for=acting_for, successor=notice)
    note_later(notice)
    enter(notice.campaign)
    fix_groups(notice)
    remember_printed(named_in(notice))
    keep(asked_by(notice))
    return NoticePaper.objects.create(notice=notice)


def named_in(notice: Notice) -> "QuerySet[Unit]":
    """The units whose names stand in the notice: to whom it goes, who gets a copy, who takes part."""
    parts = Participation.objects.filter(activity__campaign=notice.campaign_id).values("unit")
    to = (Q(pk__in=notice.addressees.values("pk")), Q(pk__in=notice.copy_to.values("pk")), Q(pk__in=parts))
    return Unit.objects.filter(to[0] | to[1] | to[2])


@transaction.atomic
def begin_at_its_hour(row: HandOut) -> NoticePaper | None:
    """The hour of a hand-out has come: issue its notice.

    Returns: the paper, still to be set; None when the hour was cancelled or the notice withdrawn meanwhile.
    Raises: MoveRefused.
    """
    way.hold(row.notice)
    if not HandOut.objects.filter(pk=row.pk, state=JobState.QUEUED).exists():
        return None
    return begin(row.notice, by=row.by)


def fix_groups(notice: Notice, activity: int | None = None) -> None:
    """Every addressed unit of a group takes the group's part by name from now on."""
    rows = GroupParticipation.objects.filter(activity__campaign=notice.campaign_id)
    addressed = set(notice.addressees.values_list("pk", flat=True))
    for row in rows if activity is None else rows.filter(activity=activity):
        units = row.group.units.live().filter(pk__in=addressed).values_list("pk", flat=True)
        parts = (
            Participation(activity_id=row.activity_id, unit_id=unit, part=row.part, group_id=row.group_id)
            for unit in units
        )
        put_once(Participation, parts, "activity", "unit", "part", batch_size=BATCH)


def hand_out(row: HandOut) -> dict[str, Any]:
    """Assignments and messages for every unit concerned, batch by batch; what is there already stays as it is.

    It stops where it is when the notice is withdrawn or superseded meanwhile.
    Arguments: the hand-out, already claimed by its worker. Returns: the fields to write when it is ready.
    """
    notice = row.notice
    due = DueDates.from_json(row.due)
    units = [row.unit_id] if row.unit_id else list(notice.addressees.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(units), BATCH):
        batch = units[start : start + BATCH]
        with transaction.atomic():
            if not holds(notice):
                return {"reason": _("The notice is no longer in force.")}
            wanted = [assignment(notice, debt, due) for debt in debts(notice, batch, row.activity_id)]
            Assignment.objects.bulk_create(not_there_yet(notice, batch, wanted), batch_size=2000)
            tell(row, {each.unit_id for each in wanted} if row.activity_id else batch)
        row.step(start + len(batch), len(units))
    tell_of_copy(row)
    tell_offices(row, units)
    return {}


def not_there_yet(notice: Notice, units: list[int], wanted: Iterable[Assignment]) -> list[Assignment]:
    """Those that nobody owes yet; the notice is locked, so nobody hands out the same meanwhile."""
    there = Assignment.objects.required().filter(unit__in=units, campaign=notice.campaign_id)
    known = {once(row) for row in there}
    found: dict[Hashable, Assignment] = {}
    for row in wanted:
        if once(row) not in known:
            found.setdefault(once(row), row)
    return list(found.values())


def once(row: Assignment) -> Hashable:
    """What there is once of it, as the constraints of the table say."""
    for name in ("demand_id", "deliverable_id", "appearance_id"):
        if getattr(row, name):
            return name, row.unit_id, getattr(row, name)
    return row.notice_id, row.unit_id, str(row.kind), row.activity_id, row.slip_id, row.question_id


def holds(notice: Notice) -> bool:
    """Whether the notice is in force; whoever withdraws or supersedes it now waits until this transaction ends."""
    stands = Notice.objects.select_for_update().values_list("state", flat=True).get(pk=notice.pk)
    return stands in IN_FORCE


def assignment(notice: Notice, debt: Debt, due: DueDates) -> Assignment:
    """The row of one debt, not saved yet."""
    return Assignment(
        notice=notice,
        campaign_id=notice.campaign_id,
        unit_id=debt.unit,
        kind=debt.kind,
        activity_id=debt.activity,
        demand_id=debt.demand,
        deliverable_id=debt.deliverable,
        appearance_id=debt.appearance,
        due_at=due.at(debt),
    )


def tell(row: HandOut, units: Collection[int]) -> None:
    """One message to each liaison officer and head of these units; nobody hears of one thing twice."""
    if row.activity is None:
        asks = Kind.RECEIPT in EVERYBODY_OWES[NoticeKind(row.notice.kind)]
        tell_of_notice(row.notice, units, SIGN_FOR_IT if asks else READ_IT)
    else:
        notify(
            User.objects.speaking_for(units, *UNIT_ROLES),
            gettext_noop("New task: %(title)s."),
            key=f"task-{row.activity_id}",
            url=row.activity.get_absolute_url(),
            title=row.activity.title,
        )


def tell_of_notice(notice: Notice, units: Collection[int], message: str) -> None:
    """Tell the people of these units that a notice was issued."""
    people = User.objects.speaking_for(units, *UNIT_ROLES)
    notify(people, message, key=key_of_issue(notice), url=notice.get_absolute_url(), title=notice.title)


def tell_offices(row: HandOut, units: Collection[int]) -> None:
    """Tell the people of those units that are offices themselves that they can carry the notice out."""
    notice = row.notice
    if row.activity is not None or notice.kind not in WITH_ACTIVITIES:
        return
    others = [unit for unit in units if unit != notice.campaign.host_id]
    notify(
        User.objects.speaking_for(others, *OFFICE_ROLES),
        CARRY_IT_OUT,
        key=f"received-{notice.pk}",
        url=reverse("activities:carry-out", args=[notice.pk]),
        title=notice.title,
    )


def tell_of_copy(row: HandOut) -> None:
    """Units that get a copy owe nothing and are told once; who is addressed as well has been told already."""
    copied = list(row.notice.copy_to.values_list("pk", flat=True))
    if copied and row.activity is None and row.unit is None:
        tell_of_notice(row.notice, copied, COPY_OF_IT)

"""Every last day a notice sets, in one list: those given at the issue, and those the notice names itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from activities.asking.handing_out import EVERYBODY_OWES, RESPONSIBLE, WITH_ACTIVITIES, DueDates
from activities.models import Activity, Deliverable, Round
from activities.states import Kind
from campaigns.models import Notice, NoticeKind


@dataclass(frozen=True)
class Deadline:
    """One last day: of what, whether it is set at the issue, and whether it is the day of an event."""

    code: str
    what: str
    day: date
    set_here: bool = False
    event: bool = False


def deadlines(notice: Notice, due: DueDates | None = None) -> list[Deadline]:
    """The last days of a notice, those set at the issue first.

    Arguments: the notice; the days set on the issue page, or None where nobody has set any yet.
    """
    return [*(set_here(notice, due) if due else ()), *named(notice)]


def set_here(notice: Notice, due: DueDates) -> Iterator[Deadline]:
    """Days of the issue page: one for each kind that is owed, and for each demand."""
    for name in kinds_set(notice):
        yield Deadline(f"set:{name}", str(Kind(name).label), getattr(due, name), set_here=True)
    for demand in notice.demands.all():
        if demand.pk in due.others:
            yield Deadline(f"demand:{demand.pk}", demand.title, due.others[demand.pk], set_here=True)


def kinds_set(notice: Notice) -> list[str]:
    """The kinds for which the issue page asks a day: what this kind of notice makes somebody owe."""
    nobody = kinds_of_nobody(notice)
    kinds = [str(kind) for kind in EVERYBODY_OWES[NoticeKind(notice.kind)] if str(kind) not in nobody]
    if notice.kind in WITH_ACTIVITIES and plans(notice).exists():
        kinds.append(str(Kind.PLAN))
    order = ("receipt", "liaison", "plan", "summary")
    return sorted(kinds, key=order.index)


def kinds_of_nobody(notice: Notice) -> set[str]:
    """Usual filings of which every addressee is spared."""
    spared = Counter(notice.spared.filter(unit__notices=notice).values_list("kind", flat=True))
    asked = notice.addressees.exclude(pk=notice.campaign.host_id).count() if spared else 0
    return {kind for kind, number in spared.items() if number >= asked}


def named(notice: Notice) -> Iterator[Deadline]:
    """Days the list of activities names itself: of tasks, of deliverables, of what is prepared for a round."""
    if notice.kind not in WITH_ACTIVITIES:
        return
    for activity in Activity.objects.filter(campaign=notice.campaign_id).exclude(due_on=None):
        yield Deadline(f"activity:{activity.pk}", activity.title, activity.due_on)  # type: ignore[arg-type]
    dated = Deliverable.objects.filter(activity__campaign=notice.campaign_id).exclude(due_on=None)
    for asked in dated.select_related("activity"):
        yield Deadline(f"deliverable:{asked.pk}", asked.in_full, asked.due_on)  # type: ignore[arg-type]
    invited = Round.objects.filter(activity__campaign=notice.campaign_id, appearances__isnull=False).distinct()
    for each in invited.select_related("activity"):
        day = each.prepare_by or each.on
        yield Deadline(f"round:{each.pk}", f"{each.activity}：{each}", day, event=each.prepare_by is None)


def plans(notice: Notice) -> Any:
    """Activities for which somebody owes a plan: those a unit answers for and no deliverables stand for."""
    answered = Q(participations__part__in=RESPONSIBLE) | Q(group_participations__part__in=RESPONSIBLE)
    instead = Deliverable.objects.filter(activity__campaign=notice.campaign_id, beside_plan=False)
    rows = Activity.objects.filter(answered, campaign=notice.campaign_id).exclude(pk__in=instead.values("activity"))
    return rows.distinct().order_by("order")


def said(deadline: Deadline) -> str:
    """How a message names a deadline."""
    return f"“{deadline.what}”"

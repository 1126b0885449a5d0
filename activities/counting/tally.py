"""The tally: what all units together have reported of each deliverable. Two queries whatever the size."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from activities.models import Activity, Assignment, Comparator, Deliverable, Entry, Share
from activities.models.entry import asked_of
from activities.states import FILED, AssignmentState, Kind
from campaigns.models import Campaign

NOT_ASKED = (AssignmentState.WAIVED, AssignmentState.CLOSED)


@dataclass(frozen=True)
class DeliverableTally:
    """One deliverable over all units that owe it; what is not applicable or no longer asked is left out."""

    pk: int
    title: str
    target: int | None
    measure: str
    comparator: str
    share: str
    units: int = 0
    reporting: int = 0
    """Units that reported anything."""
    done: int = 0
    """Units that filed, whether they reached the target or said that this is all."""
    short: int = 0
    """Units that filed less (or more, where that is not asked) than their target."""
    reported: int = 0

    @property
    def comparison(self) -> str:
        return str(Comparator(self.comparator).label)

    @property
    def is_shared(self) -> bool:
        return self.share == Share.TOGETHER

    @property
    def wanted(self) -> int | None:
        """What all units together are asked for; None where nothing is counted."""
        if self.target is None:
            return None
        return self.target if self.is_shared else self.target * self.units

    @property
    def missing(self) -> int:
        """Units that have not filed."""
        return self.units - self.done

    @property
    def per_cent(self) -> int:
        """Reported of wanted, or units done of units, in whole per cent, rounded down, at most 100."""
        part, whole = (self.done, self.units) if self.wanted is None else (self.reported, self.wanted)
        return min(100, part * 100 // whole) if whole else 0


@dataclass(frozen=True)
class TaskTally:
    """One task with its deliverables."""

    pk: int
    number: str
    title: str
    deliverables: tuple[DeliverableTally, ...]


@dataclass(frozen=True)
class UnitCount:
    """What one unit reported of one deliverable."""

    assignment: Assignment
    reported: int
    is_bare: bool = False
    """Some of it was reported without a photo and without a link: where to look first."""

    @property
    def is_short(self) -> bool:
        """Filed, but not what is asked of each unit."""
        asked = asked_of(self.assignment)
        if asked.target is None or asked.share == Share.TOGETHER or not self.assignment.is_filed:
            return False
        return not fits(self.reported, asked.target, asked.comparator)


@dataclass(frozen=True)
class UnitTally:
    """One unit with what it reported of each deliverable of a task; None where it does not owe one."""

    name: str
    counts: tuple[UnitCount | None, ...] = field(default_factory=tuple)


def fits(reported: int, target: int, comparator: str) -> bool:
    """Whether a count is what the comparator asks for."""
    if comparator == Comparator.AT_LEAST:
        return reported >= target
    return reported <= target if comparator == Comparator.AT_MOST else reported == target


def with_reported(rows: Any) -> Any:
    """Assignments annotated with ``reported``, the sum of what is counted."""
    counted = Entry.objects.counted().filter(assignment=OuterRef("pk")).order_by()
    sums = counted.values("assignment").annotate(sum=Sum("count")).values("sum")
    return rows.annotate(reported=Coalesce(Subquery(sums), 0))


def campaign_tally(campaign: Campaign, activity: Activity | None = None) -> list[TaskTally]:
    """Every task that asks for something to be counted, in the order of the notice: two queries.

    Arguments: the campaign; one of its tasks, when only that is wanted.
    """
    asked = Deliverable.objects.filter(activity__campaign=campaign).select_related("activity")
    owed = Assignment.objects.filter(campaign=campaign, kind=Kind.DELIVERABLE).exclude(state__in=NOT_ASKED)
    if activity is not None:
        asked, owed = asked.filter(activity=activity), owed.filter(activity=activity)
    sums = {row.pop("deliverable"): row for row in summed(owed)}
    tasks: dict[Activity, list[DeliverableTally]] = {}
    for row in asked:
        tasks.setdefault(row.activity, []).append(tally_of(row, sums.get(row.pk, {})))
    return [TaskTally(task.pk, task.number, task.title, tuple(found)) for task, found in tasks.items()]


def summed(owed: Any) -> Any:
    """The numbers of each deliverable, from its assignments."""
    filed, asked = Q(state__in=FILED), F("deliverable__target")
    comparator, target = "deliverable__comparator", Q(deliverable__share=Share.EACH, deliverable__target__isnull=False)
    fewer = ~Q(**{comparator: Comparator.AT_MOST}) & Q(reported__lt=asked)
    more = ~Q(**{comparator: Comparator.AT_LEAST}) & Q(reported__gt=asked)
    return (
        with_reported(owed)
        .order_by()
        .values("deliverable")
        .annotate(
            units=Count("pk"),
            reporting=Count("pk", filter=Q(reported__gt=0)),
            done=Count("pk", filter=filed),
            short=Count("pk", filter=filed & target & (fewer | more)),
            total=Sum("reported"),
        )
    )


def tally_of(row: Deliverable, sums: dict[str, int]) -> DeliverableTally:
    """One deliverable with its sums."""
    numbers = {name: sums.get(name) or 0 for name in ("units", "reporting", "done", "short")}
    return DeliverableTally(
        pk=row.pk,
        title=row.title,
        target=row.target,
        measure=row.measure,
        comparator=row.comparator,
        share=row.share,
        reported=sums.get("total") or 0,
        **numbers,
    )


def unit_tallies(activity: Activity, units: Collection[tuple[int, str]]) -> list[UnitTally]:
    """What each of these units reported of each deliverable of a task: two queries.

    Arguments: the task; units as (id, name), in the order of the page.
    """
    asked = list(activity.deliverables.all())
    rows = Assignment.objects.filter(activity=activity, kind=Kind.DELIVERABLE, unit__in=[pk for pk, _name in units])
    bare = Entry.objects.counted().filter(assignment=OuterRef("pk"), link="", photos=None)
    found = {
        (row.unit_id, row.deliverable_id): UnitCount(row, row.reported, row.bare)
        for row in with_reported(rows.select_related("deliverable")).annotate(bare=Exists(bare))
    }
    return [UnitTally(name, tuple(found.get((pk, each.pk)) for each in asked)) for pk, name in units]

"""What the record says of each unit, criterion by criterion, as exact fractions: so many of so many."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from accounts.models import Unit
from activities.counting.tally import NOT_ASKED, fits, with_reported
from activities.models import Assignment, Petition, Share
from activities.models.entry import asked_of
from activities.states import CAME_IN, FILED, AssignmentState, Kind, PetitionKind, PetitionState, Standing
from campaigns.models import Campaign
from reports.models import Measure
from workflow.models import Transition


class Part(NamedTuple):
    """So many of so many; of nothing where the criterion does not concern the unit."""

    part: int
    whole: int


Parts = dict[int, Part]
"""By unit."""
IN_TIME = (Standing.ON_TIME, Standing.EXTENDED)
JUDGED = (AssignmentState.ACCEPTED, AssignmentState.RETURNED)
NOT_YET = (Standing.WAIVED, Standing.CLOSED, Standing.DUE)
"""What says nothing about a unit: not asked of it, or not due yet."""


def record(campaign: Campaign, unit: Unit | None = None) -> dict[str, Parts]:
    """Of each measure the part of each unit, or of one: five queries, whatever the campaign's size."""
    mine: dict[str, Any] = {"campaign": campaign} | ({"unit": unit} if unit else {})
    rows = list(Assignment.objects.required().filter(**mine))
    owed = [(row.unit_id, row.kind, row.standing) for row in rows]
    owed = [row for row in owed if row[2] not in NOT_YET]

    def share(standings: Iterable[str], *kinds: str) -> Parts:
        chosen = [(unit, stands) for unit, kind, stands in owed if not kinds or kind in kinds]
        return counted((unit, stands in standings) for unit, stands in chosen)

    return {
        Measure.FILED: share(CAME_IN),
        Measure.IN_TIME: share(IN_TIME),
        Measure.PLANS: share(IN_TIME, Kind.PLAN),
        Measure.SUMMARY: share(IN_TIME, Kind.SUMMARY),
        Measure.RIGHT_AT_ONCE: right_at_once(rows, mine),
        Measure.TASKS: tasks_reached(mine),
    }


def counted(rows: Iterable[tuple[int, bool]]) -> Parts:
    """How many of each unit's rows are so."""
    found: dict[int, list[bool]] = defaultdict(list)
    for unit, is_so in rows:
        found[unit].append(is_so)
    return {unit: Part(sum(each), len(each)) for unit, each in found.items()}


def right_at_once(rows: list[Assignment], mine: dict[str, Any]) -> Parts:
    """Of what is accepted or waits to be corrected: what the office never returned of its own accord.

    What it returned because the unit asked for that is no fault; while that is being corrected it says nothing.
    """
    kind = ContentType.objects.get_for_model(Assignment)
    of_these = Assignment.objects.filter(state__in=JUDGED, **mine).values("pk")
    log = Transition.objects.filter(content_type=kind, to_state=AssignmentState.RETURNED, object_id__in=of_these)
    returned = Counter(log.values_list("object_id", flat=True))
    wished = Petition.objects.filter(kind=PetitionKind.RETURN, state=PetitionState.GRANTED, assignment__in=of_these)
    returned.subtract(wished.values_list("assignment", flat=True))
    judged = [row for row in rows if row.state == AssignmentState.ACCEPTED or returned[row.pk] > 0]
    return counted((row.unit_id, returned[row.pk] <= 0) for row in judged if row.state in JUDGED)


def tasks_reached(mine: dict[str, Any]) -> Parts:
    """Of what is asked in numbers of each unit: what it reached. What all units owe together is nobody's alone."""
    asked = Assignment.objects.filter(kind=Kind.DELIVERABLE, **mine).exclude(state__in=NOT_ASKED)
    alone = asked.exclude(deliverable__share=Share.TOGETHER).select_related("deliverable")
    return counted((row.unit_id, is_reached(row, row.reported)) for row in with_reported(alone))


def is_reached(row: Assignment, reported: int) -> bool:
    """Whether a unit filed, and reached its target where something is counted."""
    asked = asked_of(row)
    return row.state in FILED and (asked.target is None or fits(reported, asked.target, asked.comparator))

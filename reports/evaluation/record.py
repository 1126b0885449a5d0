"""What the record says of each unit, criterion by criterion, as exact fractions: so many of so many."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from activities.counting.tally import NOT_ASKED, fits, with_reported
from activities.models import Assignment, Share
from activities.models.entry import asked_of
from activities.states import CAME_IN, FILED, AssignmentState, Kind, Standing
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


def record(campaign: Campaign) -> dict[str, Parts]:
    """Of each measure the part of each unit: four queries, whatever the campaign's size."""
    rows = list(Assignment.objects.required().filter(campaign=campaign))
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
        Measure.RIGHT_AT_ONCE: right_at_once(campaign, rows),
        Measure.TASKS: tasks_reached(campaign),
    }


def counted(rows: Iterable[tuple[int, bool]]) -> Parts:
    """How many of each unit's rows are so."""
    found: dict[int, list[bool]] = defaultdict(list)
    for unit, is_so in rows:
        found[unit].append(is_so)
    return {unit: Part(sum(each), len(each)) for unit, each in found.items()}


def right_at_once(campaign: Campaign, rows: list[Assignment]) -> Parts:
    """Of what is accepted or waits to be corrected: what the office never returned."""
    judged = [row for row in rows if row.state in JUDGED]
    kind = ContentType.objects.get_for_model(Assignment)
    log = Transition.objects.filter(content_type=kind, to_state=AssignmentState.RETURNED)
    of_these = Assignment.objects.filter(campaign=campaign, state__in=JUDGED).values("pk")
    returned = set(log.filter(object_id__in=of_these).values_list("object_id", flat=True))
    return counted((row.unit_id, row.pk not in returned) for row in judged)


def tasks_reached(campaign: Campaign) -> Parts:
    """Of what is asked in numbers of each unit: what it reached. What all units owe together is nobody's alone."""
    asked = Assignment.objects.filter(campaign=campaign, kind=Kind.DELIVERABLE).exclude(state__in=NOT_ASKED)
    alone = asked.exclude(deliverable__share=Share.TOGETHER).select_related("deliverable")
    return counted((row.unit_id, is_reached(row, row.reported)) for row in with_reported(alone))


def is_reached(row: Assignment, reported: int) -> bool:
    """Whether a unit filed, and reached its target where something is counted."""
    asked = asked_of(row)
    return row.state in FILED and (asked.target is None or fits(reported, asked.target, asked.comparator))

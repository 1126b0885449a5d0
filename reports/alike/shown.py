"""What the office sees of passages that two units share. Loaded by web processes: nothing here compares."""

from collections import defaultdict

from activities.states import FILED
from reports.models import SharedPassage, Summary


def shown_of(summary: Summary) -> list[SharedPassage]:
    """What a summary shares with those of other units as they are filed now, seen from this one.

    Returns: rows whose ``summary`` is this one, the nearest first; of summaries that were withdrawn or filed anew
    nothing.
    """
    here = SharedPassage.objects.filter(summary=summary).select_related("other__assignment__unit")
    there = SharedPassage.objects.filter(other=summary).select_related("summary__assignment__unit")
    rows = [*here, *(turned(each) for each in there)]
    current = newest_of({each.other.assignment_id for each in rows})
    return sorted((each for each in rows if each.other_id in current), key=lambda each: (-each.percent, each.pk))


def turned(row: SharedPassage) -> SharedPassage:
    """The same pair seen from the other side, not saved."""
    return SharedPassage(
        pk=row.pk, summary=row.other, heading=row.other_heading, text=row.other_text, percent=row.percent,
        other=row.summary, other_heading=row.heading, other_text=row.text,
    )  # fmt: skip


def newest_of(assignments: set[int]) -> set[int]:
    """The summaries that stand filed for these assignments now."""
    newest: dict[int, int] = defaultdict(int)
    rows = Summary.objects.filter(assignment__in=assignments, assignment__state__in=FILED, submitted_at__isnull=False)
    for assignment, pk in rows.order_by("version").values_list("assignment", "pk"):
        newest[assignment] = pk
    return set(newest.values())

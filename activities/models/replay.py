"""How assignments stood at a moment, read off the log line by line, and the ledger made anew from it.

Slow and obvious: what :class:`DayCount` adds up is held against this every night.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from activities.models.counting import BATCH, TERMS, Stands
from activities.models.day_count import TermsBefore
from activities.models.listed import BEGUN, OPEN_YET
from activities.states import FILED, AssignmentState, Standing
from workflow.models import Transition

State, Moment = AssignmentState, tuple[datetime, int, Any]


@dataclass
class Story:
    """One assignment, and what happened to it, the oldest first."""

    row: Any
    lines: list[tuple[str, str, datetime]] = field(default_factory=list)
    changes: list[tuple[datetime, tuple[Any, ...]]] = field(default_factory=list)
    """When its days were changed, and what they were until then."""

    def at(self, moment: datetime) -> Any:
        """The row as it stood at a moment: state, date of filing, unit and days of then."""
        row = self.row
        for name, value in zip(TERMS, self.terms_at(moment), strict=True):
            setattr(row, name, value)
        row.state, row.submitted_at = State.OPEN, None
        for before, after, at in self.lines:
            if at <= moment and before != after:
                step(row, after, at)
        return row

    def terms_at(self, moment: datetime) -> tuple[Any, ...]:
        """Unit and days as they were at a moment."""
        return next((terms for at, terms in self.changes if at > moment), self.now)

    def __post_init__(self) -> None:
        self.now = tuple(getattr(self.row, name) for name in TERMS)

    def days(self) -> list[date]:
        """The days on which something happened to it."""
        moments = [self.row.made_at, *(at for _before, _after, at in self.lines), *(at for at, _terms in self.changes)]
        return sorted({timezone.localdate(each) for each in moments})


def step(row: Any, to: str, at: datetime) -> None:
    """One line of the log: a first filing fixes the date, giving it up loses it."""
    row.state = to
    if to in FILED:
        row.submitted_at = row.submitted_at or at
    elif to == State.OPEN:
        row.submitted_at = None


def stands(row: Any) -> Stands:
    """What is counted of a row: in Python what the database keeps as ``share`` and ``last_at``."""
    share = f"{row.kind}:{row.state}:{settled(row)}:{int(row.volunteered)}"
    return Stands(row.campaign_id, row.unit_id, share, row.last_moment)


def settled(row: Any) -> str:
    """How a row stands as far as no clock has a say in it: in Python what ``standing_sql.settled`` says."""
    if row.state == State.WAIVED:
        return Standing.WAIVED.value
    if row.state == State.CLOSED:
        return Standing.CLOSED.value
    if row.is_filed:
        return str(row.filed_standing.value)
    if row.state == State.RETURNED:
        return Standing.RETURNED.value
    return BEGUN if row.volunteered else OPEN_YET


def stories(rows: Iterable[Any]) -> Iterator[Story]:
    """The story of each row, in their order; a few queries for every two thousand. Arguments: assignments."""
    found = list(rows)
    for start in range(0, len(found), BATCH):
        told = {row.pk: Story(row) for row in found[start : start + BATCH]}
        read_log(told)
        for pk, at, *terms in TermsBefore.objects.filter(assignment__in=told).values_list("assignment", "at", *TERMS):
            told[pk].changes.append((at, tuple(terms)))
        yield from told.values()


def read_log(told: dict[int, Story]) -> None:
    """The lines of the log of each."""
    if not told:
        return
    kind = ContentType.objects.get_for_model(type(next(iter(told.values())).row))
    lines = Transition.objects.filter(content_type=kind, object_id__in=told).order_by("pk")
    for pk, before, after, at in lines.values_list("object_id", "from_state", "to_state", "at").iterator():
        told[pk].lines.append((before, after, at))


def as_they_stood(rows: Any, at: datetime) -> list[Any]:
    """Rows as they stood at a moment; what was not asked for yet is not among them.

    Arguments: a queryset of assignments; the moment.
    """
    return [story.at(at) for story in stories(rows.filter(made_at__lte=at))]


def recounted(rows: Iterable[Any], end_of: Any) -> dict[date, Counter[Stands]]:
    """The lines of the ledger as they follow from the log: by day, what came and went of each standing.

    Arguments: the assignments; what gives the end of a day.
    """
    found: dict[date, Counter[Stands]] = {}
    for story in stories(rows):
        before: Stands | None = None
        for day in story.days():
            now = stands(story.at(end_of(day)))
            if now != before:
                counts = found.setdefault(day, Counter())
                counts[now] += 1
                counts.subtract([before] if before else [])
            before = now
    return found

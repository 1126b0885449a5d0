"""Rows behind the figures of an evening: who came in since another one, who fell overdue, what is overdue longest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from activities.models import Assignment, TermsBefore
from activities.models.reminder import reminded
from activities.models.replay import as_they_stood, stories
from activities.models.standing_sql import overdue
from activities.states import CAME_IN, AssignmentState, Standing
from reports.figures import CampaignFigures
from reports.past import below, figures_of, moved
from reports.scope import Scope
from workflow import clock
from workflow.models import Transition

SHOWN, LOOKED_AT, FEW = 30, 400, 5
"""So many rows stand on a page; so many are read to find them; so many of the longest overdue."""


@dataclass(frozen=True)
class Changed:
    """What is different between two evenings."""

    since: date
    before: CampaignFigures
    after: CampaignFigures
    figures: list[tuple[str, int, int]]
    """Each figure that moved: its name, what it was, what it is."""
    came: list[Any]
    fell: list[Any]


def changed(scope: Scope, since: date) -> Changed:
    """What changed since the evening of a day. Arguments: what is looked at, and as of when; the day before that."""
    before, after = figures_of(replace(scope, on=since)), figures_of(scope)
    touched = moved_rows(scope, since)
    filed = touched.filter(pk__in=lines(scope, since, AssignmentState.SUBMITTED)).order_by("-submitted_at", "-pk")
    ended = Q(last_at__gte=clock.end_of(since), last_at__lt=scope.at)
    fallen = rows_of(scope).filter(ended | Q(pk__in=touched.values("pk")) | changed_since(since))
    return Changed(
        since=since,
        before=before,
        after=after,
        figures=moved(before, after),
        came=crossed(filed, since, scope.at, came_in),
        fell=crossed(fallen.order_by("last_at", "pk"), since, scope.at, is_overdue),
    )


def rows_of(scope: Scope) -> Any:
    """The assignments of a scope that are owed or were."""
    rows = Assignment.objects.required().filter(campaign=scope.campaign)
    if scope.unit:
        rows = rows.filter(unit__in=[scope.unit] if scope.own else below(scope.unit))
    rows = rows.filter(unit__level=scope.level) if scope.level else rows
    rows = rows.filter(unit__in_groups=scope.group) if scope.group else rows
    return rows.filter(kind=scope.kind) if scope.kind else rows


def lines(scope: Scope, since: date, *to: str) -> Any:
    """What the log says between two evenings: which assignments moved."""
    kind = ContentType.objects.get_for_model(Assignment)
    rows = Transition.objects.filter(content_type=kind, at__gt=clock.end_of(since), at__lte=scope.at).order_by()
    return (rows.filter(to_state__in=to) if to else rows).values("object_id")


def moved_rows(scope: Scope, since: date) -> Any:
    """The assignments of which the log says something between two evenings."""
    return rows_of(scope).filter(pk__in=lines(scope, since))


def changed_since(day: date) -> Q:
    """Those that had other days on that evening."""
    return Q(pk__in=TermsBefore.objects.filter(at__gt=clock.end_of(day)).order_by().values("assignment"))


def came_in(row: Any, at: datetime) -> bool:
    """Whether something had come in at a moment."""
    with clock.as_of(at):
        return row.standing in CAME_IN


def is_overdue(row: Any, at: datetime) -> bool:
    """Whether something was overdue at a moment."""
    with clock.as_of(at):
        return bool(row.standing == Standing.OVERDUE)


def crossed(rows: Any, since: date, at: datetime, holds: Callable[[Any, datetime], bool]) -> list[Any]:
    """The first of the rows of which something holds at a moment that did not hold on an evening before it."""
    found = []
    for story in stories(rows.for_list()[:LOOKED_AT]):
        begun = story.row.made_at <= clock.end_of(since)
        if begun and holds(story.at(clock.end_of(since)), clock.end_of(since)):
            continue
        row = story.at(at)
        if story.row.made_at <= at and holds(row, at):
            found.append(row)
    return found[:SHOWN]


@dataclass(frozen=True)
class Longest:
    """Something overdue: since when, and how often and when last its unit was reminded."""

    row: Any
    days: int
    last: datetime | None
    times: int


def longest_overdue(scope: Scope, number: int = FEW) -> list[Longest]:
    """What is overdue longest at the moment of a scope, with the reminders until now."""
    rows = rows_of(scope)
    if scope.on is None:
        first = list(rows.filter(overdue(scope.at)).order_by("last_at", "pk").values_list("pk", flat=True)[:number])
        found = list(Assignment.objects.filter(pk__in=first).order_by("last_at", "pk").for_list())
    else:
        found = [row for row in possibly(rows, scope) if is_overdue(row, scope.at)][:number]
    asked = reminded(row.pk for row in found)
    return [
        Longest(row, (scope.day - clock.last_day(row.last_moment)).days, *asked.get(row.pk, (None, 0))) for row in found
    ]


def possibly(rows: Any, scope: Scope) -> Iterable[Any]:
    """What may have been overdue on a past evening, as it stood then, the longest first."""
    filed = Q(submitted_at__lte=scope.at, state__in=(AssignmentState.SUBMITTED, AssignmentState.ACCEPTED))
    due = rows.filter(Q(last_at__lt=scope.at) | changed_since(scope.day)).exclude(filed)
    some = list(due.order_by("last_at", "pk").values_list("pk", flat=True)[:LOOKED_AT])
    stood = as_they_stood(Assignment.objects.filter(pk__in=some).for_list(), scope.at)
    return sorted(stood, key=lambda row: (row.last_moment, row.pk))


def rows_that_stood(scope: Scope, standing: str) -> list[Any]:
    """The rows behind a figure, as they stood at the moment of a scope, in the official order.

    Arguments: the scope; a standing, ``filed`` for all that had come in, empty for everything.
    """
    wanted = {"filed": CAME_IN, "": tuple(Standing)}.get(standing) or (Standing(standing),)
    rows = rows_of(scope).order_by("unit__order", "unit", "pk").for_list()
    stood = list(rows) if scope.on is None else as_they_stood(rows, scope.at)
    with clock.as_of(scope.at):
        for row in stood:
            row.stood = row.standing
        return [row for row in stood if row.stood in wanted and in_period(row, scope)]


def in_period(row: Any, scope: Scope) -> bool:
    """Whether a row falls due in the period of a scope."""
    day = clock.last_day(row.last_moment)
    return (scope.first is None or scope.first <= day) and (scope.last is None or day <= scope.last)

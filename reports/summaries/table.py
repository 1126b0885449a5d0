"""Each activity of a unit in one row: what was planned, what was done, in figures, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Assignment, Entry, Photo
from documents.counts import so_many, thousands
from reports.summaries.prefill import Facts, facts

HEAD = (
    gettext_lazy("Activity"),
    gettext_lazy("As it was planned"),
    gettext_lazy("As it was done"),
    gettext_lazy("Figures"),
    gettext_lazy("Evidence"),
)
LONGEST = 120
"""Characters of what was done that a cell holds."""


@dataclass(frozen=True)
class Beside:
    """What is counted of one activity beside what was written of it."""

    figures: tuple[str, ...] = ()
    photos: int = 0


def activity_table(assignment: Assignment) -> list[list[str]]:
    """The rows of the table, in the language of the site: six queries.

    Arguments: the assignment of the summary. Returns: five cells a row, in the order of ``HEAD``; nothing of a unit
    that has filed nothing about an activity.
    """
    with translation.override(settings.LANGUAGE_CODE):
        counted = beside(assignment)
        titled = [each for each in facts(assignment) if each.title]
        rows = [row(each, counted.pop(each.title, Beside())) for each in titled]
        return rows + [[title, "", "", "；".join(rest.figures), photos(rest.photos)] for title, rest in counted.items()]


def beside(assignment: Assignment) -> dict[str, Beside]:
    """Counts reported and photos filed, by the title of the activity."""
    own = {
        "assignment__campaign": assignment.campaign_id,
        "assignment__unit": assignment.unit_id,
        "assignment__activity__isnull": False,
    }
    reported = Entry.objects.counted().filter(**own).order_by("assignment__activity", "assignment__deliverable")
    named = ("assignment__activity__title", "assignment__deliverable__title", "assignment__deliverable__measure")
    figures: dict[str, list[str]] = {}
    for title, what, measure, total in reported.values_list(*named).annotate(total=Sum("count")):
        figures.setdefault(title, []).append(f"{what}{thousands(total)}{measure}")
    filed = Photo.objects.filter(**own, assignment__submitted_at__isnull=False).order_by()
    shown = dict(filed.values_list("assignment__activity__title").annotate(number=Count("pk")))
    return {title: Beside(tuple(figures.get(title, ())), shown.get(title, 0)) for title in {**figures, **shown}}


def row(each: Facts, counted: Beside) -> list[str]:
    """One activity that was planned or reported."""
    return [
        each.title,
        "，".join(planned(each)),
        "，".join(done(each)),
        "；".join(counted.figures),
        "；".join(filter(None, (photos(counted.photos), *proof(each)))),
    ]


def planned(each: Facts) -> Iterator[str]:
    """Days, place and people of the plan."""
    if plan := each.plan:
        days = dict.fromkeys(date_format(day) for day in (plan.starts_on, plan.ends_on) if day)
        yield from filter(None, (" – ".join(days), plan.place))
        if number := plan.expected_participants:
            yield so_many("%(n)s person expected", "%(n)s people expected", number)


def done(each: Facts) -> Iterator[str]:
    """How far it went, and the beginning of what was said of it."""
    if report := each.progress:
        if report.percent is not None:
            yield _("%(percent)d%% done") % {"percent": report.percent}
        said = " ".join(report.narrative.split())
        yield said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def proof(each: Facts) -> Iterator[str]:
    """Reports of the media and typical cases."""
    if each.coverage:
        yield so_many("%(n)s media report", "%(n)s media reports", each.coverage)
    if each.cases:
        yield so_many("%(n)s typical case", "%(n)s typical cases", len(each.cases))


def photos(number: int) -> str:
    """How many photos there are; empty when there are none."""
    return so_many("%(n)s photo", "%(n)s photos", number) if number else ""

"""What a unit has filed in its campaign, as the beginning of its summary: nothing is asked a second time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import Assignment, Case, Coverage, Entry, Filing, Plan, Progress
from activities.states import AssignmentState
from campaigns.models import Indicator
from documents.counts import so_many
from reports.models import Figure
from reports.models.summary import LONGEST

MOST = 40
"""Activities of one unit that are named."""


@dataclass
class Facts:
    """What the unit has filed about one activity."""

    title: str
    plan: Plan | None = None
    progress: Progress | None = None
    cases: list[Case] = field(default_factory=list)
    coverage: int = 0

    @property
    def details(self) -> list[str]:
        """When, where, how many, how far, in short words."""
        found = []
        if plan := self.plan:
            days = dict.fromkeys(date_format(day) for day in (plan.starts_on, plan.ends_on) if day)
            found += [" – ".join(days), plan.place]
            if number := plan.expected_participants:
                found.append(so_many("%(n)s person expected", "%(n)s people expected", number))
        if self.progress and self.progress.percent is not None:
            found.append(_("%(percent)d%% done") % {"percent": self.progress.percent})
        if self.coverage:
            found.append(so_many("%(n)s media report", "%(n)s media reports", self.coverage))
        return [each for each in found if each]


def facts(assignment: Assignment) -> list[Facts]:
    """What the unit has filed so far, by activity in the order of filing.

    Arguments: the assignment of its summary. Returns: nothing when it has filed nothing; four queries.
    """
    found: dict[int | None, Facts] = {}

    def about(row: Any) -> Facts:
        activity = row.assignment.activity
        return found.setdefault(activity and activity.pk, Facts(activity.title if activity else ""))

    for plan in submitted(Plan, assignment):
        about(plan).plan = plan
    for report in submitted(Progress, assignment):
        about(report).progress = report
    for case in newest_of_each(submitted(Case, assignment)):
        about(case).cases.append(case)
    for row in newest_of_each(submitted(Coverage, assignment)):
        about(row).coverage += 1
    return list(found.values())[:MOST]


def submitted(model: type[Any], assignment: Assignment) -> Any:
    """What the unit has submitted of a kind in this campaign, older first."""
    rows = model.objects.filter(
        assignment__campaign=assignment.campaign_id,
        assignment__unit=assignment.unit_id,
        assignment__submitted_at__isnull=False,
        submitted_at__isnull=False,
    )
    return rows.select_related("assignment__activity").order_by("submitted_at", "pk")


def newest_of_each(rows: Iterable[Any]) -> list[Any]:
    """The last version of each assignment."""
    return list({row.assignment_id: row for row in rows}.values())


@dataclass
class Taken:
    """A text put together from what the unit filed, and the filings it was taken from."""

    text: str = ""
    sources: list[str] = field(default_factory=list)

    def add(self, text: str, source: str) -> None:
        """One more paragraph, if there is anything to say and room for it."""
        if text and len(self.text) + len(text) < LONGEST:
            self.text += f"\n{text}" if self.text else text
            self.sources += [source] if source not in self.sources else []


def begun_summary(found: list[Facts]) -> dict[str, Taken]:
    """The sections of a summary begun from what was filed, in the language of the site.

    Arguments: the facts. Returns: texts with their sources, by the key of the section; none that is empty.
    """
    texts: dict[str, Taken] = {key: Taken() for key in ("overview", "practice", "effect", "cases", "problems")}
    with translation.override(settings.LANGUAGE_CODE):
        for each in found:
            told = each.progress or each.plan
            if told:
                texts["overview"].add(line(each.title, "，".join(each.details)), source(told, each.title))
                texts["practice"].add(line(each.title, done(each)) if done(each) else "", source(told, each.title))
            if each.progress and each.progress.problems:
                texts["problems"].add(line(each.title, each.progress.problems), source(each.progress, each.title))
            for case in each.cases:
                texts["effect"].add(line(case.title, case.effect) if case.effect else "", source(case, case.title))
                texts["cases"].add(line(case.title, case.practice or case.background), source(case, case.title))
    return {key: each for key, each in texts.items() if each.text}


def source(filing: Filing, title: str) -> str:
    """A filing by its kind, what it is about and the day it was filed; of an accepted one that it is accepted."""
    at, owed = filing.submitted_at, filing.assignment
    day = date_format(timezone.localtime(at), "MONTH_DAY_FORMAT") if at else ""
    accepted = _("accepted") if owed.state == AssignmentState.ACCEPTED else ""
    words = "，".join(each for each in (title, day, accepted) if each)
    return f"{owed.get_kind_display()}（{words}）"


def done(each: Facts) -> str:
    """What was done, from the report, or as it was planned."""
    return (each.progress and each.progress.narrative) or (each.plan.content if each.plan else "")


def line(title: str, text: str) -> str:
    """One activity in one paragraph; its title stands there once, however the text begins."""
    text = " ".join(text.split())
    if title and text.startswith(title):
        return text
    return f"{title}：{text}" if title and text else title or text


MEDIA, CASES = re.compile("媒体报道|新闻报道|宣传报道"), re.compile("典型案例|经验案例")
"""Figures that count what a unit sends piece by piece: links to the media, typical cases."""


def filed_counts(assignment: Assignment, indicators: Iterable[Indicator]) -> dict[int, int]:
    """Figures that count what the unit has sent piece by piece in this campaign, where it has sent any."""
    found = {}
    for each in indicators:
        model = Coverage if MEDIA.search(each.name) else Case if CASES.search(each.name) else None
        number = submitted(model, assignment).values("assignment").distinct().order_by().count() if model else 0
        if number:
            found[each.pk] = number
    return found


def last_years_figures(assignment: Assignment, indicators: Iterable[Indicator]) -> dict[int, tuple[int, str]]:
    """Year, and number as it was written, that the unit filed last to the same host, by the figure's id."""
    rows = Figure.objects.filter(
        summary__assignment__unit=assignment.unit_id,
        summary__assignment__campaign__host=assignment.campaign.host_id,
        summary__assignment__campaign__year__lt=assignment.campaign.year,
        summary__submitted_at__isnull=False,
    )
    year = "summary__assignment__campaign__year"
    found = rows.order_by(year, "summary__version").select_related("indicator", "summary__assignment__campaign")
    known = {
        (each.indicator.name, each.indicator.measure): (each.summary.assignment.campaign.year, each.shown)
        for each in found
    }
    return {each.pk: known[each.name, each.measure] for each in indicators if (each.name, each.measure) in known}


def reported_figures(assignment: Assignment, indicators: Iterable[Indicator]) -> dict[int, int]:
    """Figures the unit has reported count by count already.

    A deliverable and a figure are the same thing when one's name stands in the other's and both have one measure.

    Arguments: the assignment of the summary, the figures asked for. Returns: numbers by the id of the indicator.
    """
    rows = Entry.objects.counted().filter(
        assignment__campaign=assignment.campaign_id, assignment__unit=assignment.unit_id
    )
    named = rows.values_list("assignment__deliverable__title", "assignment__deliverable__measure")
    sums = list(named.annotate(total=Sum("count")).order_by())
    found = {}
    for each in indicators:
        fitting = [
            total
            for title, measure, total in sums
            if measure == each.measure and (each.name in title or title in each.name)
        ]
        if fitting:
            found[each.pk] = sum(fitting)
    return found

"""Sentences that are nobody's own: those of last year, of the notice, and sections that only say the plan again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from activities.models import Assignment, Plan
from campaigns.near_quotations import issued_words
from reports.models import Passage, Summary
from reports.summaries.looks.known import Known
from reports.summaries.looks.pointer import Pointer, letters_of, pointers, sentences
from reports.summaries.prefill import submitted

OF_PLAN = ("goal", "content", "schedule", "safety", "health", "emergency")
MOSTLY = 0.9
"""From this share of its letters on a section says nothing but what the plan said."""


def last_year(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """The unit's own text of an earlier year used again, also where only the year was changed."""
    rows = earlier(summary.assignment)
    known = Known(each for row in rows for _heading, text in row.sections for each in sentences(text))
    for passage in passages:
        found = [each.text for each in sentences(passage.text) if known.like(each)]
        yield from pointers(passage, _("This stood in your summary of an earlier year: “%(quote)s”"), found)


def earlier(assignment: Assignment) -> list[Summary]:
    """The newest submitted summaries of the unit in earlier years of the same host."""
    rows = Summary.objects.filter(
        assignment__unit=assignment.unit_id,
        assignment__campaign__host=assignment.campaign.host_id,
        assignment__campaign__year__lt=assignment.campaign.year,
        submitted_at__isnull=False,
    )
    return list({each.assignment_id: each for each in rows.order_by("version")}.values())


def notice(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Sentences of the notice quoted back; its slogans are meant to be quoted."""
    assignment = summary.assignment
    slogans = [letters_of(each) for each in issued_words(assignment.campaign)]
    known = Known(each for each in sentences(assignment.notice.body) if each.letters not in slogans)
    for passage in passages:
        found = [each.text for each in sentences(passage.text) if known.like(each)]
        yield from pointers(passage, _("This is a sentence of the notice: “%(quote)s”"), found)


def plan(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Sections that say nothing the plans did not say."""
    rows = submitted(Plan, summary.assignment)
    known = Known(each for row in rows for name in OF_PLAN for each in sentences(getattr(row, name)))
    for passage in passages:
        own = list(sentences(passage.text))
        again = sum(len(each.letters) for each in own if known.like(each))
        if own and again >= MOSTLY * len(letters_of(passage.text)):
            said = _("This section says nothing that the plan did not say. What was done, and what came of it?")
            yield Pointer(passage.key, passage.heading, said)

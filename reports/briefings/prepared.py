"""A chapter is set when its summary is accepted, while nobody waits: freezing finds it and only binds."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import translation

import documents
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from reports.briefings.book import lazily
from reports.briefings.chapters import photos_of
from reports.briefings.content import chapter
from reports.briefings.moment import owed
from reports.models import BriefingKind, ChapterChoice
from workflow import clock
from workflow.models import Transition

RECENT = timedelta(minutes=3)
"""Asked for every minute; what was missed is set when an edition is."""


def set_accepted() -> int:
    """Set the chapters of what was accepted lately and is not on the shelf. Returns: how many were looked at."""
    rows = accepted_lately()
    edited = ChapterChoice.objects.filter(assignment__in=rows, composition__kind=BriefingKind.CONSOLIDATED)
    choices = {row.assignment_id: row for row in edited}
    found = [each for each in owed(rows.select_related("unit"), clock.now()) if each.summary]
    with translation.override("zh-hans"):
        photos = photos_of([each.assignment.pk for each in found])
        says = [chapter(each, choices.get(each.assignment.pk), photos.get(each.assignment.pk, [])) for each in found]
        chapters = lazily(says, gaps=False)
        for job in documents.book.chapter_jobs(
            documents.book.Book("", chapters=tuple(chapters)), settings.CHAPTERS_DIR
        ):
            documents.book.set_chapter(job)
    return len(found)


def accepted_lately() -> QuerySet[Assignment]:
    """Summaries the office accepted in the last minutes."""
    kind = ContentType.objects.get_for_model(Assignment)
    lines = Transition.objects.filter(
        content_type=kind, to_state=AssignmentState.ACCEPTED, at__gte=clock.now() - RECENT
    )
    return Assignment.objects.filter(
        kind=Kind.SUMMARY, state=AssignmentState.ACCEPTED, pk__in=lines.values("object_id")
    )

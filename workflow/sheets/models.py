"""A file that came in: looked at first, written when its owner says so; a job where it is long."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from workflow.jobs import Job, JobQuerySet
from workflow.stateful import JOB_MOVES, JobState

KEPT = timedelta(days=2)
"""So long a file waits to be written; then it is forgotten."""


class SheetImportQuerySet(JobQuerySet["SheetImport"]):
    def visible_to(self, user: Any) -> Self:
        """Files this person handed in, and nobody else's."""
        return self.filter(by=user.pk or 0)

    def old(self) -> Self:
        """Those nobody needs any more."""
        return self.filter(at__lt=timezone.now() - KEPT)


class SheetImport(Job):
    """One file: what came in, what it would change, and after the second press what it changed."""

    MOVES = JOB_MOVES | {JobState.READY: {JobState.QUEUED}}
    TASK = "workflow.enter_sheet"

    sheet = models.CharField(max_length=30)
    """The name of the list in ``SHEETS``."""
    scope = models.JSONField(default=dict)
    name = models.CharField(max_length=200)
    """The file, as its owner calls it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=10)
    """In which its owner reads the pages: choices in its cells are words of it."""
    table = models.JSONField(default=dict)
    """The rows that came in (``handed_in.Table``); emptied once they are written."""
    over = models.JSONField(default=list)
    """The clashes in which the file is to win."""
    seen = models.CharField(max_length=32, blank=True)
    """Names the plan that was looked at and is to be written; empty: it is to be looked at only."""
    report = models.JSONField(default=dict)
    """What the page shows (``entering.report_of``)."""
    is_written = models.BooleanField(default=False)

    objects = SheetImportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sheets:import", args=[self.pk])

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        """In no unit: a file is its owner's. What it writes is written by deeds that say in which role."""
        return ()

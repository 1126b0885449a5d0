"""A long list as Excel: written by a worker into a file that is kept two days, while its page says how far it is."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from workflow.jobs import Job, JobQuerySet
from workflow.kept_files import StorageFull
from workflow.sheets.asked import Asked
from workflow.stateful import JobState

KEPT = timedelta(days=2)
"""So long a file can be fetched; then its list has changed."""
BEAT = 500
"""Rows between two signs of life."""


class ListExportQuerySet(JobQuerySet["ListExport"]):
    def visible_to(self, user: Any) -> Self:
        """Files this person asked for, and nobody else's."""
        return self.filter(by=user.pk or 0)

    def old(self) -> Self:
        """Those nobody can fetch any more."""
        return self.filter(at__lt=timezone.now() - KEPT)


class ListExport(Job):
    """One file: which list was asked for, how far it is, the file."""

    TASK = "workflow.write_list"
    TOLD = (PermissionDenied, StorageFull)

    asked = models.JSONField(default=dict)
    """The list (``asked.Asked``)."""
    mark = models.CharField(max_length=64)
    """The same for the same list."""
    title = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=10)
    """In which its owner reads the pages: heads and choices are words of it."""
    file = models.FileField(upload_to="lists/%Y/", blank=True)
    rows = models.PositiveIntegerField(default=0)

    objects = ListExportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "mark"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="one_list_at_work",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sheets:export", args=[self.pk])

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        """In no unit: a file is its owner's."""
        return ()

    @property
    def what(self) -> Asked:
        """The list."""
        return Asked.from_json(self.asked)

    def discard(self) -> None:
        """Delete it with its file."""
        if self.file:
            self.file.delete(save=False)
        self.delete()


def export(asked: Asked, title: str, *, by: Any) -> ListExport:
    """Let a worker write a list. Who asks for the same list while it is being written gets that one.

    Arguments: the list; what it is called; who asks. Returns: the row.
    """
    kept = {"asked": asked.as_json(), "title": title[:300], "by": by, "language": get_language()}
    try:
        with transaction.atomic():
            row = ListExport.objects.create(mark=asked.mark, **kept)
    except IntegrityError:  # a second press, or the same page in another window
        row = ListExport.objects.filter(by=by, mark=asked.mark).latest("pk")
    else:
        row.hint()
    return row


def write_out(row: ListExport) -> bool:
    """Write the list of a row. Returns: False when somebody else does."""

    def deed() -> dict[str, Any]:
        with translation.override(row.language), tempfile.TemporaryFile() as file:
            try:
                rows = row.what.before(row.by).write(file, lambda done, total: beat(row, done, total))
            except (Http404, PermissionDenied) as error:  # a role was taken away meanwhile
                raise PermissionDenied(_("You may not see this list any more.")) from error
            row.file.save(f"list-{row.pk}.xlsx", File(file), save=False)
        return {"file": row.file.name, "rows": rows}

    return row.work(deed)


def beat(row: ListExport, done: int, total: int) -> None:
    """Note the progress now and then. Raises: MoveRefused when somebody else writes it meanwhile."""
    if done % BEAT == 0:
        row.step(done, total)

"""Handing out: what a notice (or one task of it, or one late unit) makes the units owe, as a job."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import models

from accounts.models import Unit
from activities.models.activity import Activity
from activities.models.assignment import Assignment
from campaigns.models import Notice
from workflow.jobs import Job


class HandOut(Job):
    """Assignments and messages for every unit concerned, in batches: killed half-way, it ends complete.

    A hand-out whose ``beat_at`` lies ahead waits for that hour: so a notice is issued at a set time.
    """

    TASK = "activities.hand_out"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="handouts")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    """Only this task; None: everything the notice asks."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """Only this unit, added late; None: every addressee."""
    due = models.JSONField(default=dict)
    """The last days by kind, as ISO dates; demands by their id."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.notice.acts_in()

    def __str__(self) -> str:
        return f"{self.notice} {self.done}/{self.total}"

    def owed(self) -> "models.QuerySet[Assignment]":
        """What units owe because of it: of the whole notice, of one task, or of one unit."""
        part = {"activity": self.activity_id, "unit": self.unit_id}
        rows = Assignment.objects.filter(notice=self.notice_id, volunteered=False)
        return rows.filter(**{name: pk for name, pk in part.items() if pk})

"""What came to the office from a unit by other ways: a Word file or a mail, kept as it came."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from activities.models.assignment import Assignment
from workflow import clock


class Incoming(models.Model):
    """One text the office was sent and files on behalf of the unit."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="incoming")
    name = models.CharField(max_length=200, blank=True)
    """Of the file; empty: pasted."""
    text = models.TextField(max_length=200_000)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment} · {timezone.localtime(self.taken_at):%Y-%m-%d %H:%M}"

    @classmethod
    def newest(cls, assignment: Assignment) -> "Incoming | None":
        """What came last; None when nothing did."""
        return cls._default_manager.filter(assignment=assignment).order_by("pk").last()

"""The working days of a year as somebody of an office entered them from the State Council's text."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from workflow.compiled import Compiled


class YearArranged(models.Model):
    """One text of one year. The newest of a year counts; what was entered before stays, with who entered it."""

    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    """As it was pasted."""
    off = models.JSONField(default=dict)
    """Each free day (2027-10-01) with its holiday; Saturdays and Sundays too where the text names them."""
    worked = models.JSONField(default=list)
    """Saturdays and Sundays that are worked."""
    is_complete = models.BooleanField()
    """Whether the text speaks of every holiday of the year; else the year stays provisional."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.year)


NEWEST = Compiled(lambda: YearArranged.objects.order_by("-pk").values_list("pk")[:1])
"""The number of what was entered last: another one as soon as anything is."""

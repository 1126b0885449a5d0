"""Who handed which unit over to whom: the history of a unit's people."""

from django.conf import settings
from django.db import models

from accounts.models.units import Unit


class HandOver(models.Model):
    """One handing over of the roles in which somebody filed for a unit."""

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="handovers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.giver} → {self.taker}"

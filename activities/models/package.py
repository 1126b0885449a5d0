"""Everything of a campaign, a unit or a filter in one ZIP file, made as a job."""

from django.conf import settings
from django.db import models

from campaigns.models import Campaign
from workflow import clock
from workflow.jobs import Job


class Package(Job):
    """One download: the filter it was asked with, and the file once it is ready."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="packages")
    chosen = models.JSONField(default=dict)
    """The filter: unit, kind, standing, words."""
    file = models.FileField(upload_to="packages/%Y/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.made_at:%Y-%m-%d %H:%M}"

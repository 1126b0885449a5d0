"""Everything of a campaign, a unit or a filter in one ZIP file, made as a job."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES
from activities import rules
from campaigns.models import Campaign
from workflow import clock
from workflow.jobs import Job, JobQuerySet

KEPT = timedelta(days=14)
"""How long a package can be fetched; then it is made anew."""


class PackageQuerySet(JobQuerySet["Package"]):
    def visible_to(self, user: Any) -> Self:
        """Packages of campaigns whose every filing the person may see: the host's people."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class Package(Job, RulesModel):
    """One download: the filter it was asked with, and how far it is."""

    TASK = "activities.pack"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="packages")
    chosen = models.JSONField(default=dict)
    """The filter: unit, kind, standing, words."""
    rows = models.JSONField(default=list)
    """The ids of the assignments in it, fixed when it was asked for: so a worker that goes on finds the same."""
    size = models.PositiveBigIntegerField(default=0)
    """Of the whole file, once it is ready."""
    missing = models.PositiveIntegerField(default=0)
    """Files that could not be read; the list names them."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = PackageQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        rules_permissions = {"fetch": rules.hosts_package}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return f"{self.campaign} · {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("activities:package", args=[self.pk])

    @property
    def written(self) -> int:
        """The bytes of the parts there are."""
        return self.parts.aggregate(size=Sum("size"))["size"] or 0

    def discard(self) -> None:
        """Delete it with all its files, also those of a worker that was killed before their row was written."""
        for name in default_storage.listdir(self.folder)[1] if self.parts.exists() else ():
            default_storage.delete(f"{self.folder}/{name}")
        self.delete()

    @property
    def folder(self) -> str:
        """Where its parts lie in the storage."""
        return f"packages/{self.pk}"


def part_file(part: "PackagePart", name: str) -> str:
    """Where a part is stored."""
    return f"{part.package.folder}/{name}"


class PackagePart(models.Model):
    """Some entries of the ZIP file as they stand in it: what a killed worker left is not made again."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=part_file)
    size = models.PositiveBigIntegerField()
    entries = models.JSONField(default=list)
    """What the directory of the ZIP file needs of each (``workflow.parcel.Entry``)."""
    reached = models.JSONField(default=list)
    """Behind which item the next part begins: place among the rows, sort, id."""
    skipped = models.JSONField(default=list)
    """Paths whose file could not be read."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="package_part_once")]

    def __str__(self) -> str:
        return f"{self.package} · {self.number}"

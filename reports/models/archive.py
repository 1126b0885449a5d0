"""The package of a campaign for the file room, made as a job."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.core.files import File
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES
from campaigns.models import Campaign
from documents.errors import DocumentError
from reports import rules
from workflow import clock
from workflow.jobs import Job, JobQuerySet


class ArchiveQuerySet(JobQuerySet["Archive"]):
    def visible_to(self, user: Any) -> Self:
        """Packages of the person's own office."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class ArchiveOf(models.TextChoices):
    """What a package holds."""

    EVERYTHING = "everything", _("Package for the file room")
    SUMMARIES = "summaries", _("All accepted summaries")


class Archive(Job, RulesModel):
    """One package: what was issued, who received it, who decided what, the log, and an index to all of it."""

    TASK = "reports.build_archive"
    TOLD = (DocumentError,)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="archives")
    what = models.CharField(
        max_length=20, choices=ArchiveOf, default=ArchiveOf.EVERYTHING, db_default=ArchiveOf.EVERYTHING.value
    )
    file = models.FileField(upload_to="archives/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = ArchiveQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        rules_permissions = {"view": rules.hosts_campaign_of, "change": rules.staffs_campaign_of}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return f"{self.campaign} · {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"

    def store(self, package: Any) -> dict[str, Any]:
        """Keep an open file, read piece by piece. Returns: the fields to write when the job is ready."""
        package.seek(0)
        digest = hashlib.file_digest(package, "sha256").hexdigest()
        size = package.tell()
        package.seek(0)
        self.file.save(f"archive-{self.campaign_id}.zip", File(package), save=False)
        return {"file": self.file.name, "sha256": digest, "size": size}

"""The consolidated briefing (情况通报): built in the background, then circulated to every unit."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities.models import Assignment
from campaigns.models import Campaign
from documents.errors import DocumentError
from reports import rules
from workflow import clock
from workflow.jobs import Job, JobQuerySet
from workflow.stateful import JOB_MOVES


class BriefingState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being built")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CIRCULATED = "circulated", _("Circulated")


class BriefingQuerySet(JobQuerySet["Briefing"]):
    def visible_to(self, user: Any) -> Self:
        """The host's people see all; addressed units the circulated ones."""
        theirs = Assignment.objects.filter(unit__in=user.units_as(*UNIT_ROLES)).values("campaign")
        circulated = Q(state=BriefingState.CIRCULATED, campaign__in=theirs)
        return self.filter(Q(campaign__host__in=user.units_as(*HOST_ROLES)) | circulated)


class Briefing(Job, RulesModel):
    """One edition of the briefing of a campaign."""

    TASK = "reports.build_briefing"

    MOVES = {**JOB_MOVES, BriefingState.READY: {BriefingState.CIRCULATED}, BriefingState.CIRCULATED: set()}
    TOLD = (DocumentError,)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="briefings")
    edition = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=BriefingState, default=BriefingState.QUEUED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    file = models.FileField(upload_to="briefings/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    circulated_at = models.DateTimeField(null=True)
    gaps = models.BooleanField(default=False)
    """Whether a chapter that cannot be set leaves a marked gap instead of stopping the whole."""

    objects = BriefingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "edition"], name="briefing_edition_once"),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(state__in=[BriefingState.QUEUED, BriefingState.RUNNING]),
                name="one_briefing_at_work",
            ),
        ]
        rules_permissions = {"view": rules.sees_briefing, "change": rules.staffs_briefing}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return str(_("%(campaign)s: briefing, edition %(edition)d")) % {
            "campaign": self.campaign.title,
            "edition": self.edition,
        }

    def get_absolute_url(self) -> str:
        return reverse("reports:briefing", args=[self.pk])

    def store(self, pdf: bytes) -> dict[str, Any]:
        """Keep the file. Returns: the fields to write when the job is ready."""
        self.file.save(f"briefing-{self.campaign_id}-{self.edition}.pdf", ContentFile(pdf), save=False)
        return {"file": self.file.name, "sha256": hashlib.sha256(pdf).hexdigest()}

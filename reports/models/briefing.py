"""An edition of a briefing: frozen at a moment, set in the background, circulated to every unit."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities.models import Assignment
from campaigns.models import Campaign, Notice
from documents.errors import DocumentError
from reports import rules
from reports.models.composition import BriefingKind
from workflow import clock
from workflow.jobs import Job, JobQuerySet
from workflow.kept_files import StorageFull, Written
from workflow.stateful import JOB_MOVES, MoveRefused


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
    """One edition of the briefing of a campaign: what it says is fixed by ``content`` before a worker sets it."""

    TASK = "reports.build_briefing"

    MOVES = {**JOB_MOVES, BriefingState.READY: {BriefingState.CIRCULATED}, BriefingState.CIRCULATED: set()}
    TOLD = (DocumentError, StorageFull)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="briefings")
    edition = models.PositiveIntegerField()
    kind = models.CharField(
        max_length=20,
        choices=BriefingKind,
        default=BriefingKind.CONSOLIDATED,
        db_default=BriefingKind.CONSOLIDATED.value,
    )
    stands_at = models.DateTimeField(null=True)
    """The moment whose state it shows."""
    content = models.JSONField(default=dict, db_default={})
    """What it says, see ``reports/briefings/content.py``; empty for editions made before there was any."""
    changes = models.JSONField(default=list, db_default=[])
    """What it says otherwise than the edition before, a line each."""
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="+")
    """The paper of this edition on its way of signing and numbering."""
    state = models.CharField(max_length=20, choices=BriefingState, default=BriefingState.QUEUED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    file = models.FileField(upload_to="briefings/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    word = models.FileField(upload_to="briefings/%Y/", blank=True, default="", db_default="")
    word_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    paper = models.FileField(upload_to="briefings/%Y/", blank=True, default="", db_default="")
    paper_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    paper_word = models.FileField(upload_to="briefings/%Y/", blank=True, default="", db_default="")
    paper_word_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    ofd = models.FileField(upload_to="briefings/%Y/", blank=True, default="", db_default="")
    ofd_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    paper_ofd = models.FileField(upload_to="briefings/%Y/", blank=True, default="", db_default="")
    paper_ofd_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
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
        rules_permissions = {"view": rules.sees_briefing, "change": rules.staffs_campaign_of}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return str(_("%(campaign)s: briefing, edition %(edition)d")) % {
            "campaign": self.campaign.title,
            "edition": self.edition,
        }

    def get_absolute_url(self) -> str:
        return reverse("reports:briefing", args=[self.pk])

    def keep(self, name: str, write: Callable[[Any], object]) -> None:
        """Write one file and keep it with its checksum; what a worker that was killed has kept already stays.

        Arguments: the name of its field; what writes it into an open file.
        Raises: MoveRefused when the edition is no longer this worker's; what ``write`` raises.
        """
        kept = getattr(self, name)
        if kept:
            return
        with Written.beside(settings.CHAPTERS_DIR) as file:
            write(file)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            ending = ENDINGS.get(name.removeprefix("paper_"), "pdf")
            kept.save(f"briefing-{self.campaign_id}-{self.edition}-{name}.{ending}", file, save=False)
        setattr(self, CHECKSUMS[name], digest)
        mine = type(self)._base_manager.filter(pk=self.pk, state=BriefingState.RUNNING)
        if not mine.update(**{name: kept.name, CHECKSUMS[name]: digest, "beat_at": timezone.now()}):
            raise MoveRefused(self.refusal())


ENDINGS = {"word": "docx", "ofd": "ofd"}
"""How the files end that are no PDF."""
CHECKSUMS = {
    "file": "sha256",
    "word": "word_sha256",
    "paper": "paper_sha256",
    "paper_word": "paper_word_sha256",
    "ofd": "ofd_sha256",
    "paper_ofd": "paper_ofd_sha256",
}
"""Where the checksum of each file is kept."""


class BriefingOpening(models.Model):
    """The first time somebody of a unit had a circulated edition before their eyes."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="openings")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["briefing", "unit"], name="briefing_opened_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.at:%Y-%m-%d %H:%M}"

"""A notice that was read: its text, and what the reader proposes, kept until somebody confirms it."""

import hashlib
import re
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from activities import rules
from activities.states import READING_MOVES, ReadingState
from campaigns.models import Campaign
from workflow.models import Stateful


def fingerprint(text: str) -> str:
    """The same for the same words, however they were spaced. Returns: a SHA-256 in hexadecimal."""
    return hashlib.sha256(re.sub(r"\s", "", text).encode()).hexdigest()


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: Any) -> Self:
        """Readings of the offices in which the person works."""
        return self.filter(host__in=user.units_as(*OFFICE_ROLES))


class Reading(Stateful, RulesModel):
    """One notice read for one office. It stays until it is confirmed; confirming can be undone."""

    MOVES = READING_MOVES

    host = models.ForeignKey(Unit, models.PROTECT, related_name="readings")
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    text = models.TextField()
    annexes = models.JSONField(default=list)
    """The annexes as they were handed in: number, title and blocks of each, in their order."""
    word = models.FileField(upload_to="readings/%Y/", blank=True)
    """The Word file, kept where pictures of its annexes are to be printed."""
    fingerprint = models.CharField(max_length=64)
    doubts = models.JSONField(default=list)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ReadingState, default=ReadingState.OPEN)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="readings")
    made_units = models.ManyToManyField(Unit, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["host", "fingerprint"])]
        rules_permissions = {"view": rules.reads_for_host, "change": rules.reads_for_host}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.title or self.name or str(_("A notice without a title"))

    def get_absolute_url(self) -> str:
        return reverse("activities:reading", args=[self.pk])

    @property
    def title(self) -> str:
        """The title of the notice as it stands now."""
        for proposal in self.proposals.all():
            if proposal.field == "title" and not proposal.dropped:
                return str(proposal.values["text"])
        return ""

    @property
    def is_open(self) -> bool:
        return self.state == ReadingState.OPEN


class Group(models.TextChoices):
    """What a proposal is; the groups of the review page in their order."""

    NOTICE = "notice", _("The notice")
    CAMPAIGN = "campaign", _("The campaign")
    SLOGAN = "slogan", _("Slogans")
    POINT = "point", _("Focal points and requirements")
    ACTIVITY = "activity", _("Activities")
    DELIVERABLE = "deliverable", _("What the tasks ask for")
    ROUND = "round", _("Rounds")
    DEADLINE = "deadline", _("What the units owe, and by when")
    FIGURE = "figure", _("Figures of the statistics form")
    ATTACHMENT = "attachment", _("Attachments")
    CONTACT = "contact", _("Contacts")
    ALSO = "also", _("Also found: stays in the text of the notice")
    UNPLACED = "unplaced", _("Not placed: please look")


class Proposal(models.Model):
    """One proposed row, beside the place in the text it came from (half-open offsets into ``Reading.text``)."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="proposals")
    group = models.CharField(max_length=20, choices=Group)
    field = models.CharField(max_length=30, blank=True)
    order = models.FloatField()
    values = models.JSONField(default=dict)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    doubts = models.JSONField(default=list)
    dropped = models.BooleanField(default=False)
    checked = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return str(
            self.values.get("title")
            or self.values.get("text")
            or self.values.get("item")
            or self.values.get("name")
            or ""
        )

    def get_absolute_url(self) -> str:
        return f"{self.reading.get_absolute_url()}#p-{self.pk}"

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look before it is confirmed."""
        return bool(self.doubts) and not self.checked and not self.dropped

    def write(self, seen: int, **changes: Any) -> bool:
        """Write changes if nobody else wrote since ``seen``. Returns: whether it was written."""
        rows = Proposal.objects.filter(pk=self.pk, revision=seen)
        written = rows.update(revision=seen + 1, **changes)
        self.refresh_from_db()
        return bool(written)

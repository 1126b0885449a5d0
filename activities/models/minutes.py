"""Minutes of a joint meeting (纪要) in versions, their paper, and what was decided: by whom and by when."""

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

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from activities import rules
from activities.models.meeting import Meeting
from activities.states import DECISION_MOVES, MINUTES_MOVES, DecisionState, MinutesState
from documents.errors import DocumentError
from workflow.day_field import DayField
from workflow.jobs import Job
from workflow.models import Stateful


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office; of other meetings the person sees, what was circulated."""
        own = Q(meeting__campaign__host__in=user.units_as(*HOST_ROLES))
        sent = Q(circulated_at__isnull=False, meeting__in=Meeting.objects.visible_to(user))
        return self.filter(own | sent)


class Minutes(Stateful, RulesModel):
    """One version. What was circulated stays as it was; a change is the next version, which says what is new in it."""

    MOVES = MINUTES_MOVES

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveIntegerField(default=1)
    issue = models.CharField(_("running number"), max_length=30, blank=True)
    body = models.TextField(_("text"), max_length=30_000, blank=True)
    changes = models.TextField(_("what is different in this version"), max_length=1000, blank=True)
    said = models.JSONField(default=dict, blank=True)
    """Who was there and what was decided, as it stood when this version was circulated."""
    circulated_at = models.DateTimeField(null=True)
    circulated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=MinutesState, default=MinutesState.DRAFT)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once")]
        rules_permissions = {"change": rules.staffs_meeting}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.meeting.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return f"{self.meeting} · {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("activities:minutes-version", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return bool(self.state == MinutesState.DRAFT)


class MinutesPaper(Job):
    """The PDF and the Word file of one circulated version as a job."""

    TASK = "activities.set_minutes"
    TOLD = (DocumentError,)

    minutes = models.OneToOneField(Minutes, models.CASCADE, related_name="paper")
    file = models.FileField(upload_to="minutes/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    word = models.FileField(upload_to="minutes/%Y/", blank=True)

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.minutes.acts_in()

    def __str__(self) -> str:
        return str(self.minutes)

    def store(self, pdf: bytes, word: bytes) -> dict[str, Any]:
        """Keep both files. Returns: the fields to write when the job is ready."""
        self.file.save(f"minutes-{self.minutes_id}.pdf", ContentFile(pdf), save=False)
        self.word.save(f"minutes-{self.minutes_id}.docx", ContentFile(word), save=False)
        return {"file": self.file.name, "word": self.word.name, "sha256": hashlib.sha256(pdf).hexdigest()}


class DecisionQuerySet(models.QuerySet["MeetingDecision"]):
    def given_to(self, units: Collection[int]) -> Self:
        """What these units were given to do."""
        return self.filter(unit__in=units).exclude(state=DecisionState.DRAFT)

    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office; of others those the person's units were given, and those of minutes the
        person may read."""
        own = Q(meeting__campaign__host__in=user.units_as(*HOST_ROLES))
        read = Q(meeting__in=Meeting.objects.visible_to(user)) & ~Q(state=DecisionState.DRAFT)
        return self.filter(own | read)


class MeetingDecision(Stateful, RulesModel):
    """One thing decided (议定事项). Handing it out makes the unit owe a report on it: an ``Assignment``."""

    MOVES = DECISION_MOVES

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    order = models.PositiveIntegerField()
    text = models.CharField(_("what was decided"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = DayField(_("done by"))
    state = models.CharField(max_length=20, choices=DecisionState, default=DecisionState.DRAFT)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="decision_order_once")]
        rules_permissions = {"change": rules.staffs_meeting}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.meeting.acts_in()

    def __str__(self) -> str:
        return self.text

    @property
    def owed(self) -> Any:
        """What the unit owes because of it (an ``Assignment``); None before it is handed out."""
        return getattr(self, "task", None)

    @property
    def is_draft(self) -> bool:
        return bool(self.state == DecisionState.DRAFT)

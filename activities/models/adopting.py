"""An upper notice carried out below: who adopted it, what it asks sentence by sentence, what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from activities import rules
from activities.models.activity import Activity
from activities.models.assignment import Assignment
from activities.models.demand import Demand
from campaigns.models import Campaign, Indicator, Notice

REASON = 200
"""Characters of why something is not for an office, or stays as it is."""


class AskingSentence(models.Model):
    """One sentence of an issued notice that asks for something, with the number it stands under."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="asking_sentences")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    mark = models.CharField(max_length=12)
    """The same for the same words, however they are spaced."""

    class Meta:
        ordering = ["notice", "order"]
        constraints = [models.UniqueConstraint(fields=["notice", "order"], name="asking_sentence_once")]

    def __str__(self) -> str:
        return f"{self.number}{self.heading or self.text[:40]}"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own offices."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class Adoption(RulesModel):
    """A campaign that carries out an upper notice; ``campaign.parent`` is the campaign of that notice."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="adoption")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="adopted_in", verbose_name=_("upper notice"))
    margin = models.PositiveSmallIntegerField(_("working days before the upper office's"), default=0)
    figures_left = models.ManyToManyField(Indicator, related_name="+", blank=True)
    """Figures of the upper campaign that are not asked below: the office writes them itself."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        rules_permissions = {"view": rules.hosts, "change": rules.staffs_office}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return f"{self.campaign} ← {self.notice}"


class CarriedOut(models.Model):
    """What an adopting office made of one sentence: an activity, a task, a unit; or why it is not for it."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="carried")
    sentence = models.ForeignKey(AskingSentence, models.CASCADE, related_name="carried")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="+")
    demand = models.ForeignKey(Demand, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why it is not for us"), max_length=REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["sentence"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "sentence"], name="carried_out_once"),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, demand=None, unit=None, reason="")
                | Q(activity=None, demand__isnull=False, unit=None, reason="")
                | Q(activity=None, demand=None, unit__isnull=False, reason="")
                | (Q(activity=None, demand=None, unit=None) & ~Q(reason="")),
                name="carried_out_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity or self.demand or self.unit or self.reason)

    @property
    def is_refused(self) -> bool:
        """Whether the office said that it is not for it."""
        return bool(self.reason)


class ChangeKind(models.TextChoices):
    CHANGED = "changed", _("worded otherwise")
    ADDED = "added", _("asked for in addition")
    REMOVED = "removed", _("no longer asked")
    WITHDRAWN = "withdrawn", _("withdrawn with the notice")


class Decision(models.TextChoices):
    OPEN = "", _("not decided yet")
    FOLLOWED = "followed", _("we follow it")
    KEPT = "kept", _("ours stays as it is")


class UpperChange(models.Model):
    """One thing that changed in an upper notice after it was adopted, and what the adopting office decided."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="changes")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    """The notice that changed it; of a withdrawal the one withdrawn."""
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=ChangeKind)
    old = models.ForeignKey(AskingSentence, models.CASCADE, null=True, related_name="+")
    new = models.ForeignKey(AskingSentence, models.CASCADE, null=True, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision, blank=True, default=Decision.OPEN)
    remark = models.CharField(_("why"), max_length=REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "notice", "order", "kind"], name="upper_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.new or self.old}"


class HandedDownQuerySet(models.QuerySet["HandedDown"]):
    def visible_to(self, user: Any) -> Self:
        """What the person's own office handed down."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class HandedDown(RulesModel):
    """An assignment from above that an office handed to its own units as a task of its own campaign."""

    above = models.OneToOneField(Assignment, models.PROTECT, related_name="handed_down")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="handed_down")
    task = models.OneToOneField(Activity, models.PROTECT, related_name="handed_from")
    opened = models.BooleanField(_("the upper office may read what came back"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = HandedDownQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        rules_permissions = {"view": rules.hosts, "change": rules.staffs_office}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return f"{self.above} → {self.task}"

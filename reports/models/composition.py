"""What the office composes after the campaign: the text of the paper, chosen passages, problems, chapters."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from activities.models import Assignment
from campaigns.models import Campaign, Notice
from reports import rules
from workflow import clock


class BriefingKind(models.TextChoices):
    CONSOLIDATED = "consolidated", _("Consolidated briefing")
    BULLETIN = "bulletin", _("Bulletin in the course of the campaign")


class ChapterOrder(models.TextChoices):
    OFFICIAL = "official", _("Official order of the units")
    FILED = "filed", _("As they were filed")
    BY_HAND = "by_hand", _("By hand")


class StandsOn(models.TextChoices):
    NOW = "now", _("The moment of freezing")
    DEADLINE = "deadline", _("24:00 of the last day for summaries")


class CompositionQuerySet(models.QuerySet["Composition"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own offices."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class Composition(RulesModel):
    """The live draft of a briefing. ``revision`` tells the second of two writers."""

    TEXTS = ("title", "text", "foreword", "closing")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="compositions")
    kind = models.CharField(max_length=20, choices=BriefingKind, default=BriefingKind.CONSOLIDATED)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text of the paper"), max_length=100_000, blank=True)
    foreword = models.TextField(_("foreword of the book"), max_length=20_000, blank=True)
    closing = models.TextField(_("closing words of the book"), max_length=20_000, blank=True)
    order = models.CharField(
        _("order of the chapters"), max_length=20, choices=ChapterOrder, default=ChapterOrder.OFFICIAL
    )
    stands_on = models.CharField(_("state it stands on"), max_length=20, choices=StandsOn, default=StandsOn.NOW)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="+")
    """The paper on its way: what is frozen next becomes its text, as long as it can be written."""

    objects = CompositionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "kind"], name="composition_once")]
        rules_permissions = {"view": rules.hosts_campaign_of, "change": rules.staffs_campaign_of}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        page = "compose-bulletin" if self.kind == BriefingKind.BULLETIN else "compose"
        return reverse(f"reports:{page}", args=[self.campaign_id])


class Problem(models.Model):
    """A problem that several units named: its words, its cause, what is done next."""

    TEXTS = ("text", "cause", "next_step")

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="problems")
    order = models.PositiveIntegerField()
    text = models.CharField(_("problem"), max_length=300)
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Quote(models.Model):
    """Words of a unit that the office chose: a case (in two sentences of the office), or where a problem is named."""

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="quotes")
    problem = models.ForeignKey(Problem, models.CASCADE, null=True, related_name="quotes")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    quoted = models.TextField()
    """As it stood when it was chosen."""
    text = models.TextField(_("in two sentences"), max_length=600, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text or self.quoted


class ChapterKind(models.TextChoices):
    FULL = "full", _("The unit’s full text")
    EDITED = "edited", _("The office’s edited text")
    LEFT_OUT = "left_out", _("Left out")


class ChapterChoice(models.Model):
    """What the office made of the chapter of one unit; a unit without such a row has its full text."""

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="chapters")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(_("place"), default=0)
    kind = models.CharField(_("chapter"), max_length=20, choices=ChapterKind, default=ChapterKind.FULL)
    text = models.TextField(_("text"), max_length=100_000, blank=True)
    original = models.TextField(blank=True)
    """The unit's text that was edited: when the unit corrects it, the office is told."""
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["composition", "assignment"], name="chapter_once")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_kind_display()}"

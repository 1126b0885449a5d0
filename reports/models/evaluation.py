"""The evaluation of a campaign (考核评价): its rules, what assessors and the office say, what was released.

Nothing here is a sum. Points are counted from the record each time (:mod:`reports.evaluation.sheets`), so a fact that
is withdrawn takes its points along; only a release keeps numbers, as they were on its day.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES, Role
from activities.models import Assignment
from campaigns.models import Campaign
from documents.counts import thousands
from reports import rules
from workflow import clock
from workflow.day_field import DayField
from workflow.models import Stateful


class SchemeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Rules published")
    SHOWN = "shown", _("Sheets shown to the units")
    RELEASED = "released", _("Released")


class Measure(models.TextChoices):
    """What is counted from the record; by hand: assessors give the points."""

    BY_HAND = "by hand", _("by hand, by the assessors")
    FILED = "filed", _("what came in of what was owed")
    IN_TIME = "in time", _("what came in on time of what was owed")
    PLANS = "plans", _("plans on time of plans owed")
    SUMMARY = "summary", _("the summary on time")
    RIGHT_AT_ONCE = "right at once", _("accepted without being returned, of what was accepted")
    TASKS = "tasks", _("tasks in numbers reached, of those asked for")


class Combine(models.TextChoices):
    """How the points of several assessors become one number."""

    MEAN = "mean", _("the mean")
    MEDIAN = "median", _("the median")


def points(**more: Any) -> Any:
    """A number of points with two places."""
    return models.DecimalField(max_digits=6, decimal_places=2, **more)


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: Any) -> Self:
        """The host's people and its administrators see all; units that owe something, once the rules are published."""
        theirs = Assignment.objects.filter(unit__in=user.units_as(*UNIT_ROLES)).values("campaign")
        public = models.Q(campaign__in=theirs) & ~models.Q(state=SchemeState.DRAFT)
        return self.filter(public | models.Q(campaign__host__in=user.units_as(*HOST_ROLES, Role.ADMIN)))


class OfUnitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """What concerns the person's units, and for the host's people all."""
        mine = models.Q(unit__in=user.units_as(*UNIT_ROLES), scheme__in=Scheme.objects.visible_to(user))
        return self.filter(mine | models.Q(scheme__campaign__host__in=user.units_as(*HOST_ROLES)))


class OfSchemeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """What belongs to a scheme the person may see."""
        return self.filter(scheme__in=Scheme.objects.visible_to(user))


class Scheme(Stateful, RulesModel):
    """The rules by which a campaign's units are evaluated, and how far it is."""

    MOVES = {
        SchemeState.DRAFT: {SchemeState.PUBLISHED},
        SchemeState.PUBLISHED: {SchemeState.SHOWN},
        SchemeState.SHOWN: {SchemeState.RELEASED},
        SchemeState.RELEASED: set(),
    }

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="scheme")
    state = models.CharField(max_length=20, choices=SchemeState, default=SchemeState.DRAFT)
    combine = models.CharField(_("several assessors"), max_length=10, choices=Combine, default=Combine.MEAN)
    most_bonus = points(
        verbose_name=_("at most so many points added"), default=Decimal(5), validators=[MinValueValidator(0)]
    )
    most_deduction = points(
        verbose_name=_("at most so many points taken off"), default=Decimal(5), validators=[MinValueValidator(0)]
    )
    assessors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    published_before = models.CharField(_("published before"), max_length=200, blank=True)
    """Where and when, if the rules were published in another way before the campaign ended."""
    comments_until = DayField(_("units may comment until"), null=True)
    """Fixed when the sheets are shown; the result is released afterwards."""

    objects = SchemeQuerySet.as_manager()

    class Meta:
        rules_permissions = {
            "view": rules.sees_scheme,
            "change": rules.staffs_campaign_of,
            "assess": rules.assesses,
            "wave": rules.waves_criteria,
            "oversee": rules.hosts_campaign_of,
        }

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return str(_("%(campaign)s: evaluation")) % {"campaign": self.campaign.title}

    def get_absolute_url(self) -> str:
        return reverse("reports:evaluation", args=[self.campaign_id])

    @property
    def is_draft(self) -> bool:
        return bool(self.state == SchemeState.DRAFT)

    @property
    def is_shown(self) -> bool:
        """Whether units see their own sheets."""
        return self.state in (SchemeState.SHOWN, SchemeState.RELEASED)

    @property
    def hears(self) -> bool:
        """Whether units may comment: the last day is not over."""
        return self.is_shown and (self.comments_until is None or clock.today() <= self.comments_until)


class Criterion(models.Model):
    """One thing that is evaluated, and how many points it can bring."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("what is evaluated"), max_length=60)
    measure = models.CharField(_("counted how"), max_length=20, choices=Measure, default=Measure.BY_HAND)
    weight = points(
        verbose_name=_("points"), validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(1000))]
    )
    note = models.CharField(_("how points are given"), max_length=300, blank=True)
    waved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """The administrator who let a refused criterion pass."""
    waved_because = models.CharField(max_length=300, blank=True)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="criterion_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_by_hand(self) -> bool:
        return bool(self.measure == Measure.BY_HAND)


class Mark(models.Model):
    """What one assessor gives one unit for one criterion, and why."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    points = points()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "unit", "by"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.criterion} · {self.unit}: {self.points}"


class Adjustment(models.Model):
    """Points added or taken off for one thing a unit filed: they last as long as that stands."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="adjustments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    points = points(verbose_name=_("points"))
    reason = models.CharField(_("reason"), max_length=300)
    evidence = models.ForeignKey(Assignment, models.PROTECT, related_name="+", verbose_name=_("evidence"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    waits = models.BooleanField(default=False, db_default=False)
    """Whether an administrator has to let it pass first: until then it counts for nothing."""
    waved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    waved_because = models.CharField(max_length=300, blank=True, default="", db_default="")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.points:+}"


class SheetComment(models.Model):
    """What a unit says to its sheet, and what the office answers."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="comments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Release(models.Model):
    """One edition of the result, as it stood on its day; a correction is the next one and says what changed."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="releases")
    edition = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    """Of each unit, by place: see ``reports.evaluation.deeds.frozen``."""
    changes = models.JSONField()
    """Of each unit that changed since the edition before: its name; what, from what, to what."""
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["scheme", "edition"], name="release_once")]

    def __str__(self) -> str:
        return str(_("edition %(n)s")) % {"n": thousands(self.edition)}

    def get_absolute_url(self) -> str:
        return reverse("reports:release", args=[self.pk])

"""A campaign: one year's Quality Month of one host unit."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit, UnitGroup
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from accounts.models.units import UnitLevel, UnitQuerySet
from campaigns import rules
from campaigns.states import CAMPAIGN_MOVES, CampaignState
from workflow.compiled import any_of
from workflow.day_field import DayField
from workflow.models import Stateful


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: Any) -> Self:
        """Campaigns the person's unit hosts, or in which an issued notice addresses it."""
        return self.seen_by(user.units_as(*HOST_ROLES), user.units_as(*UNIT_ROLES))

    def seen_by(self, hosts: Collection[Any], units: Collection[Any]) -> Self:
        """The same for the units whose campaigns somebody sees, and those for which somebody files."""
        hosted = any_of("host", hosts)
        if not units:
            return self.filter(hosted)
        # a subquery, never a join: a notice has thousands of addressees
        to_units = any_of("notices__addressees", units)
        addressed = Campaign._base_manager.filter(to_units, notices__issued_at__isnull=False)
        return self.filter(hosted | Q(pk__in=addressed.values("pk")))


class Campaign(Stateful, RulesModel):
    """What one office asks of its units in one year."""

    MOVES = CAMPAIGN_MOVES

    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted", verbose_name=_("host unit"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="adopted_by")
    year = models.PositiveIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=120)
    theme = models.CharField(_("theme"), max_length=120)
    spirit_slogan = models.CharField(_("spirit slogan"), max_length=120, blank=True)
    logo_note = models.TextField(_("use of the logo"), blank=True)
    guiding_ideology = models.TextField(_("guiding ideology"), blank=True)
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"))
    summary_due_on = DayField(_("summary due by"))
    plan_due_on = DayField(_("plans due by"), null=True, blank=True)
    head_signs = models.BooleanField(_("plan and summary pass the head of the unit"), default=False)
    registration_due_on = DayField(_("liaison officers named by"), null=True, blank=True)
    units = models.ManyToManyField(Unit, related_name="campaigns", blank=True, verbose_name=_("units taking part"))
    groups = models.ManyToManyField(
        UnitGroup, related_name="campaigns", blank=True, verbose_name=_("groups taking part")
    )
    state = models.CharField(max_length=20, choices=CampaignState, default=CampaignState.PLANNED)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="campaign_period"),
        ]
        rules_permissions = {
            "view": rules.sees_campaign,
            "oversee": rules.oversees_campaign,
            "change": rules.runs_campaign,
        }

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])

    def taking_part(self) -> UnitQuerySet:
        """Every unit that takes part, by itself or in a group."""
        return Unit.objects.filter(Q(campaigns=self) | Q(in_groups__campaigns=self)).distinct()

    def let_take_part(self, units: "Collection[Unit]") -> None:
        """Let these units take part: through the host's groups where all of a group are among them, else singly."""
        meant, covered, whole = {unit.pk for unit in units}, set[int](), []
        for group in self.host.groups.prefetch_related("units"):
            members = {unit.pk for unit in group.units.all()}
            if members and members <= meant:
                whole.append(group)
                covered |= members
        self.groups.set(whole)
        self.units.set(meant - covered)

    @property
    def focal_points(self) -> "list[Point]":
        return [point for point in self.points.all() if point.kind == PointKind.FOCAL]

    @property
    def requirements(self) -> "list[Point]":
        return [point for point in self.points.all() if point.kind == PointKind.REQUIREMENT]


class PointKind(models.TextChoices):
    FOCAL = "focal", _("Focal point")
    REQUIREMENT = "requirement", _("Requirement")


class Point(models.Model):
    """A focal point or a requirement of the campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=20, choices=PointKind)
    number = models.CharField(max_length=10)
    heading = models.CharField(max_length=120)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}{self.heading}"


class Slogan(models.Model):
    """One of the campaign's slogans, in the order of the notice."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="slogans")
    order = models.PositiveIntegerField()
    text = models.CharField(_("slogan"), max_length=120)
    is_theme = models.BooleanField(default=False)
    level = models.CharField(max_length=20, choices=UnitLevel, blank=True, default="", db_default="")
    """The level it was taken over from with an upper notice; empty: the office's own."""

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="slogan_order_once")]

    def __str__(self) -> str:
        return self.text

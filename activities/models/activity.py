"""An activity of the campaign, and which unit takes which part in it."""

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitGroup
from campaigns.models import Campaign
from workflow.day_field import DayField


class Scope(models.TextChoices):
    COMMON = "common", _("Common to all")
    MEMBER = "member", _("Of one unit")


class ActivityKind(models.TextChoices):
    PUBLICITY = "publicity", _("Publicity")
    IMPROVEMENT = "improvement", _("Improvement")
    RECTIFICATION = "rectification", _("Rectification")
    SERVICE = "service", _("Service")
    MASS = "mass", _("Mass participation")


class Part(models.TextChoices):
    LEAD = "lead", _("Lead")
    UNDERTAKE = "undertake", _("Undertake")
    ASSIST = "assist", _("Assist")
    PARTICIPATE = "participate", _("Take part")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> Self:
        """Activities of every campaign the person can see."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def led_by(self, unit: Unit) -> Self:
        return self.filter(participations__unit=unit, participations__part=Part.LEAD)

    def for_list(self) -> Self:
        """With who takes which part: a group stays one row, however many units are in it."""
        named, grouped = by_name(Participation.objects.all()), GroupParticipation.objects.select_related("group")
        return self.prefetch_related(
            Prefetch("participations", named, to_attr="named"), Prefetch("group_participations", grouped)
        )


class Activity(models.Model):
    """One numbered entry of the notice's list of activities."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="activities")
    order = models.PositiveIntegerField()
    scope = models.CharField(_("scope"), max_length=20, choices=Scope)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind, blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="own_activities")
    number = models.CharField(_("number"), max_length=10, blank=True)
    sub_number = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("content"), blank=True)
    date_text = models.CharField(_("date as printed"), max_length=60, blank=True)
    starts_on = DayField(_("first day"), null=True, blank=True)
    ends_on = DayField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    leaders = models.CharField(_("leaders expected"), max_length=200, blank=True, db_default="", default="")
    due_on = DayField(_("to be done by"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    words = models.JSONField(default=dict, blank=True)
    """How the notice calls the parts of this activity (“lead”: 牵头), where it says so itself."""
    units = models.ManyToManyField(Unit, through="Participation", related_name="activities")
    carries = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_by")
    """The activity of the upper campaign that this one carries out."""

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="activity_order_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="activity_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.pk])

    def with_part(self, part: str) -> list[Unit | UnitGroup]:
        """Units named for this part, then groups, from what ``for_list`` prefetched; a group stands for its units."""
        named = self.named if hasattr(self, "named") else by_name(self.participations)
        units = [each.unit for each in named if each.part == part]
        return [*units, *(each.group for each in self.group_participations.all() if each.part == part)]

    @property
    def leads(self) -> list[Unit | UnitGroup]:
        return self.with_part(Part.LEAD)

    @property
    def assists(self) -> list[Unit | UnitGroup]:
        """Assisting units, and those that take part otherwise."""
        return [*self.with_part(Part.ASSIST), *self.with_part(Part.PARTICIPATE)]

    @property
    def parts(self) -> list[tuple[str, list[Unit | UnitGroup]]]:
        """Each part that somebody takes, with its units, in the order of the notice."""
        found = [(str(part.label), self.with_part(part)) for part in Part]
        return [(label, units) for label, units in found if units]


class Participation(models.Model):
    """One unit's part in one activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    part = models.CharField(_("part"), max_length=20, choices=Part)
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="+")
    """The group through which the unit takes part, fixed when the notice was issued; None: named itself."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "unit", "part"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_part_display()}"


def by_name(rows: Any) -> Any:
    """Those of participations that stand in the table themselves, not through a group."""
    return rows.filter(group=None).select_related("unit")


class GroupParticipation(models.Model):
    """The part every unit of a group takes (各镇街); who that is, is fixed when the notice is issued."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="group_participations")
    group = models.ForeignKey(UnitGroup, models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=20, choices=Part)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "group", "part"], name="group_part_once")]

    def __str__(self) -> str:
        return f"{self.group} {self.get_part_display()}"

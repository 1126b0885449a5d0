"""Rounds: a series of dates under one activity, with the units invited to each (ten interviews on the radio)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities import rules
from activities.models.activity import Activity
from campaigns.models import Campaign
from workflow.day_field import DayField


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: Any) -> Self:
        """Rounds of every campaign the person can see: the schedule stands in the notice."""
        return self.filter(activity__campaign__in=Campaign.objects.visible_to(user))


class Round(models.Model):
    """One date of the series. What units prepare for it is owed by ``prepare_by``."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="rounds")
    order = models.PositiveIntegerField()
    on = DayField(_("day"))
    time_text = models.CharField(_("time"), max_length=60, blank=True)
    title = models.CharField(_("subject"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    prepare = models.CharField(_("what to prepare"), max_length=500, blank=True)
    prepare_by = DayField(_("prepared by"), null=True, blank=True)
    published_on = DayField(_("coverage published on"), null=True, blank=True)
    published_in = models.CharField(_("medium"), max_length=80, blank=True)
    published_link = models.URLField(_("link to the coverage"), max_length=500, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["activity__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "order"], name="round_order_once"),
            models.CheckConstraint(
                condition=Q(prepare_by=None) | Q(prepare_by__lte=models.F("on")), name="prepared_before"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Round %(number)d")) % {"number": self.order}

    def get_absolute_url(self) -> str:
        return f"{reverse('activities:rounds', args=[self.activity.campaign_id])}#round-{self.pk}"


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def visible_to(self, user: Any) -> Self:
        """Invitations of the person's own units, once the notice is issued; all of them to the office."""
        campaigns = Campaign.objects.visible_to(user)
        own = Q(unit__in=user.units_as(*UNIT_ROLES), round__activity__campaign__in=campaigns)
        return self.filter(own | Q(round__activity__campaign__host__in=user.units_as(*HOST_ROLES)))


class Appearance(RulesModel):
    """One unit invited to one round, and who speaks for it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="appearances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appearances")
    speaker = models.CharField(_("who speaks"), max_length=60, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="appearance_once")]
        rules_permissions = {"register": rules.names_speaker}

    def __str__(self) -> str:
        return str(self.round)

    def get_absolute_url(self) -> str:
        return reverse("activities:appearance", args=[self.pk])

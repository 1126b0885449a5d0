"""Rounds: a series of dates under one activity, with the units invited to each (ten interviews on the radio)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.models.activity import Activity


class Round(models.Model):
    """One date of the series. What units prepare for it is owed by ``prepare_by``."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="rounds")
    order = models.PositiveIntegerField()
    on = models.DateField(_("day"))
    time_text = models.CharField(_("time"), max_length=60, blank=True)
    title = models.CharField(_("subject"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    prepare = models.CharField(_("what to prepare"), max_length=500, blank=True)
    prepare_by = models.DateField(_("prepared by"), null=True, blank=True)

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


class Appearance(models.Model):
    """One unit invited to one round, and who speaks for it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="appearances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appearances")
    speaker = models.CharField(_("who speaks"), max_length=60, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="appearance_once")]

    def __str__(self) -> str:
        return str(self.round)

"""What a notice asks of every addressee beside receipt, liaison officers, plans and the summary."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.states import Kind
from campaigns.models import Notice
from workflow.day_field import DayField

MOST_PHOTOS = 12
"""Photos one filing may have, whatever was asked for."""


def photos_field(words: Any) -> Any:
    """A number of photos of one filing, or nothing."""
    limits = [MinValueValidator(1), MaxValueValidator(MOST_PHOTOS)]
    return models.PositiveSmallIntegerField(words, null=True, blank=True, validators=limits)


class Counts(models.TextChoices):
    """What a unit sends of its own accord, as often as it likes, and a demand may count."""

    NOTHING = "", _("nothing: it is handed in once")
    PROGRESS = Kind.PROGRESS.value, _("reports on progress")
    CASE = Kind.CASE.value, _("typical cases")
    COVERAGE = Kind.COVERAGE.value, _("media coverage")


class Demand(models.Model):
    """One thing by one day (a list of names by 10 August), or so many of one (two reports on progress).

    Issuing makes an assignment of it for each unit asked. What ``counts`` names is counted as the units send it, and
    the assignment is filed by itself with the last that was missing (``activities/models/quota.py``).
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="demands")
    order = models.PositiveIntegerField()
    title = models.CharField(_("what"), max_length=200)
    due_on = DayField(_("last day"), null=True, blank=True)
    due_hour = models.TimeField(_("hour"), null=True, blank=True)
    """Empty: 24:00 of that day."""
    target = models.PositiveIntegerField(_("at least"), null=True, blank=True, validators=[MaxValueValidator(10**8)])
    measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    counts = models.CharField(_("what is counted"), max_length=20, choices=Counts, blank=True)
    units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("asked of"))
    """Empty: every addressee."""
    photos_least = photos_field(_("photos, at least"))
    """Empty: photos are welcome, and nobody has to send any."""
    photos_most = photos_field(_("photos, at most"))
    photos_why = models.CharField(_("why photos are needed"), max_length=120, blank=True, default="", db_default="")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["notice", "order"], name="demand_order_once")]

    def __str__(self) -> str:
        return self.title

    def proposed(self, today: date) -> date:
        """The day offered on the issue page: the notice's own, if it is still to come."""
        return max(self.due_on or today, today)

    @property
    def wanted(self) -> str:
        """How many are asked for, as one says it; empty where one thing is handed in once."""
        return f"{self.target:,}{self.measure}" if self.target else ""

    def of(self, units: Collection[int]) -> list[int]:
        """Those of these units of whom it is asked."""
        asked = {unit.pk for unit in self.units.all()}
        return [unit for unit in units if not asked or unit in asked]

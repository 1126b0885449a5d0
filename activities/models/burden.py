"""What the burden check counts with at an office, and what an issued notice asked in sum."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.states import Kind
from campaigns.models import Notice

SPECIFIC, COMPREHENSIVE = 4000, 5000
"""Characters of a paper about one task, and of one about many, by the provisions of 2024."""


def ceiling(words: Any, most: int) -> Any:
    """The most characters of a kind of paper."""
    limits = [MinValueValidator(100), MaxValueValidator(100_000)]
    return models.PositiveIntegerField(words, default=most, validators=limits)


class BurdenMeasures(models.Model):
    """What an office changed of the table the check counts with (``activities/burden/measures.py`` has the rest)."""

    office = models.OneToOneField(Unit, models.CASCADE, related_name="burden_measures")
    changed = models.JSONField(default=dict)
    """By what is filed: ``[hours, working days]`` where they are not the usual ones."""
    specific = ceiling(_("characters of a paper about one task, at most"), SPECIFIC)
    comprehensive = ceiling(_("characters of a paper about the whole, at most"), COMPREHENSIVE)
    source = models.CharField(_("where your numbers come from"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.office)


class Spared(models.Model):
    """What a notice does not ask of a unit because it is known already."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="spared")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notice", "unit", "kind"], name="spared_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_kind_display()}"


class NoticeWeight(models.Model):
    """What a notice asked in sum on the day of its issue, by the hours the office counted with then."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="weight")
    units = models.PositiveIntegerField()
    filings = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=12, decimal_places=1)
    lines = models.JSONField(default=list)
    """By kind of unit: group or level, whether it leads activities, units, filings, hours."""
    kinds = models.JSONField(default=list)
    """By what is filed: its code, filings, hours."""

    def __str__(self) -> str:
        return f"{self.notice}: {self.filings}"

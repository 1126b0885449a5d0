"""A figure every unit reports in its summary: a row of the statistics form of the notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

NAME, MEASURE = 60, 20
"""The most characters of each."""


class Indicator(models.Model):
    """A figure the office asks every unit for in its summary."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="indicators")
    order = models.PositiveIntegerField()
    name = models.CharField(_("figure"), max_length=NAME)
    measure = models.CharField(_("unit of measure"), max_length=MEASURE, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="indicator_order_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name and unit of measure, as a form prints them."""
        return f"{self.name}（{self.measure}）" if self.measure else self.name

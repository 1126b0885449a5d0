"""A figure every unit reports in its summary: a row of the statistics form of the notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

NAME, MEASURE, COUNTS = 60, 20, 200
"""The most characters of each."""


class RollUp(models.TextChoices):
    """What becomes of the numbers of all units."""

    SUM = "sum", _("sum")
    MEAN = "mean", _("mean of the units")
    LAST = "last", _("the number filed last")
    RATIO = "ratio", _("share of one figure in another, in per cent")
    DISTINCT = "distinct", _("how many units have any")


class Indicator(models.Model):
    """A figure the office asks every unit for in its summary.

    A ratio is asked of nobody: it follows from two other figures, ``part`` and ``whole``.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="indicators")
    order = models.PositiveIntegerField()
    name = models.CharField(_("figure"), max_length=NAME)
    measure = models.CharField(_("unit of measure"), max_length=MEASURE, blank=True)
    counts = models.CharField(_("what counts"), max_length=COUNTS, blank=True, default="", db_default="")
    rollup = models.CharField(
        _("over all units"), max_length=10, choices=RollUp, default=RollUp.SUM, db_default=RollUp.SUM
    )
    part = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("figure of the part")
    )
    whole = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("figure of the whole")
    )
    target = models.PositiveBigIntegerField(_("target of a unit"), null=True, blank=True)
    carries = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_by", verbose_name=_("figure above")
    )
    """The figure of the upper campaign that is rolled up from this one."""
    times = models.PositiveBigIntegerField(_("times"), default=1, db_default=1)
    """One of these is so many of those above (万人次: 10,000 人次)."""

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="indicator_order_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name and unit of measure, as a form prints them."""
        return f"{self.name}（{self.measure}）" if self.measure else self.name

    @property
    def is_asked(self) -> bool:
        """Whether units write it."""
        return self.rollup != RollUp.RATIO

    def is_defined_as(self, other: "Indicator") -> bool:
        """Whether another campaign means the same by it: name, measure, what counts, what becomes of it."""
        named = ("name", "measure", "counts", "rollup")
        return all(getattr(self, each) == getattr(other, each) for each in named)

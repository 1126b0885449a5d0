"""Indicators over years: what an office wants reached by when, and what the responsible units report year by year.

Not to be mixed up with :class:`campaigns.models.Indicator`, a figure of one campaign that every unit reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities.models import Comparator
from campaigns.models import RollUp
from reports import rules
from reports.approximate import nearness, said
from workflow.models import Stateful

EARLIEST, LATEST = 1990, 2100
YEARS = (MinValueValidator(EARLIEST), MaxValueValidator(LATEST))


def amount(label: Any, **more: Any) -> Any:
    """A number of an indicator."""
    return models.DecimalField(label, max_digits=15, decimal_places=4, null=True, blank=True, **more)


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office, and those for which a unit of the person is responsible.

        A unit that was merged is spoken for by its successor.
        """
        own = user.units_as(*UNIT_ROLES)
        answers = Target.units.through._default_manager.filter(Q(unit__in=own) | Q(unit__merged_into__in=own))
        return self.filter(Q(host__in=user.units_as(*HOST_ROLES)) | Q(pk__in=answers.values("target")))


class Target(RulesModel):
    """One indicator: from what, to what, by when, in whose hands, how the values of several units are put together."""

    host = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField(_("place in the list"), default=0)
    name = models.CharField(_("indicator"), max_length=80)
    measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    counts = models.CharField(_("what counts"), max_length=300, blank=True)
    source = models.CharField(_("where the values come from"), max_length=200, blank=True)
    comparator = models.CharField(_("to be reached"), max_length=10, choices=Comparator, default=Comparator.AT_LEAST)
    base_year = models.PositiveIntegerField(_("base year"), null=True, blank=True, validators=YEARS)
    base_value = amount(_("value of the base year"))
    target_year = models.PositiveIntegerField(_("target year"), validators=YEARS)
    target_value = models.DecimalField(_("target"), max_digits=15, decimal_places=4)
    rollup = models.CharField(_("over all units"), max_length=10, choices=RollUp, default=RollUp.SUM)
    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("responsible units"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["host", "name"], name="target_name_once"),
            models.CheckConstraint(
                condition=Q(base_year=None) | Q(base_year__lt=models.F("target_year")), name="base_before_target"
            ),
        ]
        rules_permissions = {"oversee": rules.hosts_target, "change": rules.staffs_target}

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:indicator", args=[self.pk])

    @property
    def label(self) -> str:
        """Name and unit of measure."""
        return f"{self.name}（{self.measure}）" if self.measure else self.name

    @property
    def is_ratio(self) -> bool:
        """Whether units report a part and a whole instead of a value."""
        return self.rollup == RollUp.RATIO

    @property
    def sign(self) -> str:
        """How it compares, as tables print it."""
        return {Comparator.AT_LEAST: "≥", Comparator.EXACTLY: "=", Comparator.AT_MOST: "≤"}[Comparator(self.comparator)]


class ValueState(models.TextChoices):
    REPORTED = "reported", _("Waits for the office")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    TAKEN_BACK = "taken_back", _("Taken back by the unit")
    REPLACED = "replaced", _("Replaced by a corrected value")


VALUE_MOVES: dict[str, set[str]] = {
    ValueState.REPORTED: {ValueState.APPROVED, ValueState.RETURNED, ValueState.TAKEN_BACK},
    ValueState.APPROVED: {ValueState.REPLACED, ValueState.RETURNED},
    ValueState.RETURNED: set(),
    ValueState.TAKEN_BACK: set(),
    ValueState.REPLACED: set(),
}


class TargetValueQuerySet(models.QuerySet["TargetValue"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office, and those of the person's units; of other units what was approved."""
        own = user.units_as(*UNIT_ROLES)
        of_own = Q(unit__in=own) | Q(unit__merged_into__in=own)
        seen = Q(state=ValueState.APPROVED, target__in=Target.objects.visible_to(user))
        return self.filter(Q(target__host__in=user.units_as(*HOST_ROLES)) | of_own | seen)


class TargetValue(Stateful, RulesModel):
    """What one unit reported for one year. A correction is a row of its own; only what is approved counts."""

    MOVES = VALUE_MOVES

    target = models.ForeignKey(Target, models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The responsible unit as the indicator names it; after a merger its successor reports in its place."""
    year = models.PositiveIntegerField(_("year"), validators=YEARS)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4)
    about = models.CharField(max_length=40, blank=True)
    """How it was written, where it is only about right (1,000余, 约300)."""
    part = amount(_("of these"))
    whole = amount(_("all of them"))
    more = models.CharField(_("remark"), max_length=300, blank=True)
    evidence = models.FileField(_("evidence"), upload_to="indicators/%Y/", blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ValueState, default=ValueState.REPORTED)

    objects = TargetValueQuerySet.as_manager()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "unit", "year"], condition=Q(state="reported"), name="one_value_waits"
            ),
            models.UniqueConstraint(
                fields=["target", "unit", "year"], condition=Q(state="approved"), name="one_value_counts"
            ),
        ]
        rules_permissions = {"decide": rules.staffs_target_of, "take_back": rules.speaks_for_value}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return (self.target.host_id, OFFICE_ROLES), (self.unit_id, UNIT_ROLES)

    def __str__(self) -> str:
        return f"{self.target} {self.year}"

    @property
    def shown(self) -> str:
        """The number as pages and papers say it: what is only about right says so."""
        return said(plain(self.value), nearness(self.about))


def plain(value: Decimal) -> Decimal:
    """A number without the noughts behind its point: 93.5, 1200."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()

"""A unit's plan for one activity it leads."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.filing import Filing
from activities.models.liaison import telephone
from workflow.day_field import DayField


class Plan(Filing):
    """One version of a plan. A draft may be half-done; what is submitted is complete."""

    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    content = models.TextField(_("content"), max_length=5000, blank=True)
    schedule = models.TextField(_("schedule"), max_length=5000, blank=True)
    starts_on = DayField(_("first day"), null=True, blank=True)
    ends_on = DayField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    expected_participants = models.PositiveIntegerField(
        _("expected participants"), null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    budget = models.DecimalField(
        _("budget (yuan)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000_000)],
    )
    budget_source = models.CharField(_("source of the budget"), max_length=120, blank=True)
    person_in_charge = models.CharField(_("person in charge"), max_length=40, blank=True)
    person_phone = models.CharField(_("their telephone"), max_length=30, blank=True, validators=[telephone])
    safety = models.TextField(_("safety arrangements"), max_length=2000, blank=True)
    health = models.TextField(_("health precautions"), max_length=2000, blank=True)
    emergency = models.TextField(_("emergency plan"), max_length=2000, blank=True)
    permit = models.CharField(_("safety permit"), max_length=200, blank=True)
    """Its number, or where the application stands."""

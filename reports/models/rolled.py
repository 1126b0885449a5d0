"""What a level hands upwards: figures its head released, and a summary put together from passages of its units."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from activities.models import Assignment
from campaigns.models import Campaign, Indicator
from reports import rules
from reports.models.summary import LONGEST, Figure
from workflow import clock

WORDS = 3000
"""Words of a summary that is put together, unless the office says otherwise."""


class LevelRelease(models.Model):
    """The figures of a campaign as its head released them; the level above counts the newest release only."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="level_releases")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["campaign", "number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="level_release_once")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.number}"


class ReleasedFigure(models.Model):
    """One number of one release, and the figure it is: that of the unit that wrote it, however many levels below."""

    release = models.ForeignKey(LevelRelease, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who wrote it."""
    through = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The unit of the campaign through which it came; the same where that wrote it itself."""
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="released")
    value = models.PositiveBigIntegerField()
    about = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "indicator", "unit"], name="released_once_a_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.about or self.value}"


class RolledSummaryQuerySet(models.QuerySet["RolledSummary"]):
    def visible_to(self, user: Any) -> Self:
        """Those that the person's own office puts together."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class RolledSummary(RulesModel):
    """The summary an office owes above, put together from what its own units filed."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="rolled_summary")
    """The lower campaign, whose units are summed up."""
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="rolled")
    """The summary owed above."""
    most = models.PositiveIntegerField(_("words at most"), default=WORDS)
    opened = models.BooleanField(_("the upper office may read the filings below"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = RolledSummaryQuerySet.as_manager()

    class Meta:
        rules_permissions = {"view": rules.hosts_campaign_of, "change": rules.staffs_campaign_of}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return f"{self.campaign} → {self.assignment}"


class RolledPiece(models.Model):
    """A passage of a filing below, shortened beside its original, in one section of the summary above."""

    rolled = models.ForeignKey(RolledSummary, models.CASCADE, related_name="pieces")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=20)
    """The section in which it stands."""
    source = models.ForeignKey(Assignment, models.PROTECT, related_name="taken_up")
    """The accepted filing it was taken from: a summary, or a case."""
    version = models.PositiveIntegerField()
    original = models.TextField()
    text = models.TextField(_("shortened"), max_length=LONGEST)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, related_name="taken_into")
    """Where the source was put together itself: the piece below that stands in it."""

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text

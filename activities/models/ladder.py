"""When units are reminded of what they owe in a campaign: the office's rules, by kind of assignment."""

from datetime import time
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.states import Kind
from campaigns.models import Campaign

MOST_DAYS, MOST_TIMES = 60, 99


class Chasing(models.Model):
    """How reminders of one campaign go out; the hours are in the site's own time zone."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="chasing")
    is_on = models.BooleanField(_("remind by these rules"), default=False)
    holds = models.BooleanField(_("hold every reminder until somebody of the office has looked at it"), default=False)
    send_at = models.TimeField(_("send at"), default=time(9))
    quiet_from = models.TimeField(_("nothing from"), default=time(18))
    quiet_until = models.TimeField(_("until"), default=time(8))
    words = models.TextField(_("words of a reminder"), max_length=1000, blank=True)
    """With the places of :mod:`activities.chasing.words`; empty: as the program words it."""
    looked_on = models.DateField(null=True)
    """The last day for which the rules were gone through to the end."""

    def __str__(self) -> str:
        return str(self.campaign)

    @classmethod
    def of(cls, campaign: Campaign) -> "Chasing":
        """The rules of a campaign; a new one, not written yet and not on, where nobody has set any."""
        return cls.objects.filter(campaign=campaign).first() or cls(campaign=campaign)


def days(label: Any, default: int) -> Any:
    """A number of working days; 0 is never."""
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(MOST_DAYS)])


class Ladder(models.Model):
    """When reminders of one kind ring, counted in working days from the deadline; 0 is never.

    The ladder without a kind is that of every kind that has none of its own.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="ladders")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    before = days(_("working days before"), 3)
    on_day = models.BooleanField(_("on the day itself"), default=True)
    every = days(_("after it, every so many working days"), 2)
    head_after = days(_("to the head of the unit as well, after so many"), 3)
    leader_after = days(_("to the leader of the office as well, after so many"), 0)
    at_most = models.PositiveSmallIntegerField(
        _("at most so many times"), default=10, validators=[MaxValueValidator(MOST_TIMES)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "kind"], name="ladder_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.get_kind_display() or '*'}"

    @classmethod
    def of(cls, campaign: Any) -> "dict[str, Ladder]":
        """The ladder of each kind, and under "" that of the others."""
        own = {row.kind: row for row in cls.objects.filter(campaign=campaign)}
        usual = own.get("") or cls(campaign_id=getattr(campaign, "pk", campaign))
        return {"": usual, **{kind: own.get(kind, usual) for kind in Kind.values}}

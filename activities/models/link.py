"""A personal link: a unit without an account files through it, so far and so long as the link says."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.models.assignment import Assignment
from campaigns.models import Campaign


class PersonalLink(models.Model):
    """One link for one person of one unit. Only the hash of its secret is kept."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="personal_links")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="personal_links")
    assignments = models.ManyToManyField(Assignment, related_name="personal_links")
    """What may be filed through it."""
    person = models.CharField(_("for whom"), max_length=60)
    secret = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the address."""
    expires_at = models.DateTimeField(_("good until"))
    uses = models.PositiveIntegerField(_("how often it may be used"), default=1)
    used = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.person}"

"""A personal link: a unit without an account files through it, so far and so long as the link says."""

import hashlib
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from accounts.visitor import Visitor
from activities import rules
from activities.models.assignment import Assignment
from campaigns.models import Campaign
from workflow import clock


class LinkStanding(models.TextChoices):
    GOOD = "good", _("Good")
    EXPIRED = "expired", _("Expired")
    USED_UP = "used_up", _("Used up")
    REVOKED = "revoked", _("Revoked")


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def visible_to(self, user: Any) -> Self:
        """Links of campaigns the person's office runs."""
        return self.filter(campaign__host__in=user.units_as(*OFFICE_ROLES))

    def of_secret(self, secret: str) -> "PersonalLink | None":
        """The link of an address; None when there is none."""
        return self.filter(secret=hashed(secret)).first()


class PersonalLink(RulesModel):
    """One link for one person of one unit. Only the hash of its secret is kept."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="personal_links")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="personal_links")
    assignments = models.ManyToManyField(Assignment, related_name="personal_links")
    """What may be filed through it."""
    person = models.CharField(_("for whom"), max_length=60)
    secret = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the address. The secret has 256 bits, so no salt and no slow hash is needed."""
    expires_at = models.DateTimeField(_("good until"))
    uses = models.PositiveIntegerField(_("how often it may be used"), default=1)
    used = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        rules_permissions = {"revoke": rules.staffs_link}

    def __str__(self) -> str:
        return f"{self.unit} · {self.person}"

    def make_secret(self) -> str:
        """Give the link a new secret. Returns: the secret, which is nowhere kept and cannot be shown again."""
        plain = secrets.token_urlsafe(32)
        self.secret = hashed(plain)
        return plain

    @property
    def standing(self) -> LinkStanding:
        """Whether it is good, and if not, why."""
        if self.revoked_at is not None:
            return LinkStanding.REVOKED
        if self.expires_at <= clock.now():
            return LinkStanding.EXPIRED
        return LinkStanding.USED_UP if self.used >= self.uses else LinkStanding.GOOD

    @property
    def is_good(self) -> bool:
        return self.standing == LinkStanding.GOOD

    def use(self) -> bool:
        """Count one use, if one is left. Returns: whether there was one.

        A use is counted when something is submitted, not when the page is opened: messengers open a link to show a
        preview, mail programs to look for viruses, and people open it twice to finish what they began.
        """
        good = Q(pk=self.pk, revoked_at=None, expires_at__gt=clock.now(), used__lt=F("uses"))
        return bool(PersonalLink.objects.filter(good).update(used=F("used") + 1))

    def revoke(self) -> None:
        """It opens nothing from now on; what was filed through it stays."""
        self.revoked_at = clock.now()
        self.save(update_fields=["revoked_at"])

    def visitor(self) -> Visitor:
        """Who comes through this link."""
        return Visitor(self.pk, self.person, frozenset(self.assignments.values_list("pk", flat=True)))


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()

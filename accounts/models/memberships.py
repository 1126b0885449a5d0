"""A person acts in a role for a unit; one person may speak for several."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.units import Unit
from workflow import clock


class Role(models.TextChoices):
    STAFF = "staff", _("Office staff")
    SIGNER = "signer", _("Signer")
    LIAISON = "liaison", _("Liaison officer")
    HEAD = "head", _("Head of unit")
    LEADER = "leader", _("Leader")
    ADMIN = "admin", _("Administrator")


OFFICE_ROLES = (Role.STAFF, Role.SIGNER)
"""Roles that run a campaign of their unit."""
HOST_ROLES = (Role.STAFF, Role.SIGNER, Role.LEADER)
"""Roles that see everything in a campaign of their unit."""
UNIT_ROLES = (Role.LIAISON, Role.HEAD)
"""Roles that file for their unit."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held_now(self) -> Self:
        """Roles that last, and those for a time that are not over yet."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=clock.today()))


class Membership(models.Model):
    """One person's role in one unit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("deputy of")
    )
    until = models.DateField(_("until"), null=True, blank=True)
    """The last day of a role held for a time; a deputy's role ends by itself."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once")]

    def __str__(self) -> str:
        held = f"{self.unit} · {self.get_role_display()}"
        return (
            _("%(role)s (acting for %(name)s)") % {"role": held, "name": self.acting_for} if self.acting_for else held
        )

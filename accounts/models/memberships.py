"""A person acts in a role for a unit; one person may speak for several."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models.units import Unit
from workflow import clock
from workflow.compiled import COUNT, Compiled
from workflow.day_field import DayField
from workflow.models import Notification


class Role(models.TextChoices):
    STAFF = "staff", _("Office staff")
    SIGNER = "signer", _("Signer")
    LIAISON = "liaison", _("Liaison officer")
    HEAD = "head", _("Head of unit")
    LEADER = "leader", _("Leader")
    ADMIN = "admin", _("Administrator")
    SECURITY = "security", _("Security administrator")
    AUDITOR = "auditor", _("Audit administrator")


OFFICE_ROLES = (Role.STAFF, Role.SIGNER)
"""Roles that run a campaign of their unit."""
HOST_ROLES = (Role.STAFF, Role.SIGNER, Role.LEADER)
"""Roles that see everything in a campaign of their unit."""
UNIT_ROLES = (Role.LIAISON, Role.HEAD)
"""Roles that file for their unit."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held_now(self) -> Self:
        """Roles that last, and those for a time that are not over yet."""
        return self.held_on(clock.today())

    def held_on(self, day: Any) -> Self:
        """The same as of a day."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day))


class Membership(models.Model):
    """One person's role in one unit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("deputy of")
    )
    until = DayField(_("until"), null=True, blank=True)
    """The last day of a role held for a time; a deputy's role ends by itself."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once")]

    def __str__(self) -> str:
        return in_words(str(self.unit), self.role, str(self.acting_for or ""))


def in_words(unit: str, role: str, acting_for: str) -> str:
    """A role in a unit as pages name it, with the person whose deputy holds it."""
    held = f"{unit} · {Role(role).label}"
    return _("%(role)s (acting for %(name)s)") % {"role": held, "name": acting_for} if acting_for else held


@dataclass(frozen=True, slots=True)
class Held:
    """One role a person holds today, as every page asks for it."""

    unit_id: int
    unit: str
    role: str
    acting_for_id: int | None
    acting_for: str

    def __str__(self) -> str:
        return in_words(self.unit, self.role, self.acting_for)


def roles_and_unread(person: Any, day: Any) -> Any:
    """What a person holds on a day, each with the number of messages the person has not read."""
    unread = Notification.objects.unread().filter(person=OuterRef("user")).order_by().values("person")
    counted = Coalesce(Subquery(unread.values_list(models.Count("pk"))), 0)
    return (
        Membership.objects.held_on(day)
        .filter(user=person)
        .order_by("id")
        .values_list(counted, "unit", "unit__name", "role", "acting_for", "acting_for__name", "acting_for__username")
    )


ROLES_AND_UNREAD = Compiled(roles_and_unread)


@dataclass(frozen=True, slots=True)
class Standing:
    """What every page asks about a person: the roles held today, and how many messages are not read."""

    held: tuple[Held, ...] = ()
    unread: int = 0


def standing_of(person: int, day: date) -> Standing:
    """What a person holds on a day and has not read; one query, two for somebody without a role."""
    rows = ROLES_AND_UNREAD(person=person, day=day)
    held = [Held(unit, called, role, of, name or username or "") for _n, unit, called, role, of, name, username in rows]
    if not rows:
        return Standing(unread=UNREAD.number(person=person))
    return Standing(tuple(held), rows[0][0])


UNREAD = Compiled(lambda person: Notification.objects.unread().filter(person=person).values_list("pk"), COUNT)

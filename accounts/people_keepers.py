"""Who looks after which people: whoever gives roles in a unit, for the unit and for those it looks after."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from accounts.duties import granting
from accounts.models import Membership, Unit, User
from accounts.models.memberships import UNIT_ROLES


def looked_after(user: Any, roles: Iterable[str]) -> Any:
    """The units in which somebody holds one of these roles, and those they look after.

    Raises: PermissionDenied for everybody else.
    """
    own = user.units_as(*roles)
    if not own:
        raise PermissionDenied
    return Unit.objects.looked_after_by(own)


def people_of(units: "QuerySet[Unit]") -> "QuerySet[User]":
    """People who hold a role in one of the units."""
    return User.objects.filter(memberships__unit__in=units).distinct().order_by("pk")


def entrusted(user: Any, roles: Iterable[str]) -> "QuerySet[Membership]":
    """Roles that whoever holds one of ``roles`` answers for: all in the own units; in those they look after only who
    files for them.

    Such a unit may be an office with a campaign of its own, whose signers are not ours to name.
    """
    own = user.units_as(*roles)
    return Membership.objects.filter(Q(unit__in=own) | Q(unit__kept_by__in=own, role__in=UNIT_ROLES))


def editable_by(user: Any) -> "QuerySet[User]":
    """People all of whose roles are entrusted: whoever sets a password must look after all they can do."""
    others = Membership.objects.exclude(pk__in=entrusted(user, granting()).values("pk"))
    return people_of(looked_after(user, granting())).exclude(memberships__in=others)

"""Who looks after which units and groups: administrators and staff of the office that keeps them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Role, Unit, UnitGroup
from accounts.models.memberships import OFFICE_ROLES
from workflow.compiled import any_of

KEEPERS = (Role.ADMIN, *OFFICE_ROLES)
"""Roles that look after the units and groups of their office."""


def offices_of(user: Any) -> set[int]:
    """The offices whose register of units this person keeps. Raises: PermissionDenied for everybody else."""
    found: set[int] = user.units_as(*KEEPERS)
    if not found:
        raise PermissionDenied
    return found


def units_for(offices: set[int]) -> Any:
    """The units these offices work with: looked after by them, or in one of their groups.

    Each knows whether it is ``mended`` here: an office of its own words its own name, and one that another office
    looks after is mended there.
    """
    held = Membership.objects.held_now().filter(unit=OuterRef("pk"), user__is_active=True)
    runs_itself = Exists(held.filter(role__in=OFFICE_ROLES))
    return units_of(offices).annotate(
        mended=Q(merged_into=None) & (Q(pk__in=offices) | (Q(kept_by__in=offices) & ~runs_itself)),
    )


def units_of(offices: Collection[Any]) -> Any:
    """The units these offices work with, and no more about them."""
    return Unit.objects.filter(any_of("pk", offices) | any_of("kept_by", offices) | grouped(offices))


def grouped(offices: Collection[Any]) -> Q:
    """That a unit stands in a group of these offices."""
    rows = UnitGroup.units.through.objects.filter(any_of("unitgroup__owner", offices))
    return Q(pk__in=rows.values("unit"))


def groups_for(offices: set[int]) -> "QuerySet[UnitGroup]":
    """The groups of these offices."""
    return UnitGroup.objects.filter(owner__in=offices).select_related("owner")


@transaction.atomic
def put_into(group: UnitGroup, units: Any) -> int:
    """Put units into a group; a unit nobody looks after yet, and for which nobody speaks, is looked after from now on.

    Returns: how many were not in it before.
    """
    chosen = {unit.pk for unit in units}
    UnitGroup.objects.select_for_update().get(pk=group.pk)
    fresh = chosen - set(group.units.filter(pk__in=chosen).values_list("pk", flat=True))
    group.units.add(*fresh)
    Unit.objects.filter(pk__in=fresh, kept_by=None, memberships=None).exclude(pk=group.owner_id).update(
        kept_by=group.owner_id
    )
    return len(fresh)


def take_out(group: UnitGroup, units: "QuerySet[Unit]") -> int:
    """Take units out of a group. Returns: how many were in it."""
    return int(group.units.through.objects.filter(unitgroup=group, unit__in=units).delete()[0])

"""Which office hears somebody: the one that looks after the unit, or the nearest above it where anybody answers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from accounts.models import Membership, Role, Unit, User
from feedback.rules import ANSWERING


def office_for(unit: Unit | None) -> Unit | None:
    """The office that hears the people of a unit.

    Arguments: the unit somebody speaks for; None for somebody without a role. Returns: of the offices above it the
    nearest where somebody answers, else the first of the site; None on a site that has no office yet.
    """
    for office in above(unit):
        if answering(office).exists():
            return office
    first = Membership.objects.held_now().filter(role=Role.ADMIN, user__is_active=True, unit__kept_by=None)
    held = first.order_by("unit__order", "unit").select_related("unit").first()
    return held.unit if held else None


def above(unit: Unit | None) -> Iterator[Unit]:
    """Who looks after a unit, the unit itself, and the same of each unit it belongs to."""
    while unit:
        if unit.kept_by:
            yield unit.kept_by
        yield unit
        unit = unit.parent


def answering(office: Unit) -> "QuerySet[User]":
    """Who answers for an office."""
    return User.objects.speaking_for([office.pk], *ANSWERING)

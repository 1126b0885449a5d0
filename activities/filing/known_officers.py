"""Whom the office can reach in a unit, as far as it is known before the unit is asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from accounts.visitor import Visitor
from activities.models import Assignment, LiaisonOfficer

FIELDS = ("name", "department", "position", "phone", "mobile", "email")
SOURCE = "source"
"""Beside the fields of an officer: where they were taken from."""


def in_register(units: Collection[int] | Any) -> dict[int, list[User]]:
    """The liaison officers of these units that the register has with name and telephone, by unit."""
    reached = Q(user__phone__gt="") | Q(user__mobile__gt="")
    rows = Membership.objects.held_now().filter(reached, role=Role.LIAISON, user__is_active=True, user__name__gt="")
    found: dict[int, list[User]] = {}
    for row in rows.filter(unit__in=units).select_related("user").order_by("pk"):
        found.setdefault(row.unit_id, []).append(row.user)
    return found


def known_officers(assignment: Assignment, person: Any) -> list[dict[str, Any]]:
    """What a new registration begins with: the register, else last year's registration, else the writer's account.

    Arguments: the registration's assignment; who writes. Returns: an officer a row, with the source; a visitor by link
    is told nothing but what the visitor's own link says.
    """
    if isinstance(person, Visitor):
        return [fields_of(person)]
    if people := in_register([assignment.unit_id]).get(assignment.unit_id):
        return [fields_of(each) | {SOURCE: _("the register")} for each in people]
    if officers := registered_before(assignment):
        year = officers[0].registration.assignment.campaign.year
        source = _("your registration of %(year)s") % {"year": year}
        return [fields_of(each) | {SOURCE: source} for each in officers]
    if person.is_in(assignment.unit_id, *UNIT_ROLES):
        return [fields_of(person) | {SOURCE: _("your account")}]
    return []


def registered_before(assignment: Assignment) -> list[LiaisonOfficer]:
    """The officers the unit registered last in an earlier campaign of the same host."""
    rows = LiaisonOfficer.objects.filter(
        Q(phone__gt="") | Q(mobile__gt=""),
        registration__submitted_at__isnull=False,
        registration__assignment__unit=assignment.unit_id,
        registration__assignment__campaign__host=assignment.campaign.host_id,
        registration__assignment__campaign__year__lt=assignment.campaign.year,
    ).select_related("registration__assignment__campaign")
    last = rows.order_by("-registration__assignment__campaign__year", "-registration__version", "-pk").first()
    return [each for each in rows if each.registration_id == last.registration_id] if last else []


def fields_of(row: Any) -> dict[str, Any]:
    """The fields of an officer, of whatever knows them."""
    return {name: getattr(row, name) for name in FIELDS}

"""Who administers what: one person alone, or three between whom the power is divided (GB/T 22239, grade three).

An administrator of a small office does everything. With ``SEPARATE_ADMINISTRATORS`` he only runs the system (units,
groups, its health); who may do what is the security administrator's, and only the audit administrator reads the trail.
Both roles may also be held beside an administrator who does everything.
"""

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import Membership, Role, User

ADMINISTRATORS = (Role.ADMIN, Role.SECURITY, Role.AUDITOR)
"""Nobody holds two of these, wherever it may be."""


def granting() -> tuple[Role, ...]:
    """Who makes accounts, gives roles, names deputies, resets passwords."""
    return (Role.SECURITY,) if settings.SEPARATE_ADMINISTRATORS else (Role.ADMIN, Role.SECURITY)


def auditing() -> tuple[Role, ...]:
    """Who reads the audit trail."""
    return (Role.AUDITOR,) if settings.SEPARATE_ADMINISTRATORS else (Role.ADMIN, Role.AUDITOR)


def needed() -> tuple[Role, ...]:
    """Roles no office is to be left without."""
    return ADMINISTRATORS if settings.SEPARATE_ADMINISTRATORS else (Role.ADMIN,)


def in_the_way(user: User, role: str) -> Membership | None:
    """What somebody holds that cannot be held together with a role; None: nothing."""
    if role not in ADMINISTRATORS or user.pk is None:
        return None
    held = Membership.objects.filter(user=user, role__in=ADMINISTRATORS).exclude(role=role)
    return held.select_related("unit", "acting_for").first()


def two_duties() -> "QuerySet[User]":
    """Who holds two of them all the same: from before they were told apart."""
    held = Membership.objects.held_now().filter(role__in=ADMINISTRATORS)
    twice = held.order_by().values("user").annotate(ways=Count("role", distinct=True)).filter(ways__gt=1)
    return User.objects.filter(pk__in=twice.values("user"), is_active=True).order_by("pk")


def held_alone(person: User) -> "QuerySet[Membership]":
    """The administrator's roles that nobody would hold in their office without this person."""
    held = Membership.objects.held_now().filter(role__in=needed(), user__is_active=True)
    others = held.filter(unit=OuterRef("unit"), role=OuterRef("role")).exclude(user=person)
    return held.filter(~Exists(others), user=person)

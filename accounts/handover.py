"""Handing a unit over to a successor: roles and unread messages move, drafts and to-dos are the unit's anyway.

What the predecessor filed keeps their name; their role ends by its day, so that it stays in the history.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.duties import granting
from accounts.models import Deed, HandOver, Membership, Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.role_changes import record
from workflow import clock
from workflow.models import MoveRefused, Notification
from workflow.telling import notify


def in_hand_of(user: Any) -> "QuerySet[Membership]":
    """The filing roles somebody may hand over: their own; as administrator or office staff those of the own unit and
    of the units it looks after. A deputy's role is nobody's to hand over: it ends by itself."""
    rows = Membership.objects.held_now().filter(role__in=UNIT_ROLES, acting_for=None)
    return rows.filter(Q(user=user.pk) | Q(unit__in=looked_after(user))).select_related("user", "unit")


def looked_after(user: Any) -> Any:
    """The units whose people are somebody's to change, as administrator or office staff: a query for their numbers."""
    return Unit.objects.looked_after_by(user.units_as(*granting(), *OFFICE_ROLES)).values("pk")


def successors(units: Collection[int], *, by: Any) -> "QuerySet[User]":
    """Who may be named as successor: people of these units, and of all units that are in the namer's hand.

    Arguments: the units, by number; who names somebody.
    """
    known = Membership.objects.filter(Q(unit__in=units) | Q(unit__in=looked_after(by)))
    return User.objects.filter(is_active=True, pk__in=known.order_by().values("user"))


@transaction.atomic
def hand_over(unit: Unit, giver: User, taker: User, *, by: Any, roles: Collection[str] = UNIT_ROLES) -> HandOver:
    """Give the roles in which somebody files for a unit to a successor.

    Arguments: the unit; who leaves it; who comes; who does it; which roles. Returns: the line of the history.
    Raises: MoveRefused when the giver has no such role (any more), or the taker cannot have it.
    """
    if taker.pk == giver.pk:
        raise MoveRefused(_("Nobody hands over to themselves."))
    if not taker.is_active:
        raise MoveRefused(_("%(name)s may not sign in.") % {"name": taker})
    held = Membership.objects.held_now().filter(unit=unit, user=giver, role__in=roles, acting_for=None)
    moved = list(held.select_for_update().values_list("role", flat=True))
    if not moved:
        raise MoveRefused(_("%(name)s does not file for %(unit)s any more.") % {"name": giver, "unit": unit})
    for role in moved:
        row, _made = Membership.objects.update_or_create(
            user=taker, unit=unit, role=role, defaults={"until": None, "acting_for": None}
        )
        record(Deed.HANDED, taker, by=by, of=row)
    held.update(until=clock.today() - timedelta(days=1))
    Membership.objects.filter(unit=unit, acting_for=giver, role__in=moved).update(acting_for=taker)
    done = HandOver.objects.create(unit=unit, giver=giver, taker=taker, by=by, at=clock.now())
    move_messages(done)
    tell(done)
    return done


def move_messages(row: HandOver) -> None:
    """Unread messages go to the successor: all of them when the giver has no role left, else those about the unit.

    What the successor was told as well is only marked read for the giver. What is the giver's own (``personal``), as an
    answer to a complaint, goes to nobody.
    """
    waiting = Notification.objects.filter(person=row.giver).unread().exclude(values__has_key="personal")
    if Membership.objects.held_now().filter(user=row.giver).exists():
        waiting = waiting.filter(values__unit=row.unit_id)
    known = Notification.objects.filter(person=row.taker).values("key")
    waiting.filter(key__in=list(known.values_list("key", flat=True))).update(read_at=clock.now())
    waiting.update(person=row.taker)


def tell(row: HandOver) -> None:
    """Both hear of it."""
    home, key = reverse("reports:home"), f"hand-over-{row.pk}"
    values = {"unit": str(row.unit), "giver": str(row.giver), "taker": str(row.taker)}
    notify(
        [row.taker],
        gettext_noop(
            "You have taken over %(unit)s from %(giver)s: what is owed and what was begun is on your first page."
        ),
        key=key,
        url=home,
        **values,
    )
    notify([row.giver], gettext_noop("%(taker)s has taken over %(unit)s from you."), key=key, url=home, **values)

"""Deputies: for some days one person acts for another in one role of one unit; it ends by itself."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.duties import granting
from accounts.models import Deed, Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from accounts.role_changes import record
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify

DEPUTISED = (Role.STAFF, Role.SIGNER, Role.LIAISON, Role.HEAD, Role.LEADER)
"""Roles in which somebody can act for somebody; an administrator is named, not represented."""


def naming() -> tuple[Role, ...]:
    """Who names deputies of a unit."""
    return (*granting(), Role.HEAD)


def represented_by(by: Any) -> Q:
    """The roles for which somebody names deputies: an administrator all of the own units, a head what heads may do."""
    return Q(unit__in=by.units_as(*granting()), role__in=DEPUTISED) | Q(
        unit__in=by.units_as(Role.HEAD), role__in=UNIT_ROLES
    )


@transaction.atomic
def name_deputy(absent: Membership, deputy: User, until: date, *, by: Any) -> Membership:
    """Let a person act for another in the role this membership gives, up to a day; both are told.

    Arguments: the role of the person who is away; who acts; the last day; who names the deputy.
    Returns: the deputy's membership. Raises: MoveRefused when the deputy holds this role already.
    """
    held = Membership.objects.filter(user=deputy, unit=absent.unit_id, role=absent.role).first()
    if held and held.acting_for_id is None:
        values = {"name": deputy, "role": absent}
        raise MoveRefused(_("%(name)s holds this role already: %(role)s.") % values)
    row, _made = Membership.objects.update_or_create(
        user=deputy, unit=absent.unit, role=absent.role, defaults={"acting_for": absent.user, "until": until}
    )
    tell(row, by)
    record(Deed.DEPUTY, deputy, by=by, of=row)
    return row


@transaction.atomic
def end(row: Membership, *, by: Any) -> None:
    """A deputy's time is over from now on; the row stays, so that it is known who acted when."""
    rows = Membership.objects.filter(pk=row.pk, until__gte=clock.today())
    if rows.update(until=clock.today() - timedelta(days=1)):
        record(Deed.ENDED, row.user, by=by, of=row)


def tell(row: Membership, by: Any) -> None:
    """Tell the deputy and who is away."""
    key = f"deputy-{row.pk}-{row.acting_for_id}-{row.until}"
    people = [person for person in (row.user, row.acting_for) if person and person != by]
    message = gettext_noop("%(deputy)s acts for %(absent)s (%(unit)s) until %(day)s.")
    values = {"deputy": str(row.user), "absent": str(row.acting_for), "unit": row.unit.name, "day": str(row.until)}
    notify(people, message, key=key, url="/", **values)

"""Receipts of a notice: opened, signed for, signed on behalf, not yet; and a reminder to exactly those who have not."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Membership, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.models import Assignment
from activities.states import FILED, AssignmentState, Kind
from campaigns.models import Notice, Opening
from campaigns.states import IN_FORCE
from workflow import clock
from workflow.models import MoveRefused, Notification
from workflow.telling import notify


@dataclass(frozen=True)
class Counts:
    """How the receipts of a notice stand."""

    signed: int
    on_behalf: int
    opened: int
    unopened: int

    @property
    def all(self) -> int:
        return self.signed + self.on_behalf + self.missing

    @property
    def missing(self) -> int:
        return self.opened + self.unopened


def receipts(notice: Notice) -> "QuerySet[Assignment]":
    """The receipts units owe for a notice, each with the first opening (``opened_at``, ``opened_by``)."""
    first = Opening.objects.filter(notice=notice, unit=OuterRef("unit"))
    rows = Assignment.objects.filter(notice=notice, kind=Kind.RECEIPT).exclude(state=AssignmentState.CLOSED)
    return rows.annotate(
        was_opened=Exists(first),
        opened_at=Subquery(first.values("at")[:1]),
        opened_by=Subquery(first.values("by__name")[:1]),
    ).order_by("unit__order", "pk")


SHOWN: dict[str, Q] = {
    "signed": Q(state__in=FILED, filed_for=""),
    "on_behalf": Q(state__in=FILED) & ~Q(filed_for=""),
    "opened": ~Q(state__in=FILED) & Q(was_opened=True),
    "unopened": ~Q(state__in=FILED) & Q(was_opened=False),
}
"""How a receipt can stand, as conditions on :func:`receipts`."""
MISSING = SHOWN["opened"] | SHOWN["unopened"]


def counts(notice: Notice) -> Counts:
    """How many stand how: one query."""
    rows = receipts(notice).order_by()
    return Counts(**rows.aggregate(**{name: Count("pk", filter=each) for name, each in SHOWN.items()}))


@dataclass(frozen=True)
class Reminder:
    """Whom a reminder would reach: units that have not signed, their people, and units nobody speaks for."""

    units: list[Any]
    people: int
    told_today: int
    silent: list[Any]

    @property
    def to_tell(self) -> int:
        return self.people - self.told_today


def reminder(notice: Notice) -> Reminder:
    """Look before the reminder is sent. Four queries, whatever the number."""
    units = [row.unit for row in receipts(notice).filter(MISSING).select_related("unit")]
    people = User.objects.speaking_for([unit.pk for unit in units], *UNIT_ROLES)
    speaking = Membership.objects.held_now().filter(unit__in=units, role__in=UNIT_ROLES, user__is_active=True)
    spoken_for = set(speaking.values_list("unit", flat=True))
    told = Notification.objects.filter(key=key_today(notice), person__in=people)
    return Reminder(
        units=units,
        people=people.count(),
        told_today=told.count(),
        silent=[unit for unit in units if unit.pk not in spoken_for],
    )


def key_today(notice: Notice) -> str:
    """One reminder a day for each person and notice, however often the button is pressed."""
    return f"sign-{notice.pk}-{clock.today()}"


@transaction.atomic
def remind(notice: Notice, *, by: Any) -> int:
    """Remind exactly the people of the units that have not signed, and note it in the log.

    Arguments: the notice; who reminds. Returns: how many people were told.
    Raises: MoveRefused when the notice is not in force, everybody has signed, or all were reminded today.
    """
    if notice.state not in IN_FORCE:
        raise MoveRefused(notice.refusal())
    found = reminder(notice)
    if not found.units:
        raise MoveRefused(_("Every unit has signed for it."))
    if not found.to_tell:
        raise MoveRefused(_("Everybody who could be reminded was reminded today already."))
    people = User.objects.speaking_for([unit.pk for unit in found.units], *UNIT_ROLES)
    notify(
        people,
        gettext_noop("Please sign for the notice: %(title)s."),
        key=key_today(notice),
        url=notice.get_absolute_url(),
        title=notice.title,
    )
    done = {"units": len(found.units), "people": found.to_tell}
    notice.remark(
        gettext_noop("Reminded to sign: %(units)d units, %(people)d people"), roles=OFFICE_ROLES, by=by, **done
    )
    return found.to_tell

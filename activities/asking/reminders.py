"""A reminder to exactly those who have not signed for a notice."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Membership, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.asking.receipt_list import NOT_SIGNED, of_notice
from campaigns.models import Notice
from campaigns.states import IN_FORCE
from documents.counts import thousands
from workflow import clock
from workflow.models import MoveRefused, Notification
from workflow.telling import notify


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
    missing = of_notice(notice).filter(NOT_SIGNED).select_related("unit").order_by("unit")
    units = [row.unit for row in missing]
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
    done = {"units": thousands(len(found.units)), "people": thousands(found.to_tell)}
    notice.remark(
        gettext_noop("Reminded to sign: %(units)s units, %(people)s people"), roles=OFFICE_ROLES, by=by, **done
    )
    return found.to_tell

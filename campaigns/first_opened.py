"""Who opened a notice, before anybody signs for it."""

from typing import Any

from accounts.models.memberships import UNIT_ROLES
from campaigns.models import Notice, Opening
from workflow import clock
from workflow.once import put_once


def opened(notice: Notice, by: Any) -> None:
    """Note the first time somebody of an addressed unit has the notice before their eyes.

    Arguments: an issued notice; who looks. The office looking at its own notice opens nothing.
    """
    units = by.units_as(*UNIT_ROLES)
    if not units or not notice.is_sent:
        return
    known = set(notice.openings.filter(unit__in=units).values_list("unit", flat=True))
    fresh = notice.addressees.filter(pk__in=units - known)
    rows = [Opening(notice=notice, unit=unit, by=by, at=clock.now()) for unit in fresh]
    put_once(Opening, rows, "notice", "unit")

"""What a unit reports for a year, and what the office says of it: approved, returned; taken back; corrected later."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from reports.models import Target, TargetValue
from reports.models.target import ValueState
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify


@dataclass(frozen=True)
class Reported:
    """What was typed for one year."""

    year: int
    value: Decimal
    about: str = ""
    part: Decimal | None = None
    whole: Decimal | None = None
    more: str = ""


def seats(target: Target, user: Any) -> list[Unit]:
    """For which responsible units somebody reports: their own, those merged into their own; the office for all."""
    units = list(target.units.select_related("merged_into").order_by("order", "pk"))
    if user.is_in(target.host_id, *OFFICE_ROLES):
        return units
    own: Collection[int] = user.units_as(*UNIT_ROLES)
    return [unit for unit in units if (unit.merged_into_id or unit.pk) in own or unit.pk in own]


@transaction.atomic
def report(target: Target, unit: Unit, found: Reported, *, by: Any, evidence: Any = None) -> TargetValue:
    """Report a value for a year. What is approved already goes on counting until the office approves this one.

    Arguments: the indicator; the responsible unit; what was typed; who reports; a judged file.
    Returns: the value. Raises: MoveRefused when one waits already, or the unit is not responsible.
    """
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if not target.units.filter(pk=unit.pk).exists():
        raise MoveRefused(_("%(unit)s is not responsible for this indicator.") % {"unit": unit})
    row = TargetValue(
        target=target, unit=unit, year=found.year, value=found.value, about=found.about, part=found.part,
        whole=found.whole, more=found.more, reported_by=by, reported_at=clock.now(),
    )  # fmt: skip
    if evidence is not None:
        row.evidence.save(evidence.name, evidence, save=False)
        row.evidence_name = evidence.name[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise MoveRefused(_("A value of this year waits for the office already. Take it back first.")) from error
    row.log(row.state, by=by)
    tell_office(row, by)
    return row


def tell_office(row: TargetValue, by: Any) -> None:
    """The staff of the office hear that a value waits, unless they reported it themselves."""
    people = User.objects.speaking_for([row.target.host_id], *OFFICE_ROLES).exclude(pk=by.pk)
    message = gettext_noop("A value waits for you: %(what)s %(year)s, %(unit)s.")
    tell(row, people, message, "reported", unit=row.unit.name)


def tell_unit(row: TargetValue, message: str, what: str, **values: str) -> None:
    """The people of the unit, or of the one it was merged into, hear of it."""
    unit = row.unit.merged_into_id or row.unit_id
    tell(row, User.objects.speaking_for([unit], *UNIT_ROLES), message, what, **values)


def tell(row: TargetValue, people: Any, message: str, what: str, **values: str) -> None:
    """One message to each of these people, whose link leads to the indicator."""
    url, about = row.target.get_absolute_url(), {"what": row.target.name, "year": str(row.year)}
    notify(people, message, key=f"indicator-{row.pk}-{what}", url=url, **about, **values)


@transaction.atomic
def approve(row: TargetValue, *, by: Any) -> TargetValue:
    """It counts from now on; what counted before for this year is replaced by it. Raises: MoveRefused."""
    Target.objects.select_for_update(of=("self",)).get(pk=row.target_id)
    same = TargetValue.objects.filter(target=row.target_id, unit=row.unit_id, year=row.year)
    before = same.filter(state=ValueState.APPROVED)
    for each in before.exclude(pk=row.pk).select_related("target"):
        each.move(ValueState.REPLACED, by=by, roles=OFFICE_ROLES)
    row.move(ValueState.APPROVED, by=by, roles=OFFICE_ROLES)
    tell_unit(row, gettext_noop("Your value was approved: %(what)s %(year)s."), "approved")
    return row


@transaction.atomic
def send_back(row: TargetValue, *, by: Any, reason: str) -> TargetValue:
    """It does not count, or no more; the unit reads why and reports anew. Raises: MoveRefused."""
    row.move(ValueState.RETURNED, by=by, note=reason, roles=OFFICE_ROLES)
    message = gettext_noop("Your value was returned: %(what)s %(year)s. %(reason)s")
    tell_unit(row, message, "returned", reason=reason[:150])
    return row


def take_back(row: TargetValue, *, by: Any) -> TargetValue:
    """The unit takes back what the office has not judged yet. Raises: MoveRefused."""
    return row.move(ValueState.TAKEN_BACK, by=by)

"""How often units were reminded of what they owe, and when last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from accounts.models.memberships import UNIT_ROLES
from activities.models import Assignment
from activities.states import Kind
from workflow.models import Notification


@dataclass(frozen=True, slots=True)
class Reminded:
    """So often, and when last."""

    number: int = 0
    last: datetime | None = None


NEVER = Reminded()


def reminded(assignments: Collection[int]) -> dict[int, Reminded]:
    """How often people of the unit were reminded of each of these assignments (by id); who never was is not in it.

    A reminder that reached two people of one unit is one. Two queries, whatever the number.
    """
    rows = Assignment.objects.filter(pk__in=assignments, kind=Kind.RECEIPT).order_by()
    owed = {(notice, unit): pk for pk, notice, unit in rows.values_list("pk", "notice", "unit")}
    sent = Notification.objects.filter(
        key__startswith="sign-",
        person__memberships__unit__in={unit for _notice, unit in owed},
        person__memberships__role__in=UNIT_ROLES,
    )
    found: dict[int, Reminded] = {}
    for key, unit, at in sent.order_by().values_list("key", "person__memberships__unit").annotate(at=Max("created_at")):
        pk = owed.get((int(key.split("-")[1]), unit))
        if pk is not None:
            before = found.get(pk, NEVER)
            found[pk] = Reminded(before.number + 1, max(at, before.last or at))
    return found

"""Whom one more question goes to: the units of a filter, and how many questions each was asked already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import Membership, Unit
from accounts.models.memberships import UNIT_ROLES
from activities.judging.list_filter import meant, sifted
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign
from workflow.pages import number


@dataclass(frozen=True)
class Recipient:
    """One unit, how many questions it got in this campaign, and whether anybody of it can be told."""

    unit: Unit
    asked_before: int
    is_reached: bool


@dataclass(frozen=True)
class Whom:
    """The units of a filter."""

    rows: list[Recipient]

    @property
    def units(self) -> list[int]:
        """Their ids."""
        return [row.unit.pk for row in self.rows]

    @property
    def burden(self) -> list[tuple[int, int]]:
        """How many of the units got how many questions already, the most first; nothing where none got any."""
        counted = Counter(row.asked_before for row in self.rows)
        return sorted(counted.items(), reverse=True) if set(counted) - {0} else []

    @property
    def unreached(self) -> list[Unit]:
        """Those of whom nobody has an account."""
        return [row.unit for row in self.rows if not row.is_reached]

    def only(self, units: list[int]) -> "Whom":
        """Those of them that are ticked."""
        chosen = set(units)
        return Whom([row for row in self.rows if row.unit.pk in chosen])


def whom(campaign: Campaign, chosen: Mapping[str, str], user: Any) -> Whom:
    """The units of a filter, in the order of lists: those with something in the list of assignments that fits it.

    Arguments: the campaign; the query of the list of assignments, and ``group``, one of the office's groups; who asks.
    """
    rows: Any = Assignment.objects.visible_to(user).filter(campaign=campaign)
    # what units send of their own accord is no reason to be asked, unless that is what is chosen
    rows = sifted(rows, chosen, user) if meant(chosen) else rows.required()
    units = Unit.objects.live().filter(pk__in=rows.order_by().values("unit")).exclude(pk=campaign.host_id)
    if group := number(chosen.get("group")):
        units = units.filter(in_groups=group, in_groups__owner=campaign.host_id)
    return Whom(recipients(campaign, list(units.order_by("order", "pk"))))


def recipients(campaign: Campaign, units: list[Unit]) -> list[Recipient]:
    """Each of these units with what is to be known of it before it is asked: two queries."""
    asked = Assignment.objects.filter(campaign=campaign, kind=Kind.QUESTION, unit__in=units).order_by()
    before = dict(asked.values_list("unit").annotate(Count("pk")))
    held = Membership.objects.held_now().filter(unit__in=units, role__in=UNIT_ROLES, user__is_active=True)
    reached = set(held.values_list("unit", flat=True))
    return [Recipient(unit, before.get(unit.pk, 0), unit.pk in reached) for unit in units]

"""Which units should get a slip: overdue so many working days after so many reminders; one deed drafts all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Unit
from accounts.models.memberships import UNIT_ROLES
from activities.models import Grade, Slip
from activities.states import OWED, SlipState
from activities.supervision import slips
from activities.supervision.debts import Debt, overdue_of, worst
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import clock
from workflow.models import MoveRefused


@dataclass(frozen=True)
class Measure:
    """From when on a unit gets a slip: working days overdue, and reminders before."""

    days: int = 5
    reminders: int = 0
    unit: int = 0
    """Only this unit, if it is not 0."""


@dataclass(frozen=True)
class Proposal:
    """One unit, what its slip would name, or why it gets none."""

    unit: Unit
    debts: list[Debt]
    grade: Grade
    due_on: date
    skipped: str = ""
    is_reached: bool = True
    """Whether somebody of the unit has an account; else the printed slip has to be sent."""

    @property
    def overdue_days(self) -> int:
        return worst(self.debts)

    @property
    def reminded(self) -> int:
        """How often it was reminded of the one it was reminded of most."""
        return max((each.reminded for each in self.debts), default=0)


def proposals(campaign: Campaign, measure: Measure) -> list[Proposal]:
    """Every unit that is overdue as long as the measure says: those that get a slip, and those skipped, with why.

    A fixed number of queries. The unit that is worst stands first.
    """
    found = overdue_of(campaign, [measure.unit] if measure.unit else None, measure.days)
    units = Unit.objects.in_bulk(found)
    grades, waiting = slips.next_grades(found), pending(campaign, found)
    reached = speaking(found)
    rows = [
        Proposal(
            unit=units[unit],
            debts=debts,
            grade=grades[unit],
            due_on=slips.proposed_day(grades[unit]),
            skipped=why_skipped(units[unit], debts, measure, waiting.get(unit)),
            is_reached=unit in reached,
        )
        for unit, debts in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.overdue_days, -len(row.debts), row.unit.order, row.unit.pk))


def pending(campaign: Campaign, units: Collection[int]) -> dict[int, Slip]:
    """The slip of each unit that is a draft, or whose reply is not due yet or lies before the office."""
    rows = Slip.objects.filter(campaign=campaign, unit__in=units).pending().select_related("reply", "document_number")
    return {row.unit_id: row for row in rows.order_by("pk") if is_pending(row)}


def is_pending(slip: Slip) -> bool:
    """Whether the office should wait for it before it writes another."""
    reply = slip.answer
    if slip.state == SlipState.DRAFT or reply is None:
        return True
    return bool(reply.is_filed) or (reply.state in OWED and reply.last_moment >= clock.now())


def speaking(units: Collection[int]) -> set[int]:
    """The units for which somebody can be told."""
    held = Membership.objects.held_now().filter(unit__in=units, role__in=UNIT_ROLES, user__is_active=True)
    return set(held.values_list("unit", flat=True))


def why_skipped(unit: Unit, debts: list[Debt], measure: Measure, slip: Slip | None) -> str:
    """Why a unit gets no slip now; empty when it gets one."""
    if unit.merged_into_id:
        return _("%(unit)s was merged into another unit.") % {"unit": unit}
    if slip and slip.is_draft:
        return _("A slip to it is drafted already.")
    if slip:
        return _("It has a slip that is not over yet: %(number)s.") % {"number": slip}
    most = max((each.reminded for each in debts), default=0)
    if most < measure.reminders:
        return so_many("Reminded %(n)s time so far.", "Reminded %(n)s times so far.", most)
    return ""


@transaction.atomic
def draft_all(
    campaign: Campaign, measure: Measure, chosen: Collection[int], *, by: Any
) -> tuple[list[Slip], list[tuple[str, str]]]:
    """Draft one slip for each chosen unit, as things stand now.

    Arguments: the campaign; the measure of the page; ids of units ticked there; who drafts.
    Returns: the slips, and the units that got none, each with why. Raises: MoveRefused in a campaign that is closed.
    """
    now = Campaign.objects.select_for_update().get(pk=campaign.pk)  # the second press waits, and finds drafts
    if why := slips.why_not_asked(now):
        raise MoveRefused(why)
    known = {row.unit.pk: row for row in proposals(campaign, measure)}
    made, left = [], []
    for unit in Unit.objects.filter(pk__in=chosen).order_by("order", "pk"):
        row = known.get(unit.pk)
        if row is None or row.skipped:
            left.append((str(unit), row.skipped if row else _("Nothing of it is overdue so long any more.")))
        else:
            made.append(slips.draft(campaign, unit, row.debts, row.grade, by=by))
    slips.tell_signers(campaign, made, by=by)
    return made, left

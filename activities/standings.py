"""How many assignments of a campaign stand how: counted once for lists, home page and dashboard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Subquery

from activities.models import Assignment
from activities.models.listed import BEGUN, OPEN_YET
from activities.states import REVIEWED, AssignmentState, Standing
from workflow import clock
from workflow.compiled import Compiled
from workflow.fresh import fresh
from workflow.models import Transition


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one kind are in one state and stand in one way."""

    kind: str
    state: str
    standing: Standing
    volunteered: bool
    number: int

    @property
    def waits(self) -> bool:
        """Filed and waiting for the office."""
        return self.state == AssignmentState.SUBMITTED and self.kind in REVIEWED


@dataclass(frozen=True, slots=True)
class Standings:
    """How the assignments of a campaign stand at a moment; what is begun and not filed is not among them."""

    at: datetime
    shares: tuple[Share, ...]

    def number(self, chosen: Callable[[Share], bool]) -> int:
        """How many there are in the shares that fit."""
        return sum(each.number for each in self.shares if chosen(each))


COUNTED = Compiled(
    lambda campaign, now: (
        Assignment.objects.filter(campaign=campaign)
        .order_by()
        .values_list("share")
        .annotate(every=Count("*"), past=Count("last_at", filter=Q(last_at__lt=now)))
    )
)

NEWEST = Compiled(
    lambda: (
        Transition.objects.order_by("-pk")
        .annotate(assignment=Subquery(Assignment.objects.order_by("-pk").values("pk")[:1]))
        .values_list("pk", "assignment")[:1]
    )
)
"""The newest line of the log, and the newest assignment: handing out writes thousands and no line for each."""


def count(campaign: int) -> Standings:
    """Count them now: one query, from an index alone."""
    now, shares = clock.now(), list[Share]()
    for share, number, past in COUNTED(campaign=campaign, now=now):
        kind, state, settled, volunteered = share.split(":")
        if settled == OPEN_YET:
            parts = {Standing.OVERDUE: past, Standing.DUE: number - past}
        else:
            parts = {Standing(settled): number} if settled != BEGUN else {}
        shares += [Share(kind, state, each, volunteered == "1", part) for each, part in parts.items() if part]
    return Standings(now, tuple(shares))


def standings(campaign: int) -> Standings:
    """How the assignments of a campaign stand: kept until somebody does something, or half a minute."""
    return fresh(f"standings:{campaign}", lambda: count(campaign), NEWEST)

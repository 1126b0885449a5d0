"""Review one after another: what waits for the office next, and how many are left.

The order is that of filing. Whoever came from a narrowed list goes round what fits it first, else round what is of the
same kind, so that what was skipped comes again; then comes the rest. It is read from the rows at the moment of the
step, so nobody comes to what a colleague has just answered.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, Q, Value, When

from activities.judging.list_filter import NAMES, sifted
from activities.models import Assignment
from workflow.listing.many import sent

FIELD = "waiting"
"""The name under which pages hand the line on."""


@dataclass(frozen=True)
class Line:
    """What somebody goes through: the filter of the list they came from, as it stands in its address."""

    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str) -> "Line":
        """From an address. Whatever makes no sense chooses nothing."""
        found = sent(text)
        named = [(name, found.get(name, "").replace("\0", "").strip()) for name in NAMES if name != "standing"]
        return cls(tuple((name, value) for name, value in named if value))

    def __str__(self) -> str:
        return urlencode(self.chosen)

    def at(self, address: str) -> str:
        """The address of a page, reached in this line."""
        return f"{address}?{urlencode({FIELD: str(self)})}" if self.chosen else address


@dataclass(frozen=True)
class Left:
    """How many wait besides one: in the same line, and in the whole campaign."""

    same: int
    all: int


def first_ones(assignment: Assignment, line: Line, user: Any) -> Q:
    """What comes first: what fits the list, or what is of the same kind."""
    if not line.chosen:
        return Q(kind=assignment.kind)
    fits = sifted(Assignment.objects.filter(campaign=assignment.campaign_id), dict(line.chosen), user)
    return Q(pk__in=fits.order_by().values("pk"))


def others(assignment: Assignment, user: Any) -> Any:
    """All else in the campaign that waits for the office, as far as the person sees it."""
    rows = Assignment.objects.visible_to(user).to_review().filter(campaign=assignment.campaign_id)
    return rows.exclude(pk=assignment.pk)


def next_waiting(assignment: Assignment, line: Line, user: Any, *, back: bool = False) -> Assignment | None:
    """What comes after one.

    Arguments: the one somebody stands at, judged or not; the line; who reviews; whether the way goes back.
    Returns: None when nothing else waits.
    """
    at, fits = assignment.submitted_at, first_ones(assignment, line, user)
    later = Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=assignment.pk) if at else Q(pk__isnull=False)
    before, rest = (2, 0) if back else (1, 2)
    turn = Case(When(~fits, then=Value(rest)), When(later, then=Value(before - 1)), default=Value(before))
    rows: Any = others(assignment, user).annotate(turn=turn).order_by("turn", "submitted_at", "pk")
    found: Assignment | None = rows.last() if back else rows.first()
    return found


def left(assignment: Assignment, line: Line, user: Any) -> Left:
    """How many wait besides one: a single query."""
    same = Count("pk", filter=first_ones(assignment, line, user))
    found = others(assignment, user).aggregate(same=same, all=Count("pk"))
    return Left(found["same"], found["all"])

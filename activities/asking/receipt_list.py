"""The receipts of a notice as the office lists them: how many stand how, a page of them, who has not signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, When

from accounts.models import Unit
from activities.models import Assignment
from activities.models.listed import filed_by, name_of_filer, named
from activities.states import FILED, OWED, AssignmentState, Kind
from campaigns.models import Notice, Opening
from workflow.compiled import COUNT, PART, Compiled
from workflow.fresh import unchanged
from workflow.pages import page_of

PAGE = 50
FEW = 30
"""Named on the notice page; the rest stand on the page of receipts."""
MANY = 500
"""Up to so many that have not signed, all of them are read rather than counted and read in part."""
SIGNED = Q(state__in=FILED)
NOT_SIGNED = Q(state__in=(AssignmentState.OPEN, AssignmentState.RETURNED, AssignmentState.WAIVED))
"""What is still asked, or was not applicable; named one by one, so that an index finds them."""
SHOWN = ("signed", "on_behalf", "opened", "unopened")
"""How a receipt can stand."""


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

    def of(self, shown: str) -> int:
        """How many stand like this; all of them for anything else."""
        return int(getattr(self, shown)) if shown in SHOWN else self.all


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt in the list."""

    pk: int
    state: str
    unit: str
    submitted_at: datetime | None
    filed_for: str
    filed_note: str
    person: str | None
    opened_at: datetime | None
    opened_by: str | None

    @property
    def is_filed(self) -> bool:
        return self.state in FILED

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def was_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def filed_by(self) -> str:
        """Who signed, on whose behalf, or through whose link."""
        return filed_by(self.filed_for, self.person)


def of_notice(notice: Any) -> Any:
    """The receipts units owe for a notice."""
    return Assignment.objects.filter(notice=notice, kind=Kind.RECEIPT).exclude(state=AssignmentState.CLOSED)


def opening(notice: Any) -> Any:
    """The first time somebody of the unit had the notice before their eyes."""
    return Opening.objects.filter(notice=notice, unit=OuterRef("unit"))


def standing_as(shown: str, notice: Any) -> Any:
    """The receipts that stand in one way; all of them for anything else."""
    rows = of_notice(notice)
    if shown in ("opened", "unopened"):
        was = Exists(opening(notice))
        return rows.filter(NOT_SIGNED, was if shown == "opened" else ~was)
    if shown in ("signed", "on_behalf"):
        return rows.filter(SIGNED, **({"filed_for": ""} if shown == "signed" else {"filed_for__gt": ""}))
    return rows


STATES = Compiled(
    lambda notice: (
        of_notice(notice)
        .order_by()
        .annotate(behalf=Case(When(filed_for__gt="", then=True), default=False))
        .values_list("state", "behalf")
        .annotate(number=Count("*"))
    )
)
OPENED = Compiled(lambda notice: standing_as("opened", notice).values_list("pk"), COUNT)
MISSING = Compiled(
    lambda first, notice: (
        of_notice(notice)
        .filter(NOT_SIGNED)
        .order_by("unit__order", "unit")
        .values_list(named(Unit, "unit", "name"), Exists(opening(notice)))[: FEW if first else None]
    )
)
"""The units that have not signed (or the first of them), and whether they have opened it."""


@dataclass(frozen=True)
class Stand:
    """How the receipts of a notice stand, and the first units that have not signed."""

    counts: Counts
    missing: list[tuple[Any, ...]]


def stand(notice: Notice) -> Stand:
    """How many stand how: two queries while few have not signed, three while many have not, none while nothing changes.

    Whether a unit has opened it is asked only of those that have not signed.
    """
    return unchanged(f"receipts:{notice.pk}", lambda: counted(notice))


def counted(notice: Notice) -> Stand:
    """Count them now."""
    found = STATES(notice=notice.pk)
    unsigned = sum(number for state, _behalf, number in found if state not in FILED)
    rows = MISSING(unsigned > MANY, notice=notice.pk) if unsigned else []
    opened = OPENED.number(notice=notice.pk) if unsigned > MANY else sum(was for _name, was in rows)
    counts = Counts(
        signed=sum(number for state, behalf, number in found if state in FILED and not behalf),
        on_behalf=sum(number for state, behalf, number in found if state in FILED and behalf),
        opened=opened,
        unopened=unsigned - opened,
    )
    return Stand(counts, rows[:FEW])


def counts(notice: Notice) -> Counts:
    """How many stand how."""
    return stand(notice).counts


def rows_of(shown: str, notice: Any) -> Any:
    """The rows in the order of the units, with who signed or opened it."""
    first = opening(notice)
    rows = standing_as(shown, notice).annotate(
        unit_name=named(Unit, "unit", "name"),
        person=name_of_filer(SIGNED),
        opened_at=Case(When(NOT_SIGNED, then=Subquery(first.values("at")[:1]))),
        opened_by=Case(When(NOT_SIGNED, then=Subquery(first.values("by__name")[:1])), output_field=CharField()),
    )
    return rows.order_by("unit__order", "unit").values_list(
        "pk", "state", "unit_name", "submitted_at", "filed_for", "filed_note", "person", "opened_at", "opened_by"
    )


ROWS = Compiled(rows_of, PART)


def page(notice: Notice, shown: str, found: Counts, asked: Any) -> "Page[Any]":
    """A page of the list.

    Arguments: the notice; how they stand that are to be shown; the counts; the number of the page as asked for.
    """
    shown = shown if shown in SHOWN else ""

    def read(limit: int, offset: int) -> list[Receipt]:
        return [Receipt(*row) for row in ROWS(shown, notice=notice.pk, limit=limit, offset=offset)]

    return page_of(found.of(shown), PAGE, asked, read)

"""Who has signed for a notice and who has not: the receipts among what is owed in a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from html import escape
from itertools import count
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.judging.lists.filed import facet, taken
from activities.judging.lists.source import UNIT, Assignments, Owed, before_office
from activities.models import Assignment, Listed
from activities.models.listed import filed_by, name_of_filer
from activities.models.reminder import reminded
from activities.states import FILED, OWED, AssignmentState, Kind
from campaigns.models import Notice, Opening
from workflow.compiled import Compiled, any_of
from workflow.listing.columns import Column, Type
from workflow.listing.held import held
from workflow.listing.listing import Facet, Listing, Order
from workflow.words import Words

UNOPENED, OPENED, SIGNED, ON_BEHALF = "unopened", "opened", "signed", "on_behalf"
SHOWS = [
    (UNOPENED, _("Not opened")),
    (OPENED, _("Opened, not signed")),
    (SIGNED, _("Signed for")),
    (ON_BEHALF, _("Signed on behalf")),
]
"""How a receipt can stand, in words."""
FEW = 30
"""Named on the notice page; the rest stand on the page of receipts."""


@dataclass(frozen=True, slots=True)
class Receipt(Owed):
    """One receipt."""

    note: str = ""
    """How the office was told, where it signed on behalf."""
    signer: str = ""
    opened_at: datetime | None = None
    opened_by: str = ""
    signs: bool = False
    """Whether the reader may sign on its behalf."""

    @property
    def is_filed(self) -> bool:
        return self.row.state in FILED

    @property
    def signed_at(self) -> datetime | None:
        return self.row.submitted_at if self.is_filed else None

    @property
    def stands(self) -> str:
        """One of :data:`SHOWS`."""
        if self.is_filed:
            return ON_BEHALF if self.row.filed_for else SIGNED
        return OPENED if self.opened_at else UNOPENED


def with_openings(pks: Any) -> Any:
    """Rows with who signed, and the first time somebody of the unit had the notice open."""
    first = Opening.objects.filter(notice=OuterRef("notice"), unit=OuterRef("unit"))
    rows = Assignment.objects.filter(any_of("pk", pks)).annotate(
        whose=F("unit"),
        signer=name_of_filer(Q(state__in=FILED)),
        opened_at=Subquery(first.values("at")[:1]),
        opened_by=Subquery(first.values("by__name")[:1], output_field=CharField()),
    )
    return Listed.read_from(rows, "whose", "filed_note", "signer", "opened_at", "opened_by")


ROWS = Compiled(with_openings)
NAMES = Compiled(lambda pks: Unit.objects.filter(any_of("pk", pks)).values_list("pk", "name"))
OPENINGS = Compiled(lambda notice: Opening.objects.filter(notice=notice).order_by("pk").values_list("unit"))


@dataclass(frozen=True)
class Opened:
    """The units of which somebody has opened a notice."""

    units: tuple[int, ...] = ()
    version: int = field(default_factory=count().__next__, compare=False)
    """By which what was made of it is known."""


@dataclass
class Receipts(Assignments):
    """The receipts of a notice, before its office."""

    opened: Opened = field(default_factory=Opened)
    runs: bool = False
    """Whether the reader may sign on behalf of units."""

    @classmethod
    def of_notice(cls, user: Any, notice: Notice, *, runs: bool) -> "Receipts":
        """What units were asked to sign for. Arguments: the reader; the notice; whether the reader runs it."""
        source = before_office(user, notice.campaign, runs=False)
        sheet = source.sheet
        seen = source.seen & sheet.having("kind", Kind.RECEIPT) & sheet.having("notice", notice.pk)
        parts = {each.name: getattr(source, each.name) for each in fields(source)}
        opened = held(f"opened:{notice.pk}", lambda: opened_by_units(notice.pk), exact=True)
        seen &= ~sheet.having("state", AssignmentState.CLOSED)
        return cls(**parts | {"seen": seen}, opened=opened, runs=runs)

    @property
    def signed(self) -> int:
        return self.sheet.having("state", *FILED)

    @property
    def owed(self) -> int:
        """Those who can still be asked."""
        return self.sheet.having("state", *OWED)

    def stands_so(self, value: str) -> int:
        """The rows that stand in one way."""
        signed = self.signed
        if value in (SIGNED, ON_BEHALF):
            return signed & self.sheet.having("behalf", value == ON_BEHALF)
        units = self.opened.units
        read = self.sheet.once(("opened", self.opened.version), lambda: self.sheet.listed("unit", units))
        return ~signed & read if value == OPENED else self.sheet.all & ~signed & ~read

    def read(self, pks: Sequence[int]) -> list[Owed]:
        known, groups, asked = self.units.units, dict(self.units.groups), reminded(pks)
        found = list[Owed]()
        for unit, note, signer, at, by, *row in ROWS(pks=list(pks)):
            of, listed = known.get(unit), Listed(*row)
            named = tuple(groups[each] for each in of.groups) if of else ()
            page, (last, times) = self.address(listed.get_absolute_url()), asked.get(listed.pk, (None, 0))
            who = filed_by(listed.filed_for, signer) if listed.state in FILED else ""
            signs = self.runs and listed.state in OWED
            found.append(Receipt(listed, of, named, page, last, times, note, who, at, by or "", signs))
        return found


def opened_by_units(notice: int) -> Opened:
    """Who has opened a notice, read now."""
    return Opened(tuple(unit for (unit,) in OPENINGS(notice=notice)))


# --- how many stand how ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How the receipts of a notice stand, and the first units that have not signed, each with whether it opened it."""

    signed: int
    on_behalf: int
    opened: int
    unopened: int
    first: list[tuple[str, bool]]

    @property
    def missing(self) -> int:
        return self.opened + self.unopened


def counts(source: Receipts) -> Counts:
    """All receipts counted, whatever the list is narrowed to."""
    masks = {show: source.seen & source.stands_so(show) for show, _label in SHOWS}
    missing = masks[OPENED] | masks[UNOPENED]
    return Counts(**{show: mask.bit_count() for show, mask in masks.items()}, first=first_of(source, missing))


def first_of(source: Receipts, mask: int) -> list[tuple[str, bool]]:
    """The first units of a mask in their order, each with whether it has opened the notice."""
    sheet, read = source.sheet, set(source.opened.units)
    units = [sheet.columns[UNIT][sheet.place[pk]] for pk in sheet.part(mask, "unit", range(FEW))]
    names = {unit: source.units.units[unit].name for unit in units if unit in source.units.units}
    if new := [unit for unit in units if unit not in names]:  # in the last half minute
        names |= dict(NAMES(pks=new))
    return [(names[unit], unit in read) for unit in units]


# --- columns --------------------------------------------------------------------------------------------------------

BADGES = {SIGNED: "done", ON_BEHALF: "done", OPENED: "late", UNOPENED: "overdue"}
LABELS = dict(SHOWS)


def unit(row: Receipt, _words: Words) -> str:
    """The unit, leading to its receipt."""
    icon = "pen" if row.is_filed else "envelope-open" if row.opened_at else "envelope"
    link = f'<a id="r{row.pk}" href="{row.get_absolute_url()}">{escape(row.unit)}</a>'
    return f'<i class="bi bi-{icon}" aria-hidden="true"></i> {link}'


def stands(row: Receipt, words: Words) -> str:
    """How it stands; who opened it, or that nobody has; for who may sign on its behalf, the way there."""
    said = f'<span class="badge-of {BADGES[row.stands]}">{words.said(LABELS[row.stands])}</span>'
    if row.is_filed:
        return said
    _ = words.text
    sign = _("Sign on its behalf")
    way = f'<div class="small mt-1"><a href="{row.get_absolute_url()}?behalf=1">{sign}</a></div>' if row.signs else ""
    return f'{said}<div class="small quiet">{escape(opened(row, words))}</div>{way}'


def opened(row: Receipt, words: Words) -> str:
    """Who of the unit opened it first, or that nobody has."""
    _ = words.text
    if not row.opened_at:
        return _("nobody of the unit has opened it")
    return _("opened by %(who)s, %(at)s") % {"who": row.opened_by, "at": words.moment(row.opened_at)}


def signed(row: Receipt, words: Words) -> str:
    """When it was signed, by whom, and how that came."""
    if not row.signed_at:
        return ""
    how = " · ".join(filter(None, (row.signer, row.note)))
    return f'<span class="day">{words.day(localdate(row.signed_at))}</span><div class="small quiet">{escape(how)}</div>'


RECEIPTS = Listing(
    "receipts",
    _("Receipts"),
    (
        Column("unit", _("Unit"), lambda row: row.unit, width=24, sort="unit", html=unit),
        *taken("level", "sort", "groups", "officer"),
        Column("stands", _("How it stands"), lambda row: LABELS[row.stands], width=18, html=stands),
        Column("signed", _("Signed for at"), lambda row: row.signed_at, Type.MOMENT, 18, "filed", signed),
        Column("signer", _("Signed by"), lambda row: row.signer, width=24, shown=False),
        Column("note", _("How the office knows"), lambda row: row.note, width=24, shown=False),
        Column("opened_at", _("First opened"), lambda row: row.opened_at, Type.MOMENT, 18, shown=False),
        Column("opened_by", _("Opened by"), lambda row: row.opened_by, shown=False),
        *taken("due", "reminded", "times"),
        *(replace(column, shown=False) for column in taken("standing")),
    ),
    (
        Facet("show", _("How it stands"), lambda _source: SHOWS, lambda source, value: source.stands_so(value)),
        *(facet(name) for name in ("standing", "group", "level", "sort", "officer", "unit")),
    ),
    (Order("unit", "unit"), Order("filed", "filed", back=True), Order("due", "due")),
)

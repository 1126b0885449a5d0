"""What units ask of the office in a campaign: more time, that something does not apply, that it is returned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.unit_facts import UnitFact
from activities.judging.list_filter import worded
from activities.judging.lists.filed import facet, taken
from activities.judging.lists.owed import KINDS
from activities.judging.lists.source import OfUnits, units_of
from activities.judging.petitions import with_answers
from activities.models import Assignment, Petition
from activities.models.listed import BEGUN, OPEN_YET
from activities.states import PetitionKind, PetitionState, Standing
from campaigns.models import Campaign
from workflow import clock
from workflow.listing.columns import Column, Type
from workflow.listing.listing import Facet, Listing, Order
from workflow.listing.sheet import Fact, Shape, Sheet
from workflow.words import Words

READ = ("pk", "assignment__unit", "kind", "state", "assignment__kind", "asked_at", "assignment__settled",
        "assignment__last_at", "assignment__unit__order")  # fmt: skip
SHAPE = Shape(
    masks={"kind": 2, "state": 3, "what": 4, "standing": 5},
    lists={"unit": 1},
    orders={"waits": (6, 7), "unit": (8, 1, 0), "asked": (9, 0)},
)


# --- where rows come from -------------------------------------------------------------------------------------------


def of_campaign(user: Any, campaign: Campaign) -> Any:
    """The petitions of a campaign, as far as the person sees them."""
    return Petition.objects.visible_to(user).filter(assignment__campaign=campaign)


def facts_of(rows: Any, now: datetime) -> Iterator[Fact]:
    """Petitions as a sheet takes them: first what waits, the longest waiting before the others; then the newest."""
    for pk, unit, kind, state, what, at, settled, last, place in rows.order_by().values_list(*READ):
        if settled == OPEN_YET:
            stands = Standing.OVERDUE if last < now else Standing.DUE
        else:
            stands = Standing.DUE if settled == BEGUN else Standing(settled)
        is_waiting = state == PetitionState.ASKED
        turn = (0, at.timestamp()) if is_waiting else (1, -pk)
        yield pk, unit, kind, state, what, stands, *turn, place, at


@dataclass
class Petitions(OfUnits):
    """The petitions of a campaign before its office, read for this page alone."""

    rows: Any = None

    @classmethod
    def before(cls, user: Any, campaign: Campaign) -> "Petitions":
        """Arguments: the reader, of the office; the campaign."""
        rows = of_campaign(user, campaign)
        sheet = Sheet(SHAPE, facts_of(rows, clock.now()))
        return cls(sheet, sheet.all, facts=lambda: units_of(campaign), rows=rows)

    @property
    def waiting(self) -> int:
        """Those the office has to decide."""
        return self.seen & self.sheet.having("state", PetitionState.ASKED)

    def worded(self, words: str) -> int:
        asked = Assignment.objects.filter(pk__in=self.rows.order_by().values("assignment"))
        about = asked.filter(worded(words, asked)).order_by().values("pk")
        found = self.rows.filter(Q(reason__icontains=words) | Q(assignment__in=about)).order_by()
        place = self.sheet.place
        return self.sheet.mask_of(place[pk] for pk in found.values_list("pk", flat=True) if pk in place)

    def read(self, pks: Sequence[int]) -> list["Asked"]:
        rows = with_answers(self.full_rows(pks))
        return [Asked(row, *self.known_of(row.assignment.unit_id)) for row in rows]

    def full_rows(self, pks: Sequence[int]) -> Any:
        """The petitions with these numbers, with all their pages name."""
        return self.rows.filter(pk__in=pks).select_related(
            "assignment__unit", "assignment__activity", "assignment__demand", "assignment__deliverable",
            "assignment__appearance__round", "asked_by",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One petition in the list."""

    row: Any
    """The petition, with its ``answer``."""
    of: UnitFact | None
    groups: tuple[str, ...] = ()

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def answer(self) -> Any:
        """The line of the log that ended it; None while it waits."""
        return self.row.answer


# --- columns --------------------------------------------------------------------------------------------------------

BADGES = {PetitionState.ASKED: "late", PetitionState.GRANTED: "done"}


def asked_for(row: Asked) -> str:
    """What is asked for, and until when, as one line."""
    kind = str(PetitionKind(row.row.kind).label)
    return " ".join(filter(None, (kind, until(row))))


def until(row: Asked) -> str:
    """The day asked for, of an extension."""
    return str(_("until %(day)s")) % {"day": date_format(row.row.until)} if row.row.until else ""


def lines(text: str) -> str:
    """Text of several lines, escaped."""
    return f'<div class="said small">{"<br>".join(map(escape, text.splitlines()))}</div>' if text else ""


def asking(row: Asked, _words: Words) -> str:
    """Whose it is, leading to what it is about."""
    about = row.row.assignment
    link = f'<a id="r{row.pk}" href="{about.get_absolute_url()}">{escape(str(about.unit))}</a>'
    return f'{link}<div class="small">{escape(str(about))}</div>'


def wanted(row: Asked, _words: Words) -> str:
    """What is asked for; another day that was granted; why."""
    other = row.row.granted_until
    granted = str(_("granted until %(day)s")) % {"day": date_format(other)} if other else ""
    said = f" · <strong>{escape(granted)}</strong>" if granted else ""
    return f"{escape(asked_for(row))}{said}{lines(row.row.reason)}"


def due(row: Asked, words: Words) -> str:
    """The present deadline."""
    return f'<span class="day">{words.until(row.row.assignment.last_moment)}</span>'


def asked_at(row: Asked, words: Words) -> str:
    """When it was asked, and by whom."""
    by = escape(str(row.row.asked_by or ""))
    return f'<span class="day">{words.moment(row.row.asked_at)}</span><div class="small quiet">{by}</div>'


def state(row: Asked, words: Words) -> str:
    """How it stands; the answer, when and by whom."""
    stands = PetitionState(row.row.state)
    badge = f'<span class="badge-of {BADGES.get(stands, "waived")}">{words.label(stands)}</span>'
    if not row.answer:
        return badge
    who = " · ".join(filter(None, (words.moment(row.answer.at), str(row.answer.by or ""))))
    return f'{badge}<div class="small quiet">{escape(who)}</div>{lines(row.answer.note)}'


PETITIONS = Listing(
    "petitions",
    _("Extensions, and what does not apply"),
    (
        Column("unit", _("Unit"), lambda row: str(row.row.assignment.unit), width=22, sort="unit", html=asking),
        Column("about", _("About"), lambda row: str(row.row.assignment), width=34, shown=False),
        Column("wanted", _("What is asked for"), asked_for, width=24, html=wanted),
        Column("reason", _("Reason"), lambda row: row.row.reason, width=40, shown=False),
        Column("granted", _("Until when granted"), lambda row: row.row.granted_until, Type.DAY, 12, shown=False),
        Column("due", _("Due"), lambda row: row.row.assignment.last_moment, Type.MOMENT, 18, html=due),
        Column("asked", _("Asked at"), lambda row: row.row.asked_at, Type.MOMENT, 18, "asked", asked_at),
        Column("by", _("Asked by"), lambda row: str(row.row.asked_by or ""), shown=False),
        Column("state", _("State"), lambda row: PetitionState(row.row.state).label, width=18, html=state),
        Column("answer", _("Answer"), lambda row: row.answer.note if row.answer else "", width=40, shown=False),
        *taken("level", "sort", "groups", "officer"),
    ),
    (
        Facet("state", _("State"), lambda _source: PetitionState.choices,
              lambda source, value: source.sheet.having("state", value)),
        Facet("kind", _("What is asked for"), lambda _source: PetitionKind.choices,
              lambda source, value: source.sheet.having("kind", value)),
        Facet("what", _("Kind"), lambda _source: KINDS, lambda source, value: source.sheet.having("what", value)),
        Facet("standing", _("Standing"), lambda _source: Standing.choices,
              lambda source, value: source.sheet.having("standing", value)),
        *(facet(name) for name in ("group", "level", "sort", "officer", "unit")),
    ),
    (Order("waits", "waits"), Order("unit", "unit"), Order("asked", "asked", back=True)),
)  # fmt: skip

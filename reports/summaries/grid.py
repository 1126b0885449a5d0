"""All units of a campaign and how far each is with its summary: silent ones stand in it like the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from activities.judging.lists.owed import FACETS, OWED, asked, due, filed
from activities.judging.lists.source import Assignments, Owed, before_office
from activities.models import Listed
from activities.states import AssignmentState, Kind
from activities.templatetags.rows import badge
from campaigns.finding import campaign_for
from campaigns.models import Campaign
from documents.counts import thousands
from reports.models import Summary
from workflow.listing.columns import Column, Type
from workflow.listing.listing import Facet, Listing
from workflow.pages import may
from workflow.sheets.asked import Page
from workflow.words import Words

NOT_STARTED, DRAFT = "not_started", "draft"
STAGES = (
    (NOT_STARTED, _("Not started")),
    (DRAFT, _("Draft")),
    (AssignmentState.SUBMITTED.value, _("Submitted, waits for review")),
    (AssignmentState.RETURNED.value, _("Returned")),
    (AssignmentState.ACCEPTED.value, _("Accepted")),
    (AssignmentState.WAIVED.value, _("Not applicable")),
    (AssignmentState.CLOSED.value, _("No longer asked")),
)
"""How far a summary is, in the order of its way."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit is: sections with text, sections in all, and when it was saved last."""

    written: int
    asked: int
    saved_at: Any
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in the grid: its assignment as lists read it, and how far it is."""

    owed: Owed
    progress: Progress | None

    @property
    def pk(self) -> int:
        return self.owed.pk

    @property
    def row(self) -> Listed:
        return self.owed.row

    @property
    def reminded_at(self) -> Any:
        return self.owed.reminded_at

    @property
    def reminders(self) -> int:
        return self.owed.reminders

    @property
    def stage(self) -> str:
        """How far it is, as ``STAGES`` name it."""
        if self.row.state == AssignmentState.OPEN:
            return DRAFT if self.progress and self.progress.is_draft else NOT_STARTED
        return str(self.row.state)

    def get_absolute_url(self) -> str:
        return self.owed.get_absolute_url()

    def __str__(self) -> str:
        return self.owed.unit


class Summaries(Assignments):
    """The summaries owed in a campaign, before somebody of its host."""

    campaign: int = 0

    @cached_property
    def drafts(self) -> int:
        """The rows in which a unit has begun to write and has not filed."""
        begun = Summary.objects.filter(assignment__campaign=self.campaign, submitted_at=None)
        known = self.sheet.place
        found = begun.order_by().values_list("assignment", flat=True).distinct()
        return self.sheet.mask_of(known[pk] for pk in found if pk in known)

    def stage(self, value: str) -> int:
        """The rows that are so far."""
        if value not in (NOT_STARTED, DRAFT):
            return self.sheet.having("state", value)
        unfiled = self.sheet.having("state", AssignmentState.OPEN.value)
        return unfiled & self.drafts if value == DRAFT else unfiled & ~self.drafts

    def read(self, pks: Sequence[int]) -> list[Any]:
        found = progress_of(pks)
        return [Unit(each, found.get(each.pk)) for each in super().read(pks)]


def progress_of(pks: Sequence[int]) -> dict[int, Progress]:
    """How far the units are that have begun, by their assignments: one query. What they write is not read out."""
    found = {}
    for each in Summary.objects.filter(assignment__in=list(pks)).order_by("version"):
        passages = each.passages
        written = sum(bool(passage.text.strip()) for passage in passages)
        found[each.assignment_id] = Progress(written, len(passages), each.saved_at, each.submitted_at is None)
    return found


def summaries_of(user: Any, campaign: Campaign, *, runs: bool) -> Summaries:
    """The grid of a campaign. Arguments: somebody of its host; the campaign; whether the person runs it."""
    every = before_office(user, campaign, runs=runs)
    of_kind = every.sheet.having("kind", Kind.SUMMARY.value) & every.sheet.having("volunteered", False)
    source = Summaries(every.sheet, every.seen & of_kind, facts=every.facts, titles=every.titles)
    source.campaign = campaign.pk
    return source


# --- columns --------------------------------------------------------------------------------------------------------


def unit(row: Unit, words: Words) -> str:
    """The unit, leading to its summary."""
    return f'<a id="r{row.pk}" href="{row.get_absolute_url()}">{escape(row.owed.unit)}</a>'


def how_far(row: Unit) -> str:
    """Sections with text of all."""
    found = row.progress
    return f"{thousands(found.written)}/{thousands(found.asked)}" if found else ""


STAGE_OF = dict(STAGES)
COLUMNS = (
    Column("unit", _("Unit"), lambda row: row.owed.unit, width=22, sort="unit", html=unit),
    Column("stage", _("How far"), lambda row: STAGE_OF[row.stage], width=16),
    Column("written", _("Sections written"), how_far, width=10),
    Column("saved", _("Last saved"), lambda row: row.progress and row.progress.saved_at
           and localdate(row.progress.saved_at), Type.DAY, 12),
    Column("due", _("Due"), lambda row: row.row.falls_due, Type.MOMENT, 18, "due", due),
    Column("filed", _("Filed"), lambda row: row.row.submitted_at, Type.MOMENT, 18, "filed", filed),
    Column("standing", _("Standing"), lambda row: row.row.standing.label,
           html=lambda row, words: badge(row.row, words)),
    Column("reminded", _("Last reminded"), lambda row: row.reminded_at and localdate(row.reminded_at), Type.DAY, 12,
           html=asked),
)  # fmt: skip
TAKEN_OVER = ("standing", "group", "level", "sort", "officer", "unit")
GRID = Listing(
    "summaries",
    _("Summaries of all units"),
    COLUMNS,
    (
        Facet("stage", _("How far"), lambda _source: STAGES, lambda source, value: source.stage(value)),
        *(each for each in FACETS if each.name in TAKEN_OVER),
    ),
    OWED.orders,
)


def page_before(user: Any, scope: Mapping[str, Any]) -> Page:
    """The grid of a campaign before one person: for its page, and for a worker that writes it as Excel.

    Raises: Http404, PermissionDenied.
    """
    campaign = campaign_for(user, scope["campaign"])
    if not may(user, "oversee", campaign):
        raise PermissionDenied
    source = summaries_of(user, campaign, runs=may(user, "change", campaign))
    return Page(GRID, source, str(campaign), reverse("reports:summaries", args=[campaign.pk]))

"""The figures of summaries as Excel: one row for each unit, one column for each figure the office asks for.

What a file says is kept in the draft of the summary, as saving its page keeps it; nothing is submitted by it. Before
the office stand figures that were submitted, or that it typed itself; what a unit has in its own draft is its alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.models.memberships import OFFICE_ROLES
from activities.behalf.campaign_sheet import CampaignSheet
from activities.filing.forms.filed import is_new
from activities.filing.prefill import reads_unit
from activities.states import Kind
from reports.models import Figure, Summary
from reports.summaries.forms.figures import FiguresForm
from reports.summaries.forms.sections import SectionsForm
from reports.summaries.prefill import begun_summary, facts
from workflow.models import MoveRefused
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Texts


class SummaryFigures(CampaignSheet):
    """What each unit writes in numbers in its summary."""

    name = "summary-figures"
    title = gettext_lazy("Figures of the summaries")
    identity = ("unit",)
    adds = False
    kind = Kind.SUMMARY
    remark = gettext_lazy(
        "What is written stands in the draft of each summary. It is submitted on the page of the summary, as before."
    )

    @property
    def address(self) -> str:
        return reverse("reports:summary-figures", args=[self.campaign.pk])

    @property
    def home(self) -> str:
        return f"{reverse('activities:assignments', args=[self.campaign.pk])}?kind={Kind.SUMMARY}"

    @cached_property
    def columns(self) -> Sequence[Column]:
        blank = gettext_lazy("A whole number; 0 is an answer. An emptied cell takes the number out again.")
        figures = [
            Column(f"figure_{each.pk}", each.label, Holds.NUMBER, 16, example="120", help=blank)
            for each in self.campaign.indicators.all()
            if each.is_asked
        ]
        return (
            Column("unit", gettext_lazy("Unit"), width=24, is_shown_only=True, reads=self.read_unit),
            Column("state", gettext_lazy("state"), width=12, is_shown_only=True),
            *figures,
        )

    # --- what stands -------------------------------------------------------------------------------------------------

    def standing(self) -> dict[int, Texts]:
        rows = list(self.assignments())
        of_version = self.versions()
        values = Figure.objects.filter(summary__in=of_version.values()).values_list("summary", "indicator", "value")
        found: dict[int, dict[str, str]] = {}
        for summary, indicator, value in values.order_by():
            found.setdefault(summary, {})[f"figure_{indicator}"] = str(value)
        blank = {column.name: "" for column in self.columns}
        return {
            row.pk: {
                **blank,
                **found.get(of_version.get(row.pk, 0), {}),
                "unit": row.unit.name,
                "state": row.get_state_display(),
            }
            for row in rows
        }

    def number(self) -> int:
        return self.assignments().count()

    def versions(self) -> dict[int, int]:
        """The version whose figures stand in the list, by the assignment."""
        shown = Summary.objects.filter(assignment__in=self.assignments().order_by().values("pk"))
        office = set(Membership.objects.held_now().filter(unit=self.campaign.host, role__in=OFFICE_ROLES)
                     .values_list("user", flat=True))  # fmt: skip
        rows = shown.order_by("version").values_list("assignment", "pk", "submitted_at", "saved_by")
        return {
            assignment: pk
            for assignment, pk, submitted_at, saved_by in rows
            if not self.is_office or submitted_at or saved_by in office
        }

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self, line: Line) -> None:
        row = self.assignments().get(pk=line.key or 0)
        writer = self.writer(row)
        if why := writer.why_not_written():
            raise MoveRefused(why)
        draft = writer.draft(Summary)
        if draft.why_not_saved:
            raise MoveRefused(draft.why_not_saved)
        summary = cast(Summary, draft.filing)
        summary.assignment = row
        if is_new(summary):
            self.begin(summary)
        figures = FiguresForm(self.sent(line, summary), summary=summary)
        if not figures.is_valid():
            raise ValidationError(figures.errors.as_data())
        summary.save_draft(by=writer.by, seen=summary.revision)
        figures.keep(summary)

    def begin(self, summary: Summary) -> None:
        """A summary nobody has written in yet begins as its page does: with what the unit has filed."""
        known = begun_summary(facts(summary.assignment)) if reads_unit(self.user) else {}
        page = SectionsForm(instance=summary, offers=known)
        data = {name: page.get_initial_for_field(field, name) for name, field in page.fields.items()}
        sections = SectionsForm(data, instance=summary, offers=known)
        if not sections.is_valid():  # an offer longer than a section may be
            raise ValidationError([message for messages in sections.errors.values() for message in messages])

    def sent(self, line: Line, summary: Summary) -> dict[str, Any]:
        """The figures as the page would send them: what it shows, and the cells the file changes."""
        page = FiguresForm(summary=summary)
        shown = {name: page.get_initial_for_field(field, name) for name, field in page.fields.items()}
        return shown | {name: line.texts[name] for name in line.changed}

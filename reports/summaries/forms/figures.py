"""The form of the figures the office asked for."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _

from activities.form_fields import demand
from activities.models import Assignment
from campaigns.models import Indicator
from documents.counts import thousands
from reports.models import Figure, Summary
from reports.summaries.prefill import filed_counts, last_years_figures, reported_figures
from workflow.form_fields import WholeNumber

MOST = 10_000_000_000


class FiguresForm(forms.Form):
    """One number for each figure the office asks for; nought is an answer, empty is none.

    ``reads_unit``: whether the person may read what the unit filed in earlier years.
    """

    def __init__(
        self, *args: Any, summary: Summary, complete: bool = False, reads_unit: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        self.indicators = list(Indicator.objects.filter(campaign=summary.assignment.campaign))
        begun = summary.version > 1  # where there is an older version, and none of this one yet
        newest = summary if summary.pk else Summary.latest(summary.assignment) if begun else None
        there = dict(newest.figures.values_list("indicator", "value")) if newest else {}
        known = {} if newest else known_figures(summary.assignment, self.indicators)
        before = last_years_figures(summary.assignment, self.indicators) if reads_unit else {}
        for each in self.indicators:
            self.fields[f"figure_{each.pk}"] = WholeNumber(
                label=each.label,
                min_value=0,
                required=False,
                initial=there.get(each.pk, known.get(each.pk)),
                help_text=sources(each.pk in known, before.get(each.pk)),
                validators=[MaxValueValidator(MOST)],
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.complete:
            demand(self, self.fields)
        return cleaned

    def keep(self, summary: Summary) -> None:
        """Replace the figures of this version by those typed."""
        Figure.objects.filter(summary=summary).delete()
        given = [(each, self.cleaned_data[f"figure_{each.pk}"]) for each in self.indicators]
        Figure.objects.bulk_create(
            Figure(summary=summary, indicator=each, value=value) for each, value in given if value is not None
        )


def known_figures(assignment: Assignment, indicators: list[Indicator]) -> dict[int, int]:
    """Numbers that follow from what the unit filed in this campaign; what it counted itself goes first."""
    return filed_counts(assignment, indicators) | reported_figures(assignment, indicators)


def sources(is_known: bool, before: tuple[int, int] | None) -> str:
    """Where a number was taken from, and what the unit filed the year before."""
    found = [_("Taken from what you have reported.")] if is_known else []
    if before:
        year, value = before
        found.append(_("%(year)s: %(value)s.") % {"year": year, "value": thousands(value)})
    return " ".join(found)

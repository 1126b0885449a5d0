"""The form of the figures the office asked for."""

from typing import Any, Self

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _

from activities.form_fields import demand
from activities.models import Assignment
from campaigns.models import Indicator
from reports.approximate import read
from reports.models import Figure, Summary
from reports.summaries.prefill import filed_counts, last_years_figures, reported_figures
from workflow.form_fields import WholeNumber

MOST = 10_000_000_000


class Count(int):
    """A number, and how it was written where it is only about right."""

    about: str = ""

    @classmethod
    def of(cls, value: int, about: str = "") -> Self:
        found = cls(value)
        found.about = about
        return found


class CountField(WholeNumber):
    """A whole number, also one that nobody has counted to the last: 1,000余, 约300, 3万余人次."""

    def __init__(self, *, measure: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.measure = measure
        self.widget.attrs["inputmode"] = "text"  # a pad of digits has no 余

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Count):  # as it stood already: what was about right stays so
            return value
        found = read(value, self.measure) if isinstance(value, str) else None
        return Count.of(found.value, found.about) if found else super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "about", "") or value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another number stands there, or the same that is now right, or now about right."""
        try:
            now = self.to_python(data)
        except forms.ValidationError:
            return True
        return (initial, getattr(initial, "about", "")) != (now, getattr(now, "about", ""))


class FiguresForm(forms.Form):
    """One number for each figure the office asks for; nought is an answer, empty is none.

    ``reads_unit``: whether the person may read what else the unit filed, this year and before.
    """

    def __init__(
        self, *args: Any, summary: Summary, complete: bool = False, reads_unit: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        asked = Indicator.objects.filter(campaign=summary.assignment.campaign)
        self.indicators = [each for each in asked if each.is_asked]
        begun = summary.version > 1  # where there is an older version, and none of this one yet
        newest = summary if summary.pk else Summary.latest(summary.assignment) if begun else None
        there = {each.indicator_id: Count.of(each.value, each.about) for each in newest.figures.all()} if newest else {}
        known = known_figures(summary.assignment, self.indicators) if reads_unit and not newest else {}
        before = last_years_figures(summary.assignment, self.indicators) if reads_unit else {}
        for each in self.indicators:
            said = (each.counts, sources(each.pk in known, before.get(each.pk)))
            self.fields[f"figure_{each.pk}"] = CountField(
                label=each.label,
                measure=each.measure,
                min_value=0,
                required=False,
                initial=there.get(each.pk, known.get(each.pk)),
                help_text=" ".join(filter(None, said)),
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
            Figure(summary=summary, indicator=each, value=value, about=getattr(value, "about", ""))
            for each, value in given
            if value is not None
        )


def known_figures(assignment: Assignment, indicators: list[Indicator]) -> dict[int, int]:
    """Numbers that follow from what the unit filed in this campaign; what it counted itself goes first."""
    return filed_counts(assignment, indicators) | reported_figures(assignment, indicators)


def sources(is_known: bool, before: tuple[int, str] | None) -> str:
    """Where a number was taken from, and what the unit filed the year before."""
    found = [_("Taken from what you have reported.")] if is_known else []
    if before:
        year, value = before
        found.append(_("%(year)s: %(value)s.") % {"year": year, "value": value})
    return " ".join(found)

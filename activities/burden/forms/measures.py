"""The form of what an office counts with: a row for each kind of filing, and how long a paper may be."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from activities.burden.measures import USUAL, Measures, Usual
from activities.models import BurdenMeasures
from workflow.form_fields import Amount, WholeNumber

MOST_HOURS, MOST_DAYS = Decimal(1000), 60


class MeasuresForm(forms.ModelForm):
    """Hours and working days of each kind, beside those that are usual."""

    class Meta:
        model = BurdenMeasures
        fields = ("specific", "comprehensive", "source")
        field_classes = {"specific": WholeNumber, "comprehensive": WholeNumber}
        help_texts = {
            "specific": gettext_lazy("4,000 by the provisions of 2024; some provinces go lower."),
            "comprehensive": gettext_lazy("5,000 by the provisions of 2024; some provinces go lower."),
            "source": gettext_lazy("For instance: asked of five units after last year's campaign."),
        }

    def __init__(self, *args: Any, now: Measures, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, each in USUAL.items():
            self.fields[f"hours_{code}"] = Amount(
                label=gettext_lazy("hours"), min_value=0, max_value=MOST_HOURS, max_digits=6, decimal_places=2
            )
            self.fields[f"hours_{code}"].initial = plain(now.hours[code])
            if each.days is not None:
                self.fields[f"days_{code}"] = WholeNumber(
                    label=gettext_lazy("working days"), min_value=0, max_value=MOST_DAYS, initial=now.days[code]
                )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"  # the page sets them in a table, without crispy

    @property
    def rows(self) -> Iterator[tuple[Usual, Any, Any]]:
        """Each kind with its fields for hours and days."""
        for code, each in USUAL.items():
            yield each, self[f"hours_{code}"], self[f"days_{code}"] if each.days is not None else None

    def changed_rows(self) -> dict[str, Any]:
        """What is not the usual, as it is kept."""
        found = {}
        for code, each in USUAL.items():
            hours, days = self.cleaned_data[f"hours_{code}"], self.cleaned_data.get(f"days_{code}")
            if (hours, days) != (each.hours, each.days):
                found[code] = [str(hours), days]
        return found


def plain(number: Decimal) -> str:
    """A number without noughts behind its last figure."""
    return f"{number.normalize():f}"

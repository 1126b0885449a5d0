"""The last days a notice sets."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.handing_out import DueDates
from activities.models import Demand
from activities.states import Kind
from workflow import clock

FARTHEST = timedelta(days=366)


def day(label: Any, *, required: bool = True) -> forms.DateField:
    """A field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class DueDatesForm(forms.Form):
    """The last day for each kind; the deadline is 24:00 of that day."""

    receipt = day(Kind.RECEIPT.label)
    liaison = day(Kind.LIAISON.label)
    plan = day(Kind.PLAN.label)
    summary = day(gettext_lazy("Summary of the campaign"))

    def __init__(self, *args: Any, demands: Iterable[Demand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = {f"demand_{demand.pk}": demand for demand in demands}
        for name, demand in self.demands.items():
            self.fields[name] = day(demand.title)
            self.fields[name].initial = demand.proposed(clock.today())
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"  # the page sets them in a table, without crispy

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):  # add_error takes the wrong ones out
            if value < clock.today():
                self.add_error(name, _("This day is past."))
            elif value > clock.today() + FARTHEST:
                self.add_error(name, _("This day is more than a year away."))
        return cleaned

    def dates(self) -> DueDates:
        """The dates given."""
        days = dict(self.cleaned_data)
        others = {demand.pk: days.pop(name) for name, demand in self.demands.items()}
        return DueDates(**days, others=others)

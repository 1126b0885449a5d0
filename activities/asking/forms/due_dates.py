"""The last days a notice sets."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.asking.deadlines import kinds_set
from activities.asking.handing_out import DueDates
from activities.form_fields import day, due_hour
from activities.states import Kind
from campaigns.models import DocumentNumber, Notice
from campaigns.models.number import HIGHEST
from workflow import clock
from workflow.form_fields import WholeNumber

FARTHEST, FARTHEST_HOUR = timedelta(days=366), timedelta(days=92)


class DueDatesForm(forms.Form):
    """The last day for each kind that is owed; the deadline is 24:00 of it, or the hour. And when it is to go out."""

    receipt = day(Kind.RECEIPT.label)
    liaison = day(Kind.LIAISON.label)
    plan = day(Kind.PLAN.label)
    summary = day(gettext_lazy("Summary of the campaign"))
    at = forms.DateTimeField(
        label=gettext_lazy("Set hour"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    seq = WholeNumber(label=pgettext_lazy("of a document", "Number"), required=False, min_value=1, max_value=HIGHEST)

    def __init__(self, *args: Any, notice: Notice, proposed: DueDates, **kwargs: Any):
        super().__init__(*args, **kwargs | {"initial": vars(proposed)})
        self.notice, self.proposed, self.kinds = notice, proposed, kinds_set(notice)
        for name in ("receipt", "liaison", "plan", "summary"):
            if name not in self.kinds:
                del self.fields[name]
        self.demands = {f"demand_{demand.pk}": demand for demand in notice.demands.all()}
        for name, demand in self.demands.items():
            self.fields[name] = day(demand.title)
            self.fields[name].initial = demand.proposed(clock.today())
        for name in self.day_names:
            self.fields[f"{name}_hour"] = due_hour(_("%(what)s: hour") % {"what": self.fields[name].label})
            self.fields[f"{name}_hour"].initial = proposed.hours.get(name)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"  # the page sets them in a table, without crispy

    @property
    def day_names(self) -> list[str]:
        """The fields that are last days."""
        return [*self.kinds, *self.demands]

    def moments(self) -> list[tuple[Any, Any]]:
        """Each last day with the field of its hour."""
        return [(self[name], self[f"{name}_hour"]) for name in self.day_names]

    @property
    def is_later(self) -> bool:
        """Whether the button for a set hour was pressed."""
        return bool(self.data.get("when") == "later")

    def clean_seq(self) -> int | None:
        seq: int | None = self.cleaned_data["seq"]
        if seq and (why := DocumentNumber.objects.why_not(self.notice.org_code, self.notice.year, seq)):
            raise forms.ValidationError(why)
        return seq

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in [name for name in self.day_names if name in cleaned]:
            value = cleaned[name]
            if value < clock.today():
                self.add_error(name, _("This day is past."))
            elif value > clock.today() + FARTHEST:
                self.add_error(name, _("This day is more than a year away."))
            elif clock.moment_of(value, cleaned.get(f"{name}_hour")) <= clock.now():
                self.add_error(f"{name}_hour", _("This hour is past."))
        self.clean_hour(cleaned)
        return cleaned

    def clean_hour(self, cleaned: dict[str, Any]) -> None:
        """The hour at which it is to go out, where one is asked for."""
        at = cleaned.get("at")
        if not self.is_later:
            cleaned["at"] = None
        elif at is None and "at" not in self.errors:
            self.add_error("at", _("Please say at which hour it is to go out."))
        elif at is not None and at <= clock.now():
            self.add_error("at", _("This hour is past."))
        elif at is not None and at > clock.now() + FARTHEST_HOUR:
            self.add_error("at", _("This hour is more than three months away."))

    def dates(self) -> DueDates:
        """The dates as far as they could be read; for what is not owed or not readable, those proposed."""
        read = getattr(self, "cleaned_data", {})
        given = {name: read[name] for name in self.kinds if name in read}
        others = {demand.pk: read[name] for name, demand in self.demands.items() if name in read}
        hours = {name: read.get(f"{name}_hour") if read else self.proposed.hours.get(name) for name in self.day_names}
        return replace(
            self.proposed,
            **given,
            others={**self.proposed.others, **others},
            hours={name: hour for name, hour in hours.items() if hour},
        )

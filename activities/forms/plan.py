"""The form of a plan."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import Plan

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def demand(form: forms.BaseForm, names: Any) -> None:
    """Say of every named field that is empty that it is needed, all at once."""
    for name in names:
        if name not in form.errors and form.cleaned_data.get(name) in (None, ""):
            form.add_error(name, _("Needed before you can submit."))


class PlanForm(forms.ModelForm):
    """A plan; half-done is enough to save, everything is needed to submit."""

    class Meta:
        model = Plan
        fields = ("goal", "starts_on", "ends_on", "place", "expected_participants", "budget", "safety")
        widgets = {
            "goal": forms.Textarea(attrs={"rows": 4}),
            "safety": forms.Textarea(attrs={"rows": 4}),
            "starts_on": DAY,
            "ends_on": DAY,
            "expected_participants": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
            "budget": forms.NumberInput(attrs={"inputmode": "decimal", "min": 0}),
        }

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        self.campaign = self.instance.assignment.campaign

    def clean_starts_on(self) -> Any:
        return self.inside("starts_on")

    def clean_ends_on(self) -> Any:
        return self.inside("ends_on")

    def inside(self, name: str) -> Any:
        """The day, if it lies in the campaign."""
        value, campaign = self.cleaned_data[name], self.campaign
        if value and not campaign.starts_on <= value <= campaign.ends_on:
            period = {"first": date_format(campaign.starts_on), "last": date_format(campaign.ends_on)}
            raise forms.ValidationError(_("The campaign runs from %(first)s to %(last)s.") % period)
        return value

    def clean_budget(self) -> Any:
        value = self.cleaned_data["budget"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("A budget cannot be negative."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        if self.complete:
            demand(self, self.fields)
        return cleaned

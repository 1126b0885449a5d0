"""The form of a plan: its sections in the order in which a plan is written and read."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.filing.forms.filed import FiledForm
from activities.filing.precautions import STEPS, asked_for
from activities.form_fields import DAY, area
from activities.models import Plan
from workflow.form_fields import Amount, Figures, Telephone, WholeNumber

SECTIONS = (
    (gettext_lazy("What and why"), ("goal", "content")),
    (gettext_lazy("When and where"), ("starts_on", "ends_on", "place", "schedule")),
    (gettext_lazy("Who"), ("expected_participants", "person_in_charge", "person_phone")),
    (gettext_lazy("Budget"), ("budget", "budget_source")),
    (gettext_lazy("Safety and health"), ("safety", "health", "emergency", "permit")),
)
"""The headings of a plan with their fields."""
NARROW = ("starts_on", "ends_on", "person_in_charge", "person_phone", "budget", "budget_source")
"""Fields that stand two in a row where there is room."""


class PlanForm(FiledForm):
    """A plan; half-done is enough to save, everything that fits the gathering is needed to submit."""

    NEEDED = (
        "goal", "content", "starts_on", "ends_on", "place", "expected_participants",
        "person_in_charge", "person_phone", "budget",
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = tuple(name for _heading, names in SECTIONS for name in names)
        widgets = {
            "goal": area(3),
            "content": area(5),
            "schedule": area(4),
            "safety": area(3),
            "health": area(3),
            "emergency": area(3),
            "starts_on": DAY,
            "ends_on": DAY,
            "expected_participants": Figures(),
            "budget": Figures({"inputmode": "decimal"}),
            "person_phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        field_classes = {"expected_participants": WholeNumber, "budget": Amount, "person_phone": Telephone}
        help_texts = {
            "schedule": gettext_lazy("Needed when it lasts more than one day."),
            "expected_participants": gettext_lazy("0 where nobody gathers, for instance online."),
            "budget": gettext_lazy("0 is an answer."),
            "budget_source": gettext_lazy("Needed when there is a budget: own funds, a sponsor …"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            for name in step.fields:
                self.fields[name].widget.attrs["data-least"] = step.least

    @property
    def sections(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each heading with its fields; a field that stands beside another is marked."""
        for heading, names in SECTIONS:
            yield heading, [(self[name], name in NARROW) for name in names]

    @property
    def steps(self) -> Any:
        """Which precautions are asked for from how many participants on, and why."""
        return STEPS

    def needed(self) -> list[str]:
        found = [*self.NEEDED, *asked_for(self.cleaned_data.get("expected_participants"))]
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last > first:
            found.append("schedule")
        if self.cleaned_data.get("budget"):
            found.append("budget_source")
        return found

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
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return cleaned

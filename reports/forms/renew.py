"""What to take along into the new year."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from reports.new_year import moved, new_titles
from workflow.form_fields import SeveralRows

CHOICES = [
    ("units", gettext_lazy("Units and groups taking part")),
    ("activities", gettext_lazy("The activities chosen below, with their units, deliverables and rounds")),
    ("slogans", gettext_lazy("Slogans (the theme is new every year)")),
    ("points", gettext_lazy("Guiding ideology, focal points and requirements")),
    ("indicators", gettext_lazy("The figures asked for in the summary")),
    ("notices", gettext_lazy("The notices, as drafts with year and theme exchanged")),
]


class RenewForm(forms.Form):
    """The new year, its theme, and what to take along."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1978, max_value=2100)
    theme = forms.CharField(label=gettext_lazy("Theme of the new year"), max_length=120)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Take along"), choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    activities: Any = SeveralRows(queryset=None, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, campaign: Campaign, **more: Any) -> None:
        super().__init__(*args, **more)
        self.campaign = campaign
        self.fields["activities"].queryset = campaign.activities.all()  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year <= self.campaign.year:
            raise forms.ValidationError(_("The new year comes after %(year)d.") % {"year": self.campaign.year})
        return year

    def years(self) -> int:
        """How many years later, by what stands in the form; one where that is no later year."""
        try:
            year = int(str(self["year"].value() or ""))
        except ValueError:
            return 1
        return min(max(year - self.campaign.year, 1), 200)

    def titles(self) -> list[tuple[str, str]]:
        """What will be called otherwise, by what stands in the form: each title then and now."""
        return new_titles(self.campaign, self.campaign.year + self.years(), str(self["theme"].value() or "").strip())

    def rows(self) -> list[dict[str, Any]]:
        """The activities with their days now and then, those moved off a weekend marked."""
        years = self.years()
        chosen = {str(value) for value in self["activities"].value() or []} if self.is_bound else None
        rows = []
        for activity in self.campaign.activities.all():
            day = activity.starts_on or activity.due_on
            rows.append(
                {
                    "activity": activity,
                    "day": moved(day, years) if day else None,
                    "chosen": chosen is None or str(activity.pk) in chosen,
                }
            )
        return rows

"""When and where an activity takes place, and which leaders are expected."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.form_fields import day
from activities.models import Activity


class OccasionForm(forms.ModelForm):
    """The days, the place, the leaders; no last day is the first."""

    starts_on = day(gettext_lazy("first day"), required=False)
    ends_on = day(gettext_lazy("last day"), required=False, help_text=gettext_lazy("Empty: it takes one day."))

    class Meta:
        model = Activity
        fields = ("starts_on", "ends_on", "place", "leaders")
        help_texts = {
            "place": gettext_lazy("What takes place at the same place on the same day is marked in the calendar."),
            "leaders": gettext_lazy(
                "With 、 between them. Only the office reads them, and where they are expected twice."
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        elif last and not first and not self.errors:
            self.add_error("starts_on", _("On which day does it begin?"))
        elif first and not last:
            cleaned["ends_on"] = first
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

"""The form of one thing that a notice asks beside the usual."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.asking.demands import insist_addressed
from activities.burden.forms.photos import clean_photos, photo_fields
from activities.form_fields import day, due_hour
from activities.models import Counts, Demand
from activities.reading.forms import UnitsField
from campaigns.models import Notice
from workflow.form_fields import WholeNumber
from workflow.models import MoveRefused


class DemandForm(forms.Form):
    """What, by when, how many, of whom."""

    title = forms.CharField(label=gettext_lazy("what"), max_length=200)
    due_on = day(gettext_lazy("last day"), required=False, help_text=gettext_lazy("Empty: with the summary."))
    due_hour = due_hour()
    units = UnitsField(
        gettext_lazy("asked of"),
        help_text=gettext_lazy("Units or groups, with 、 between them. Empty: every addressee of the notice."),
    )
    target = WholeNumber(label=gettext_lazy("at least"), min_value=1, max_value=10**8, required=False)
    measure = forms.CharField(label=gettext_lazy("unit of measure"), max_length=20, required=False)
    counts = forms.ChoiceField(label=gettext_lazy("what is counted"), choices=Counts, required=False)

    FIELDS = ("title", "due_on", "due_hour", "target", "measure", "counts", "photos_least", "photos_most", "photos_why")

    def __init__(self, data: Any = None, *, notice: Notice, row: Demand | None = None) -> None:
        super().__init__(data, initial=shown(row) if row else {})
        self.fields.update(photo_fields())
        self.notice = notice

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_units(self) -> list[Unit]:
        """The units named, and those of the groups named to which the notice goes."""
        units, groups = Names(self.notice.campaign.host).parties(self.cleaned_data["units"])
        try:
            insist_addressed(self.notice, units)
        except MoveRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        for group in groups:
            here = self.notice.addressees.filter(in_groups=group)
            if not here:
                raise forms.ValidationError(_("The notice goes to nobody of “%(group)s”.") % {"group": group})
            units += [unit for unit in here if unit not in units]
        return units

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("counts") and not cleaned.get("target") and "target" not in self.errors:
            self.add_error("target", _("How many are asked for? Without a number nothing is counted."))
        clean_photos(self)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as they are kept."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


def shown(row: Demand) -> dict[str, Any]:
    """What stands in a demand, as the form shows it."""
    values = {name: getattr(row, name) for name in DemandForm.FIELDS}
    return values | {"units": "、".join(unit.name for unit in row.units.all())}

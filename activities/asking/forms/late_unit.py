"""A unit added after the notice was issued, with the days it gets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.asking.forms.due_dates import DueDatesForm


class LateUnitForm(DueDatesForm):
    """The unit by its name, and the last days."""

    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["unit", *self.day_names])
        self.fields["unit"].widget.attrs |= {"list": "units-like", "autocomplete": "off"}

    def clean_unit(self) -> Unit:
        name = self.cleaned_data["unit"].strip()
        unit = Unit.objects.filter(name=name).first() or Unit.objects.filter(full_name=name).first()
        if unit is None:
            raise forms.ValidationError(_("No unit of this name is known. Choose one of those offered."))
        if unit.merged_into:
            raise forms.ValidationError(
                _("%(unit)s was merged into %(other)s.") % {"unit": unit, "other": unit.merged_into}
            )
        if self.notice.addressees.filter(pk=unit.pk).exists():
            raise forms.ValidationError(_("%(unit)s has the notice already.") % {"unit": unit})
        return unit

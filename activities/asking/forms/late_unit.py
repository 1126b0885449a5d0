"""A unit added after the notice was issued, with the days it gets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.asking.forms.due_dates import DueDatesForm


class LateUnitForm(DueDatesForm):
    """The unit by its name, and the last days."""

    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=120)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["unit"])
        self.fields["unit"].widget.attrs |= {"list": "units-like", "autocomplete": "off"}

    def clean_unit(self) -> Unit:
        unit = Names().today(self.cleaned_data["unit"].strip())
        if self.notice.addressees.filter(pk=unit.pk).exists():
            raise forms.ValidationError(_("%(unit)s has the notice already.") % {"unit": unit})
        return unit

"""The form that merges two units."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.form_fields import day
from workflow import clock


class MergeForm(forms.Form):
    """Which unit ends, which one goes on, since when."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("unit that ends"))
    into = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("successor"))
    on = day(gettext_lazy("merged on"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "into"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = units
        self.fields["on"].initial = clock.today()

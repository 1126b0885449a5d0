"""To which own units something owed above is handed down, and by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.form_fields import day
from workflow.form_fields import SeveralRows


class HandDownForm(forms.Form):
    """The own units and the own last day."""

    due_on = day(gettext_lazy("Own last day"))
    units: Any = SeveralRows(
        queryset=None, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Handed down to"), required=False
    )

    def __init__(self, data: Any = None, *, units: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["units"].queryset = units if units is not None else Unit.objects.none()  # type: ignore[attr-defined]

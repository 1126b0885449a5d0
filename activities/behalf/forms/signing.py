"""In whose name somebody files who is not of the unit, and how it came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.form_fields import demand


class SigningForm(forms.Form):
    """In whose name it is filed; the office also says how it came."""

    filed_for = forms.CharField(label=_("your name"), max_length=60, required=False)

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.complete:
            demand(self, self.fields)
        return cleaned


class BehalfForm(SigningForm):
    """The office files: for whom, and how it came."""

    filed_for = forms.CharField(label=_("in the name of (person of the unit)"), max_length=60, required=False)
    filed_note = forms.CharField(
        label=_("how it came"),
        max_length=200,
        required=False,
        help_text=_("For example: by telephone on 3 September; mail of 3 September."),
    )

"""The office's own wording of a typical case it selected."""

from typing import Any

from django import forms

from activities.form_fields import CASE_TEXTS
from activities.models import PublishedCase


class PublishedCaseForm(forms.ModelForm):
    """The office's wording; the author's stays as it is."""

    class Meta:
        model = PublishedCase
        fields = PublishedCase.TEXTS
        widgets = CASE_TEXTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("background", "practice", "effect"):
            self.fields[name].required = True

"""The form of a typical case; and the office's own wording of one it selected."""

from typing import Any

from django import forms

from activities.forms.filed import FiledForm, area
from activities.models import Case, PublishedCase

AREAS = {"background": area(4), "practice": area(8), "effect": area(4)}


class CaseForm(FiledForm):
    """Title, background, practice, effect: all of them make a case."""

    NEEDED = ("title", "background", "practice", "effect")

    class Meta:
        model = Case
        fields = ("title", "background", "practice", "effect")
        widgets = AREAS


class PublishedCaseForm(forms.ModelForm):
    """The office's wording; the author's stays as it is."""

    class Meta:
        model = PublishedCase
        fields = PublishedCase.TEXTS
        widgets = AREAS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("background", "practice", "effect"):
            self.fields[name].required = True

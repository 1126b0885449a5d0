"""The form that shows what of a Word summary went where, to be put right before it is taken over."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.behalf.forms.incoming import LONGEST
from reports.summaries.split import Piece

MOST = 200
"""Pieces of one text."""


class PieceForm(forms.Form):
    """One piece of the text, and the section it goes to."""

    heading = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    text = forms.CharField(max_length=LONGEST, strip=False, widget=forms.HiddenInput)
    key = forms.ChoiceField(label=gettext_lazy("Goes to"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["key"]
        field.choices = [("", _("nowhere: it is left out")), *choices]

    @property
    def piece(self) -> Piece:
        """The piece as it was put right."""
        data = self.cleaned_data
        return Piece(data["key"], data["heading"], data["text"].replace("\r\n", "\n"))


PieceFormSet = forms.formset_factory(PieceForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True)


class InsteadForm(forms.Form):
    """Whether the text takes the place of what stands in the sections."""

    instead = forms.BooleanField(
        label=gettext_lazy("Put it in the place of what stands in these sections now (otherwise behind it)"),
        required=False,
    )
    seen = forms.IntegerField(min_value=0, max_value=10**8, widget=forms.HiddenInput)

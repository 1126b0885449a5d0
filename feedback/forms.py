"""The form in which somebody writes to the office."""

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from feedback.models import LONGEST
from workflow.form_fields import Area


class FeedbackForm(forms.Form):
    """The words; for which unit, where somebody speaks for several; whether it is about the page one came from."""

    text = forms.CharField(
        label=_("What is wrong, or could be better?"),
        max_length=LONGEST,
        widget=Area(attrs={"rows": 6}),
        help_text=_("In your own words. What did you want to do, and what happened?"),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("You write for"))
    about = forms.BooleanField(label=_("It is about the page I came from"), required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, data: Any, *, by: Any, page: str) -> None:
        """Arguments: what was sent; who writes; the page somebody came from, empty for none."""
        super().__init__(data, initial={"page": page_of_ours(page), "about": True})
        self.came_from = page_of_ours(self.data.get("page", "") if self.is_bound else page)
        units = Unit.objects.filter(pk__in={held.unit_id for held in by.held}).select_related("kept_by")
        self.units = list(units)
        choice = cast(forms.ModelChoiceField, self.fields["unit"])
        choice.queryset, choice.empty_label = units, None
        if len(self.units) < 2:
            del self.fields["unit"]
        if not self.came_from:
            del self.fields["about"], self.fields["page"]

    def said(self) -> dict[str, Any]:
        """What is sent: words, unit, page."""
        only = self.units[0] if self.units else None
        page = self.came_from if self.cleaned_data.get("about") else ""
        return {"text": self.cleaned_data["text"], "unit": self.cleaned_data.get("unit", only), "page": page}


def page_of_ours(address: str) -> str:
    """The path of a page of this site, without what was sought on it; nothing where it is none."""
    path = urlsplit(address).path if url_has_allowed_host_and_scheme(address, None) else ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return path[:300] if found.app_name != "feedback" else ""

"""Fields and demands that the forms of every room here share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.form_fields import Area, Day

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day(label: Any, *, required: bool = True, help_text: Any = "") -> Day:
    """A field for a day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return Day(label=label, required=required, widget=widget, help_text=help_text)


def due_hour(label: Any = "") -> forms.TimeField:
    """A field for the hour of a deadline; empty: 24:00 of the day."""
    return forms.TimeField(
        label=label or capfirst(gettext_lazy("hour")),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Left empty: 24:00 of that day."),
    )


def area(rows: int) -> forms.Textarea:
    """A field for so many lines."""
    return Area(attrs={"rows": rows})


CASE_TEXTS = {"background": area(4), "practice": area(8), "effect": area(4)}


def link_field(help_text: Any = "") -> forms.URLField:
    """An address of the web; without its beginning it is taken for https."""
    widget = forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"})
    return forms.URLField(
        label=capfirst(gettext_lazy("link")),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=widget,
        help_text=help_text,
    )


def demand(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Say of every named field that is empty that it is needed, all at once."""
    for name in names:
        if name not in form.errors and form.cleaned_data.get(name) in (None, ""):
            form.add_error(name, _("Needed before you can submit."))

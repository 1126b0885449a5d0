"""A draft that saves itself: what can be kept is kept; what is half-typed stays on the page and hinders nothing."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, QueryDict

from activities.models import Filing

Checked = BaseForm | BaseFormSet
LASTING = re.compile(r"^remove_|-DELETE$")
"""Boxes that take something away: only a person who presses a button does that."""


def autosaves(request: HttpRequest) -> bool:
    """Whether the page sent the form by itself."""
    return request.POST.get("action") == "autosave"


def without_removals(data: QueryDict) -> QueryDict:
    """What was sent, but for what takes something away."""
    found = data.copy()
    for name in [name for name in found if LASTING.search(name)]:
        del found[name]
    return found


def broken(checked: dict[str, Checked]) -> bool:
    """Whether the rows themselves are wrong (their count, too many), so that nothing can be made of them."""
    return any(isinstance(each, BaseFormSet) and each.non_form_errors() for each in checked.values())


def each_form(checked: dict[str, Checked]) -> Iterator[BaseForm]:
    """Every single form, the rows of a set one by one."""
    for each in checked.values():
        yield from each.forms if isinstance(each, BaseFormSet) else [each]


def wrong_fields(checked: dict[str, Checked]) -> dict[str, list[str]]:
    """The messages of every field that is not valid, by its name on the page."""
    found = {}
    for form in each_form(checked):
        for name in set(form.errors) & set(form.fields):
            found[form.add_prefix(name)] = [str(message) for message in form.errors[name]]
    return found


def mend(checked: dict[str, Checked], filing: Filing, stored: dict[str, Any]) -> None:
    """Put something that can be kept in place of every value that is not valid, so that the others can be written.

    Arguments: the forms, already judged; the draft they fill; its content before. A text stays as typed as far as
    it fits; for anything else what was there before stays.
    """
    for form in each_form(checked):
        for name in set(form.errors) & set(form.fields):
            text = text_typed(form, name)
            form.cleaned_data[name] = form.get_initial_for_field(form.fields[name], name) if text is None else text
            if getattr(form, "instance", None) is filing:
                filing.put(name, stored[filing._meta.get_field(name).attname] if text is None else text)


def text_typed(form: BaseForm, name: str) -> str | None:
    """What was typed in a field for text, cut where its column ends; None for fields of another kind."""
    field = form.fields[name]
    if not isinstance(field, forms.CharField):
        return None
    typed = form[name].data or ""
    return str(typed).replace("\0", "").strip()[: field.max_length]


def contents(filing: Filing) -> dict[str, Any]:
    """What the unit wrote, by column."""
    return {field.attname: getattr(filing, field.attname) for field in filing.content_fields()}

"""The form in which the office says which sections a summary has."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Evidence, Section
from reports.models.section import HEADING, HINT
from reports.models.summary import LONGEST
from workflow.form_fields import Area, Figures, WholeNumber

MOST = 20
"""Sections of one summary."""
EMPTY = 2
"""Rows offered for new ones."""


def number(label: Any) -> WholeNumber:
    """A number of words."""
    return WholeNumber(label=label, required=False, min_value=1, max_value=LONGEST)


class SectionForm(forms.Form):
    """One section; an empty heading in a new row means none."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    place = WholeNumber(
        label=gettext_lazy("Place in the order"), required=False, min_value=1, max_value=99, widget=Figures()
    )
    heading = forms.CharField(label=gettext_lazy("Heading"), required=False, max_length=HEADING)
    hint = forms.CharField(
        label=gettext_lazy("What belongs in it"), required=False, max_length=HINT, widget=Area(attrs={"rows": 2})
    )
    needed = forms.BooleanField(label=gettext_lazy("Needed to file"), required=False)
    least = number(gettext_lazy("At least so many words"))
    most = number(gettext_lazy("At most so many words"))
    strict = forms.BooleanField(label=gettext_lazy("Outside of that it cannot be filed"), required=False)
    evidence = forms.ChoiceField(label=gettext_lazy("Wanted beside it"), required=False, choices=Evidence.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = cleaned.get("least"), cleaned.get("most")
        if least and most and least > most:
            self.add_error("most", _("The most is less than the least."))
        if cleaned.get("strict") and not (least or most) and not {"least", "most"} & set(self.errors):
            self.add_error("strict", _("Say how many words first."))
        if not cleaned.get("heading") and "heading" not in self.errors and (cleaned.get("key") or cleaned.get("hint")):
            self.add_error("heading", _("Please give a heading, or strike the section out."))
        return cleaned

    @property
    def section(self) -> Section:
        """The section as it was typed."""
        data = self.cleaned_data
        names = ("key", "heading", "hint", "needed", "least", "most", "strict", "evidence")
        return Section(**{name: data[name] for name in names})


class Sections(forms.BaseFormSet):
    """The sections of one campaign. ``known`` are the keys there have been: a page makes up none."""

    known: frozenset[str] = frozenset()

    def clean(self) -> None:
        if any(self.errors):
            return
        found = self.sections
        if not found:
            raise ValidationError(_("A summary needs at least one section."))
        headings = [each.heading for each in found]
        if twice := next((each for each in headings if headings.count(each) > 1), ""):
            raise ValidationError(_("This heading stands there twice: %(heading)s") % {"heading": twice})
        keys = [each.key for each in found if each.key]
        if len(set(keys)) < len(keys) or set(keys) - self.known:
            raise ValidationError(_("This page is too old. Please open it again."))

    @property
    def sections(self) -> list[Section]:
        """The sections that were not struck out, in the order of their places."""
        kept = [
            (form.cleaned_data.get("place") or MOST * 10, at, form.section)
            for at, form in enumerate(self.forms)
            if form.cleaned_data.get("heading") and not form.cleaned_data.get("DELETE")
        ]
        return [section for _place, _at, section in sorted(kept, key=lambda each: each[:2])]


SectionFormSet = forms.formset_factory(
    SectionForm,
    formset=Sections,
    extra=EMPTY,
    max_num=MOST,
    absolute_max=MOST + EMPTY,
    validate_max=True,
    can_delete=True,
)

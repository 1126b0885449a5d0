"""Forms of the review page: hand in a notice, and correct each kind of proposal in place."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import documents
from accounts.models import Unit
from accounts.unit_names import names_in
from activities.form_fields import day, due_hour
from activities.models import Comparator, Counts, Group, Part, Proposal, Share
from activities.models.activity import Scope
from activities.reading.confirm_tasks import windows
from campaigns.models import AnnexContent
from campaigns.models.campaign import PointKind
from campaigns.models.indicator import MEASURE, NAME
from documents.answers import Source
from documents.errors import DocumentError
from documents.refusal import WHAT_IS_READ
from workflow.form_fields import WholeNumber

PRINTED = [
    (each.value, each.label)
    for each in (AnnexContent.HANDED_IN, AnnexContent.ACTIVITIES, AnnexContent.SLOGANS, AnnexContent.APART)
]
"""What can be printed of an annex before there is a notice."""


class HandInForm(forms.Form):
    """A notice: pasted text, or a file."""

    text = forms.CharField(
        label=gettext_lazy("paste the notice here"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    file = forms.FileField(
        label=gettext_lazy("or choose the file"),
        required=False,
        allow_empty_file=True,
        help_text=WHAT_IS_READ,
    )
    host = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("for the office"))

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = cast(forms.ModelChoiceField, self.fields["host"])
        offices.queryset, offices.empty_label = hosts, None
        if len(hosts) == 1:
            self.fields["host"].widget = forms.HiddenInput()
            self.fields["host"].initial = hosts[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.errors:
            try:
                cleaned["source"] = self.source(cleaned)
            except DocumentError as refused:
                self.add_error("file" if cleaned.get("file") else "text", str(refused))
        return cleaned

    def source(self, cleaned: dict[str, Any]) -> Source:
        """The text of what was handed in. Raises: Refused."""
        file = cleaned.get("file")
        return (
            documents.sources.text_of(file.name, file.read(), outline=True)
            if file
            else documents.sources.pasted(cleaned.get("text", ""))
        )


class TextForm(forms.Form):
    """A proposal that is one piece of text."""

    text = forms.CharField(label=gettext_lazy("text"), widget=forms.Textarea(attrs={"rows": 3}))


class PeriodForm(forms.Form):
    """From when to when the campaign runs."""

    first = day(gettext_lazy("first day"))
    last = day(gettext_lazy("last day"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day is before the first day."))
        return cleaned


class SloganForm(TextForm):
    """One slogan."""

    text = forms.CharField(label=gettext_lazy("slogan"), max_length=120)
    is_theme = forms.BooleanField(label=gettext_lazy("is the theme"), required=False)


class PointForm(forms.Form):
    """A focal point or a requirement."""

    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=PointKind)
    number = forms.CharField(label=gettext_lazy("number"), max_length=10, required=False)
    title = forms.CharField(label=gettext_lazy("heading"), max_length=120)
    body = forms.CharField(label=gettext_lazy("text"), widget=forms.Textarea(attrs={"rows": 5}), required=False)


class DeadlineForm(forms.Form):
    """What the units owe, and by when."""

    item = forms.CharField(label=gettext_lazy("what"), max_length=200)
    due_on = day(gettext_lazy("last day"))
    due_hour = due_hour()
    is_summary = forms.BooleanField(label=gettext_lazy("this is the summary of the campaign"), required=False)
    is_registration = forms.BooleanField(
        label=gettext_lazy("this is the registration of the liaison officers"), required=False
    )
    target = WholeNumber(label=gettext_lazy("at least"), min_value=1, max_value=10**8, required=False)
    measure = forms.CharField(label=gettext_lazy("unit of measure"), max_length=20, required=False)
    counts = forms.ChoiceField(label=gettext_lazy("what is counted"), choices=Counts, required=False)
    is_plan = forms.BooleanField(label=gettext_lazy("this is the plan of each activity"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = UnitsField(gettext_lazy("asked of (empty: every unit)"))


class FigureForm(forms.Form):
    """One figure every unit reports in its summary."""

    name = forms.CharField(label=gettext_lazy("figure"), max_length=NAME)
    measure = forms.CharField(label=gettext_lazy("unit of measure"), max_length=MEASURE, required=False)


class UnitsField(forms.CharField):
    """Names of units as people write them; two characters are enough to be offered the known ones."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={
                "list": "units-like",
                "autocomplete": "off",
                "hx-get": "/units/like/",
                "hx-trigger": "input changed delay:200ms",  # an input method composes without key presses
                "hx-target": "#units-like",
                "hx-swap": "innerHTML",
            }
        )
        super().__init__(label=label, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        found = names_in(super().clean(value))
        if long := [name for name in found if len(name) > 80]:
            raise forms.ValidationError(_("No unit has a name as long as %(name)s…") % {"name": long[0][:20]})
        return "、".join(found)


class ActivityForm(forms.Form):
    """One activity: what, when, where, who."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=200)
    scope = forms.ChoiceField(label=gettext_lazy("scope"), choices=Scope)
    owner = UnitsField(gettext_lazy("unit whose activity it is"))
    starts_on = day(gettext_lazy("first day"), required=False)
    ends_on = day(gettext_lazy("last day"), required=False)
    date_text = forms.CharField(label=gettext_lazy("date as printed"), max_length=60, required=False)
    due_on = day(gettext_lazy("to be done by"), required=False)
    place = forms.CharField(label=gettext_lazy("place"), max_length=120, required=False)
    lead = UnitsField(Part.LEAD.label)
    undertake = UnitsField(Part.UNDERTAKE.label)
    assist = UnitsField(Part.ASSIST.label)
    participate = UnitsField(Part.PARTICIPATE.label)
    description = forms.CharField(
        label=gettext_lazy("content"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    remark = forms.CharField(label=gettext_lazy("remark"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def clean_owner(self) -> str:
        found = names_in(self.cleaned_data["owner"])
        if len(found) > 1:
            raise forms.ValidationError(_("One unit only; the others take part below."))
        return found[0] if found else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        if cleaned.get("scope") == Scope.MEMBER and not cleaned.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Whose activity is it?"))
        return cleaned


class DeliverableRowForm(forms.Form):
    """One thing a task asks for."""

    title = forms.CharField(label=gettext_lazy("what"), max_length=200)
    comparator = forms.ChoiceField(label=gettext_lazy("comparator"), choices=Comparator)
    target = WholeNumber(label=gettext_lazy("how many"), min_value=1, max_value=10**8, required=False)
    measure = forms.CharField(label=gettext_lazy("unit of measure"), max_length=20, required=False)
    share = forms.ChoiceField(label=gettext_lazy("owed by"), choices=Share)
    due_on = day(gettext_lazy("last day"), required=False)
    windows = forms.CharField(
        label=gettext_lazy("windows"),
        required=False,
        help_text=gettext_lazy("One a line: 2013-11-20 – 2013-11-25"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_windows(self) -> str:
        try:
            return "\n".join(f"{first} – {last}" for first, last in windows(self.cleaned_data["windows"]))
        except ValueError as error:
            raise forms.ValidationError(_("This is no window: %(line)s") % {"line": error}) from error


class RoundRowForm(forms.Form):
    """One round and whom it invites."""

    title = forms.CharField(label=gettext_lazy("subject"), max_length=200)
    on = day(gettext_lazy("day"))
    units = UnitsField(gettext_lazy("invited units"))
    prepare = forms.CharField(label=gettext_lazy("what to prepare"), max_length=500, required=False)
    prepare_by = day(gettext_lazy("prepared by"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("on") and cleaned.get("prepare_by") and cleaned["prepare_by"] > cleaned["on"]:
            self.add_error("prepare_by", _("What is prepared must be there on the day of the round at the latest."))
        return cleaned


class AttachmentForm(TextForm):
    """An annex: its title, and what is printed of it."""

    text = forms.CharField(label=gettext_lazy("title"), max_length=200)
    content = forms.ChoiceField(
        label=gettext_lazy("what is printed"), choices=PRINTED, widget=forms.RadioSelect, initial=AnnexContent.APART
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("part", "") == "":
            field = cast(forms.ChoiceField, self.fields["content"])
            field.choices = [each for each in PRINTED if each[0] != AnnexContent.HANDED_IN]


FORMS: dict[str, type[forms.Form]] = {
    Group.ATTACHMENT: AttachmentForm,
    Group.DELIVERABLE: DeliverableRowForm,
    Group.ROUND: RoundRowForm,
    Group.SLOGAN: SloganForm,
    Group.POINT: PointForm,
    Group.ACTIVITY: ActivityForm,
    Group.DEADLINE: DeadlineForm,
    Group.FIGURE: FigureForm,
}


def form_for(proposal: Proposal, data: Any = None) -> forms.Form:
    """The form in which a proposal is corrected, filled with what stands there or with what was typed."""
    form = PeriodForm if proposal.field == "period" else FORMS.get(proposal.group, TextForm)
    return form(data, initial=proposal.values)


def values_of(form: forms.Form) -> dict[str, Any]:
    """What was typed, as it is kept: days as ISO text."""
    return {
        name: value.isoformat() if isinstance(value, date | time) else value or ("" if value is None else value)
        for name, value in form.cleaned_data.items()
    }

"""The form in which a unit reports of a deliverable."""

import re
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.evidence.forms.photos import PhotosForm
from activities.form_fields import day
from activities.models import Assignment, Comparator, Photo, Window
from activities.models.entry import MOST, Count, Report, asked_of, loose_photos
from documents.counts import thousands
from workflow import clock
from workflow.form_fields import Area, Figures, half_width, in_figures

TOO_MUCH = 10
"""A report of more than ten times the target is asked back."""
LONG_BEFORE = timedelta(days=60)
"""What was done longer before the issue than this is asked to be looked at again."""


class CountField(forms.CharField):
    """A whole number as people write it: 1,200 or １２００张."""

    widget = Figures

    def __init__(self, *, measure: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.measure = measure

    def clean(self, value: Any) -> int:
        text = in_figures(half_width(super().clean(value)).removesuffix(half_width(self.measure)))
        if re.fullmatch(r"[-−]\d+(\.\d*)?", text):
            raise forms.ValidationError(_("A count cannot be negative."))
        if re.fullmatch(r"\d*\.\d+", text):
            raise forms.ValidationError(_("Only whole numbers can be counted."))
        if not re.fullmatch(r"[0-9]+", text):
            raise forms.ValidationError(_("Please write a number in figures, for example 120."))
        if not 0 < int(text[:20]) <= MOST:
            raise forms.ValidationError(_("Please write a number from 1 to %(most)s.") % {"most": thousands(MOST)})
        return int(text)


class EntryForm(forms.Form):
    """So many, on this day, in this window; with a link and a remark. Without a number: that it is done."""

    on = day(gettext_lazy("day"))
    note = forms.CharField(label=gettext_lazy("remark"), max_length=500, required=False, widget=Area(attrs={"rows": 2}))
    link = forms.URLField(
        label=gettext_lazy("link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A page on which it can be seen."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    sure = forms.BooleanField(label=gettext_lazy("Yes, the number is right"), required=False)

    field_order = ("count", "on", "window", "link", "note", "sure", "key")

    def __init__(self, *args: Any, assignment: Assignment, so_far: Count, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment, self.asked, self.so_far = assignment, asked_of(assignment), so_far
        self.asks_back = False
        self.windows: list[Window] = list(self.asked.windows.all())
        self.fields["on"].initial = clock.today()
        self.fields["key"].initial = uuid4().hex
        if self.asked.target is not None:
            label = _("how many (%(measure)s)") if self.asked.measure else _("how many")
            self.fields["count"] = CountField(label=label % {"measure": self.asked.measure}, measure=self.asked.measure)
        if self.windows:
            self.fields["window"] = forms.ModelChoiceField(
                self.asked.windows.all(), label=_("window"), empty_label=_("please choose"), initial=self.window_now()
            )
        self.order_fields(self.field_order)

    def renew_key(self) -> None:
        """What is sent from the page next is a report of its own."""
        self.data = {**self.data.dict(), "key": uuid4().hex}  # type: ignore[attr-defined]  # it came from a page

    def window_now(self) -> Window | None:
        """The window in which today lies."""
        today = clock.today()
        return next((each for each in self.windows if each.starts_on <= today <= each.ends_on), None)

    def clean_on(self) -> Any:
        value = self.cleaned_data["on"]
        if value > clock.today():
            raise forms.ValidationError(_("This day is still to come. Report it when it is done."))
        issued = timezone.localdate(self.assignment.made_at)
        if value < issued - LONG_BEFORE:
            raise forms.ValidationError(_("This day lies long before the notice. Please look at the year."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        window, on = cleaned.get("window"), cleaned.get("on")
        if window and on and not window.starts_on <= on <= window.ends_on:
            days = {"first": date_format(window.starts_on), "last": date_format(window.ends_on)}
            self.add_error("on", _("This window is from %(first)s to %(last)s.") % days)
        if "count" in cleaned and (doubt := self.doubt(cleaned["count"])):
            self.asks_back = True
            if not cleaned.get("sure"):
                self.add_error("count", doubt)
        return cleaned

    def doubt(self, count: int) -> str:
        """Why a count is asked back; empty when it is plausible."""
        target, total = self.asked.target, self.so_far.reported + count
        if target and count > target * TOO_MUCH:
            return _("Really %(count)s? The target is %(target)s.") % {
                "count": thousands(count),
                "target": thousands(target),
            }
        if self.asked.comparator != Comparator.AT_LEAST and target is not None and total > target:
            limit = {"limit": f"{self.asked.get_comparator_display()} {thousands(target)}", "total": thousands(total)}
            return _("With this it would be %(total)s; asked for is: %(limit)s.") % limit
        return ""

    def report(self) -> Report:
        """What was typed."""
        data = self.cleaned_data
        return Report(
            key=data["key"],
            count=data.get("count", 1),
            on=data["on"],
            window=cast("Window | None", data.get("window")),
            note=data["note"],
            link=data["link"],
        )


class EvidenceForm(PhotosForm):
    """The photos of the report that is being written: new ones, and those that wait for one."""

    def kept(self) -> QuerySet[Photo]:
        return super().kept() & loose_photos(self.assignment)


class FinishForm(forms.Form):
    """That this is all, although the target is not reached: why."""

    remark = forms.CharField(label=gettext_lazy("why it is no more"), max_length=500, widget=Area(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    """A reason the unit will read."""

    reason = forms.CharField(max_length=500)

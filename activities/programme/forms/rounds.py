"""Forms of the schedule: one round as the office writes it, who speaks as the unit names it."""

from typing import Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.form_fields import day
from activities.models import Appearance, Round
from activities.reading.forms import UnitsField
from activities.states import AssignmentState
from workflow import clock


class RoundForm(forms.ModelForm):
    """One date of the series with whom it invites and what they prepare."""

    units = UnitsField(gettext_lazy("invited units"), help_text=gettext_lazy("Units or groups, with 、 between them."))
    on = day(gettext_lazy("day"))
    prepare_by = day(gettext_lazy("prepared by"), required=False)
    published_on = day(gettext_lazy("coverage published on"), required=False)
    published_link = forms.URLField(
        label=gettext_lazy("link to the coverage"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    class Meta:
        model = Round
        fields = (
            "title", "on", "time_text", "place", "prepare", "prepare_by", "published_on", "published_in",
            "published_link",
        )  # fmt: skip
        widgets = {"prepare": forms.Textarea(attrs={"rows": 2})}

    field_order = ("title", "on", "time_text", "place", "units", "prepare", "prepare_by")

    def __init__(self, *args: Any, host: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_units(self) -> list[Unit]:
        """Every unit named, and those of every group named."""
        units, groups = Names(self.host).parties(self.cleaned_data["units"])
        every = dict.fromkeys([*units, *(unit for group in groups for unit in group.units.all())])
        if not every:
            raise forms.ValidationError(_("Whom does it invite?"))
        return list(every)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on, by = cleaned.get("on"), cleaned.get("prepare_by")
        if on and by and by > on:
            self.add_error("prepare_by", _("What is prepared must be there on the day of the round at the latest."))
        for name in ("on", "prepare_by"):
            if name in self.changed_data and cleaned.get(name) and cleaned[name] < clock.today():
                self.add_error(name, _("This day is past."))
        if on and not self.instance.pk and self.instance.activity.rounds.filter(on=on, title=cleaned.get("title", "")):
            self.add_error("title", _("This round is in the schedule already; nothing was made twice."))
        if cleaned.get("published_on") and cleaned["published_on"] > clock.today():
            self.add_error("published_on", _("This day is still to come."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields of the round."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def invited(row: Round) -> str:
    """The units invited, as the form shows them; those taken out are not among them."""
    rows = row.appearances.exclude(assignments__state=AssignmentState.CLOSED).select_related("unit")
    return "、".join(str(each.unit) for each in rows)


class SpeakerForm(forms.ModelForm):
    """Who speaks for the unit."""

    class Meta:
        model = Appearance
        fields = ("speaker", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row: Appearance = kwargs["instance"]
        before = None if row.speaker else spoke_before(row)
        if before:
            kwargs["initial"] = {"speaker": before.speaker, "position": before.position}
        super().__init__(*args, **kwargs)
        if before:
            taken = _("Taken from %(source)s.") % {"source": before.round}
            self.fields["speaker"].help_text = conditional_escape(taken)
        for field in self.fields.values():
            field.required = True


def spoke_before(row: Appearance) -> Appearance | None:
    """The round of the same campaign for which the unit named somebody last."""
    named = Appearance.objects.filter(unit=row.unit_id, round__activity__campaign=row.round.activity.campaign_id)
    return named.exclude(speaker="").select_related("round").order_by("round__on", "pk").last()

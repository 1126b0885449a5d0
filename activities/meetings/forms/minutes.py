"""Forms of the minutes: who was there, the text, one thing decided."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.form_fields import area, day
from activities.meetings.attendance import PRESUMED
from activities.models import Invitation, Meeting, MeetingDecision, Minutes, Presence
from activities.reading.forms import UnitsField
from activities.states import InvitationState
from workflow import clock

FARTHEST = timedelta(days=3 * 366)


class PresenceForm(forms.ModelForm):
    """Whether a unit was there, and who came for it."""

    presence = forms.ChoiceField(choices=Presence.choices, widget=forms.RadioSelect)

    class Meta:
        model = Invitation
        fields = ("presence", "person", "post")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: Invitation = self.instance
        self.initial["presence"] = row.presence or PRESUMED.get(InvitationState(row.state), Presence.ABSENT)
        for name in ("person", "post"):
            label = self.fields[name].label
            self.fields[name].widget.attrs["aria-label"] = f"{row.unit}: {label}"
            self.fields[name].widget.attrs["placeholder"] = label


class OthersForm(forms.ModelForm):
    """People of no invited unit."""

    class Meta:
        model = Meeting
        fields = ("also_present",)
        widgets = {"also_present": area(2)}
        help_texts = {"also_present": gettext_lazy("They stand under 列席, with 、 between them or one a line.")}


class MinutesForm(forms.ModelForm):
    """The text of one version."""

    class Meta:
        model = Minutes
        fields = ("issue", "body", "changes")
        widgets = {"body": area(18), "changes": area(2)}
        help_texts = {
            "issue": gettext_lazy("For example 第3期; it stands below the red head."),
            "body": gettext_lazy("What was decided is set below it by itself, with unit and day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.version == 1:
            del self.fields["changes"]


class DecisionForm(forms.ModelForm):
    """One thing decided, by whom and by when."""

    who = UnitsField(capfirst(gettext_lazy("responsible unit")))
    due_on = day(capfirst(gettext_lazy("done by")))

    class Meta:
        model = MeetingDecision
        fields = ("text", "due_on")
        widgets = {"text": area(2)}

    def __init__(self, *args: Any, host: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host
        if self.instance.pk:
            self.initial["who"] = self.instance.unit.name

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())

    def clean_who(self) -> Unit:
        names = self.cleaned_data["who"]
        if not names:
            raise forms.ValidationError(_("Which unit carries it out?"))
        if "、" in names:
            raise forms.ValidationError(
                _("One unit carries it out. Write what another one does as a decision of its own.")
            )
        return Names(self.host).today(names)

    def clean_due_on(self) -> date:
        value: date = self.cleaned_data["due_on"]
        if value < clock.today():
            raise forms.ValidationError(_("This day is past."))
        if value > clock.today() + FARTHEST:
            raise forms.ValidationError(_("This day is more than three years away."))
        return value

    def values(self) -> dict[str, Any]:
        """The fields of the decision."""
        found = self.cleaned_data
        return {"text": found["text"], "unit": found["who"], "due_on": found["due_on"]}

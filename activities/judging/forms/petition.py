"""What a unit asks, and what the office answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.form_fields import day
from activities.judging import petitions
from activities.models import Assignment, Petition
from activities.states import PetitionKind
from workflow import clock
from workflow.form_fields import Area

OF_WHAT_IS_OWED = [(kind.value, kind.label) for kind in (PetitionKind.EXTENSION, PetitionKind.WAIVER)]
REASON = Area(attrs={"rows": 3})


def near(last: date | None) -> date | None:
    """The day. Raises: ValidationError when nobody can mean it."""
    if last and last > clock.today() + petitions.FARTHEST:
        raise forms.ValidationError(_("This day is more than a year away."))
    return last


class PetitionForm(forms.Form):
    """More time until a day, or not applicable; always with a reason."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What you ask for"), choices=OF_WHAT_IS_OWED, widget=forms.RadioSelect, initial="extension"
    )
    until = day(gettext_lazy("New last day"), required=False, help_text=gettext_lazy("Only for an extension."))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=REASON)

    def __init__(self, *args: Any, assignment: Assignment, **more: Any) -> None:
        super().__init__(*args, **more)
        self.assignment = assignment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until: date | None = cleaned.get("until")
        if cleaned.get("kind") == PetitionKind.EXTENSION and "until" not in self.errors:
            why = petitions.why_not_until(self.assignment, until) if until else _("An extension needs a day.")
            if why:
                self.add_error("until", why)
        return cleaned


class DecisionForm(forms.Form):
    """A word to the units, and for extensions another day than they asked for."""

    until = day(
        gettext_lazy("Until another day than asked for"),
        required=False,
        help_text=gettext_lazy("Leave empty: each gets the day it asked for."),
    )
    note = forms.CharField(
        label=gettext_lazy("A word to the units, if you like"), max_length=1000, required=False, widget=REASON
    )

    def __init__(self, *args: Any, rows: Sequence[Petition], grant: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.extensions = [row for row in rows if row.kind == PetitionKind.EXTENSION]
        if not grant or not self.extensions:
            del self.fields["until"]
        if not grant:
            note = self.fields["note"]
            note.label, note.required = _("Why it is refused: the units read it"), True
            note.error_messages["required"] = _("Please say why: the unit will read it.")

    def clean_until(self) -> date | None:
        """The day, if it is one for each of them. Raises: ValidationError that names those for which it is none."""
        until: date | None = self.cleaned_data["until"]
        why = {row.assignment.unit: petitions.why_not_until(row.assignment, until) for row in self.extensions if until}
        wrong = [forms.ValidationError(f"{unit}: {words}") for unit, words in why.items() if words]
        if wrong:
            raise forms.ValidationError(wrong)
        return until


class TermsForm(forms.Form):
    """Until when filing counts as on time, and when filing closes, for one kind of a campaign."""

    grace_until = day(
        gettext_lazy("Counts as on time until"), required=False, help_text=gettext_lazy("Empty: the deadline itself.")
    )
    locked_on = day(
        gettext_lazy("Last day on which anything can be filed"),
        required=False,
        help_text=gettext_lazy("Empty: it stays open."),
    )

    @staticmethod
    def standing(owed: Any) -> dict[str, date]:
        """The days set now for assignments, so that setting one does not take away the other."""
        found = owed.aggregate(grace_until=Max("grace_until"), locked_on=Max("locked_at"))
        return {name: clock.last_day(moment) for name, moment in found.items() if moment}

    def clean_grace_until(self) -> date | None:
        return near(self.cleaned_data["grace_until"])

    def clean_locked_on(self) -> date | None:
        return near(self.cleaned_data["locked_on"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        grace, locked = cleaned.get("grace_until"), cleaned.get("locked_on")
        if grace and locked and locked < grace:
            self.add_error("locked_on", _("It would close before the grace ends."))
        return cleaned

"""The words of a reminder, whom it goes to, and a line before one that goes again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.chasing import words
from activities.models import Reminder
from workflow.form_fields import Area


class WordsField(forms.CharField):
    """Words with places; those the program has itself are kept as none, so that they follow it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=gettext_lazy("Words"), max_length=1000, required=False, widget=Area(attrs={"rows": 4}), **more
        )

    def clean(self, value: Any) -> str:
        """Raises: ValidationError beside the field for a place there is not."""
        typed: str = words.checked(super().clean(value).replace("\0", ""))
        return "" if typed == words.usual() else typed


def line_field(**more: Any) -> forms.CharField:
    """One line that stands before everything else."""
    return forms.CharField(
        label=gettext_lazy("A line before it, if you like"), max_length=200, required=False, strip=True, **more
    )


class ReminderForm(forms.Form):
    """What it says."""

    line = line_field()
    words = WordsField()

    def __init__(self, *args: Any, usual: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.usual = usual
        self.fields["words"].initial = usual or words.usual()
        self.fields["words"].help_text = _("Places that are filled in: %(known)s") % {"known": words.known_places()}

    def clean_words(self) -> str:
        """Empty where they are those of the campaign's rules."""
        typed: str = self.cleaned_data["words"]
        return "" if typed == self.usual else typed


class RemindForm(ReminderForm):
    """One that is made by hand."""

    to_heads = forms.BooleanField(label=gettext_lazy("To the heads of the units as well"), required=False)


class AddresseesForm(ReminderForm):
    """One that is held: its words, and a unit all of whose people are to get it."""

    unit = forms.CharField(
        label=gettext_lazy("Add everybody who files for a unit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "units-like", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, reminder: Reminder, units: Any, **more: Any) -> None:
        """Arguments: the reminder; the units it names."""
        super().__init__(*args, **more)
        self.reminder, self.units = reminder, units
        self.fields["line"].initial = reminder.line
        if reminder.words:
            self.fields["words"].initial = reminder.words

    def clean_unit(self) -> Unit | None:
        """The unit. Raises: ValidationError when none is called so, or the reminder asks it for nothing."""
        typed: str = self.cleaned_data["unit"]
        if not typed:
            return None
        unit = Names().today(typed)
        if not self.units.filter(pk=unit.pk).exists():
            raise ValidationError(_("%(unit)s is asked for nothing by this reminder."), params={"unit": unit})
        return unit


class AgainForm(forms.Form):
    """A line before a reminder that goes once more."""

    line = line_field()

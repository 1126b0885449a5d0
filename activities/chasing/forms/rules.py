"""The rules: hours and words of a campaign, and the ladder of one kind."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.chasing import words
from activities.chasing.forms.reminder import WordsField
from activities.models import Chasing, Ladder
from workflow.form_fields import Figures

HOUR = {"type": "time", "step": "300"}


class ChasingForm(forms.ModelForm):
    """When reminders go out, in which words."""

    words = WordsField()

    class Meta:
        model = Chasing
        fields = ("is_on", "holds", "send_at", "quiet_from", "quiet_until", "words")
        labels: ClassVar = {"quiet_until": gettext_lazy("nothing until")}
        widgets = {
            name: forms.TimeInput(attrs=HOUR, format="%H:%M") for name in ("send_at", "quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].help_text = _("Places that are filled in: %(known)s") % {"known": words.known_places()}
        if not self.instance.words:
            self.initial["words"] = words.usual()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until, at, after = (cleaned.get(name) for name in ("quiet_until", "send_at", "quiet_from"))
        if until and at and after and not until <= at < after:
            self.add_error("send_at", _("This hour lies in the quiet hours, in which nothing goes."))
        return cleaned


class LadderForm(forms.ModelForm):
    """When reminders of one kind ring."""

    class Meta:
        model = Ladder
        fields = ("before", "on_day", "every", "head_after", "leader_after", "at_most")
        widgets = {name: Figures() for name in ("before", "every", "head_after", "leader_after", "at_most")}

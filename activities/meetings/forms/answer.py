"""The form by which a unit says who attends."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from activities.meetings.answering import came_before
from activities.models import Invitation
from activities.states import InvitationState


class AnswerForm(forms.ModelForm):
    """Who attends, in which post, a remark. It begins with who came last, else with who looks at it."""

    class Meta:
        model = Invitation
        fields = ("person", "post", "more")

    def __init__(self, *args: Any, user: Any, of_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: Invitation = self.instance
        if row.state == InvitationState.ASKED and not row.person:
            before = came_before(row)
            self.initial["person"] = before.person if before else (str(user) if of_unit else "")
            self.initial["post"] = before.post if before else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("answer") == InvitationState.COMING and not cleaned.get("person"):
            self.add_error("person", _("Who attends?"))
        return cleaned

    def said(self) -> dict[str, str]:
        """What to write; of a unit that is excused the remark alone."""
        if self.data.get("answer") == InvitationState.EXCUSED:
            return {"person": "", "post": "", "more": self.cleaned_data["more"]}
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

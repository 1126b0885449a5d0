"""The form of a unit's reply to a supervision slip."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from activities.filing.forms.filed import FiledForm
from activities.form_fields import DAY, area
from activities.models import SlipReply
from workflow import clock


class SlipReplyForm(FiledForm):
    """Why it was late, what was done, by when the rest is filed, whom to ask."""

    NEEDED = ("cause", "measures", "done_by")

    class Meta:
        model = SlipReply
        fields = ("cause", "measures", "done_by", "person")
        widgets = {"cause": area(4), "measures": area(6), "done_by": DAY}

    def clean_done_by(self) -> Any:
        value = self.cleaned_data["done_by"]
        begun = self.instance.assignment.campaign.starts_on
        if value and not begun.year - 1 <= value.year <= clock.today().year + 1:
            raise forms.ValidationError(_("Please look at the year."))
        return value

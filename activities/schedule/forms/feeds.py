"""For whom a calendar feed is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.models.calendar_feed import READS


class FeedForm(forms.Form):
    """Everything of the person, or one of the person's units."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("What it shows"),
        required=False,
        empty_label=gettext_lazy("Everything I have to do with"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.spoken_for_by(user, *READS)
        field.label_from_instance = lambda unit: _("Only %(unit)s") % {"unit": unit}

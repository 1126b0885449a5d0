"""The form that makes a personal link."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.form_fields import day
from activities.models import Assignment
from activities.states import OWED
from campaigns.models import Campaign
from workflow import clock
from workflow.form_fields import SeveralRows, WholeNumber

LONGEST = timedelta(days=90)
USUAL = timedelta(days=14)
MOST_USES = 50
REPORTS = 10
"""So often a deliverable can be reported through a link, where nobody says otherwise."""


def usual_uses(assignments: Iterable[Assignment]) -> int:
    """How often a link is used to file all of these."""
    return min(MOST_USES, sum(1 if row.deliverable_id is None else REPORTS for row in assignments))


class LinkForm(forms.Form):
    """For whom, what may be filed, until when, how often."""

    person = forms.CharField(
        label=gettext_lazy("for whom"),
        max_length=60,
        help_text=gettext_lazy("The person of the unit who gets the link. Their name stands beside what they file."),
    )
    assignments = SeveralRows(
        Assignment.objects.none(), label=gettext_lazy("what may be filed"), widget=forms.CheckboxSelectMultiple
    )
    until = day(gettext_lazy("good until the end of"))
    uses = WholeNumber(
        label=gettext_lazy("how often it may be used"),
        min_value=1,
        max_value=MOST_USES,
        required=False,
        help_text=gettext_lazy(
            "Counted when something is submitted or reported. Leave empty: once for each thing chosen, "
            "ten times for each that is reported in numbers."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Assignment.objects.filter(campaign=campaign, unit=unit, state__in=OWED).for_list()
        cast(SeveralRows, self.fields["assignments"]).queryset = rows
        self.fields["assignments"].initial = [row.pk for row in rows]
        self.fields["until"].initial = clock.today() + USUAL

    def clean_until(self) -> Any:
        value = self.cleaned_data["until"]
        if value < clock.today():
            raise forms.ValidationError(_("This day is past."))
        if value > clock.today() + LONGEST:
            raise forms.ValidationError(_("A link is good for at most 90 days."))
        return value

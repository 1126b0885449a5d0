"""Which activity a filing is about: asked when the unit began it without saying so."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Assignment
from activities.states import Kind

AT_LEAST = (Kind.PROGRESS,)
"""Kinds that make no sense without an activity."""


class AboutForm(forms.Form):
    """The activities of the unit, to choose one."""

    activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label=gettext_lazy("Activity"),
        required=False,
        empty_label=gettext_lazy("of the campaign as a whole"),
    )

    def __init__(self, *args: Any, assignment: Assignment, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"activity": assignment.activity_id}
        self.assignment, self.complete = assignment, complete
        choice = cast(forms.ModelChoiceField, self.fields["activity"])
        choice.queryset = of_unit(assignment)
        if assignment.kind in AT_LEAST:
            choice.empty_label = _("please choose")

    def clean_activity(self) -> Activity | None:
        found: Activity | None = self.cleaned_data["activity"]
        if found is None and self.complete and self.assignment.kind in AT_LEAST:
            raise forms.ValidationError(_("Which activity is it about?"))
        return found

    def keep(self) -> None:
        """Write the choice, while it is a draft of the unit's own accord."""
        found = self.cleaned_data["activity"]
        if isinstance(found, int):  # a choice that was not there: the one before stays
            return
        if self.assignment.volunteered and found != self.assignment.activity:
            self.assignment.activity = found
            self.assignment.save(update_fields=["activity"])


def of_unit(assignment: Assignment) -> Any:
    """The activities in which the unit has a part, and the one it began from; all of the campaign where it has none."""
    rows = Activity.objects.filter(campaign=assignment.campaign_id).order_by("order")
    part = Q(units=assignment.unit_id) | Q(owner=assignment.unit_id)
    own = rows.filter(part | Q(pk=assignment.activity_id)).distinct()
    return own if rows.filter(part).exists() else rows

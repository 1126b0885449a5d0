"""What the reader missed, added by a person on the review page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from activities.models import Group, Proposal, Reading
from activities.reading import split_and_merge
from activities.reading.forms import DeliverableRowForm, form_for, values_of

GROUPS = (
    Group.ACTIVITY, Group.DEADLINE, Group.SLOGAN, Group.POINT, Group.DELIVERABLE, Group.ROUND, Group.ATTACHMENT,
    Group.FIGURE, Group.CONTACT,
)  # fmt: skip
FIELDS = {
    "publicity": (Group.NOTICE, gettext_lazy("publicity")),
    "spirit_slogan": (Group.CAMPAIGN, gettext_lazy("spirit slogan")),
    "guiding_ideology": (Group.CAMPAIGN, gettext_lazy("guiding ideology")),
    "logo_note": (Group.CAMPAIGN, gettext_lazy("use of the logo")),
}
"""Single things that not every notice has; what every notice has stands on the page already, if need be empty."""


class NewDeliverableForm(DeliverableRowForm):
    """One thing a task asks for, and the task."""

    of = forms.ModelChoiceField(Proposal.objects.none(), label=gettext_lazy("task"))


def addable(reading: Reading) -> list[tuple[str, str]]:
    """What can be added to a reading: a code and what people call it."""
    rows = list(reading.proposals.all())
    there = {row.field for row in rows}
    tasks = any(row.group == Group.ACTIVITY and not row.dropped for row in rows)
    groups = [(str(group), str(group.label)) for group in GROUPS if tasks or group != Group.DELIVERABLE]
    return groups + [(field, str(label)) for field, (_group, label) in FIELDS.items() if field not in there]


def begun(reading: Reading, what: str) -> Proposal:
    """An empty row of this sort, not kept yet."""
    group, field = (FIELDS[what][0], what) if what in FIELDS else (Group(what), "")
    return Proposal(reading=reading, group=group, field=field, values={}, checked=True)


def form_of(row: Proposal, data: Any = None) -> forms.Form:
    """The form of a new row."""
    if row.group != Group.DELIVERABLE:
        return form_for(row, data)
    form = NewDeliverableForm(data)
    tasks = row.reading.proposals.filter(group=Group.ACTIVITY, dropped=False)
    offered = cast(forms.ModelChoiceField, form.fields["of"])
    offered.queryset, offered.empty_label = tasks, None
    return form


@transaction.atomic
def add(row: Proposal, form: forms.Form) -> Proposal:
    """Keep a new row, after the last of its group. Arguments: the row begun; its form, which is valid."""
    if row.group == Group.DELIVERABLE:
        form.cleaned_data["of"] = keyed(form.cleaned_data["of"])
    row.values = ({"of": ""} if row.group == Group.ROUND else {}) | values_of(form)
    rows = row.reading.proposals.order_by("order")
    last = rows.filter(group=row.group).last() or rows.last()
    row.order = split_and_merge.between(last) if last else 0
    row.save()
    return row


def keyed(task: Proposal) -> str:
    """The key by which a task is known to what it asks for."""
    if not task.values.get("key"):
        task.write(task.revision, values={**task.values, "key": f"added-{task.pk}"})
    return str(task.values["key"])


@transaction.atomic
def accept_the_rest(reading: Reading) -> int:
    """Every row that is still doubtful, and every text that was not placed, was looked at. Returns: how many."""
    left = [
        row for row in reading.proposals.all() if row.is_doubtful or (row.group == Group.UNPLACED and not row.checked)
    ]
    return sum(row.write(row.revision, checked=True) for row in left)


def heading(row: Proposal) -> str:
    """What is being added."""
    return str(FIELDS[row.field][1] if row.field else Group(row.group).label)

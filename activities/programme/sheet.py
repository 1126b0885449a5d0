"""The activities and tasks of a campaign as Excel: by the form of the task table and the deeds behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.unit_names import Names
from activities.form_fields import area, day
from activities.models import Activity, Part
from activities.models.activity import ActivityKind
from activities.programme import task_table
from activities.programme.forms.tasks import DeliverableForm, TaskForm, typed
from activities.programme.task_table import Asked, Task
from campaigns.models import Campaign
from workflow.models import MoveRefused
from workflow.pages import may
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Sheet, Texts

FURTHER = ("kind", "starts_on", "ends_on", "place", "description")
"""What an activity has beside what the task table shows."""


class ActivityForm(TaskForm):
    """A row of the table with what else an activity has; one with days of its own needs no last day."""

    kind = forms.ChoiceField(choices=[("", ""), *ActivityKind.choices], required=False)
    starts_on = day(gettext_lazy("first day"), required=False)
    ends_on = day(gettext_lazy("last day"), required=False)
    place = forms.CharField(max_length=120, required=False)
    description = forms.CharField(max_length=20_000, required=False, widget=area(4))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["due_on"].required = not self.data.get("starts_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        elif bool(first) != bool(last) and not self.errors:
            cleaned["starts_on"] = cleaned["ends_on"] = first or last
        return cleaned

    def task(self, asked: tuple[Asked, ...]) -> Task:
        """The row as typed."""
        task = super().task(asked)
        return replace(task, values={**task.values, **{name: self.cleaned_data[name] for name in FURTHER}})


class Activities(Sheet):
    """Every activity and task of a campaign: what, when, where, who."""

    name = "activities"
    title = gettext_lazy("Activities and tasks")
    identity = ("title", "number")

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {"campaign": scope["campaign"]})
        rows = Campaign.objects.visible_to(user).select_related("host")
        found = rows.filter(pk=scope["campaign"]).first()
        if found is None:
            raise Http404
        if not may(user, "change", found):
            raise PermissionDenied
        self.campaign: Campaign = found

    @property
    def address(self) -> str:
        return reverse("activities:activities-excel", args=[self.campaign.pk])

    @property
    def home(self) -> str:
        return reverse("activities:tasks", args=[self.campaign.pk])

    @property
    def about(self) -> str:
        return str(self.campaign)

    @cached_property
    def columns(self) -> Sequence[Column]:
        several = gettext_lazy("Units or groups, with 、 between them.")
        kinds = tuple(str(label) for label in ActivityKind.labels)
        return (
            Column("number", gettext_lazy("number"), width=8, example="1"),
            Column("title", gettext_lazy("item"), Holds.LINES, 36, needed=True, example="举办质量开放日",
                   reads=_one_line),
            Column("due_on", gettext_lazy("to be done by"), Holds.DAY, 14, example="2026-09-30",
                   help=gettext_lazy("In full, with its year. Needed where no first day is given.")),
            Column("lead", gettext_lazy("responsible units"), width=28, help=several, example="市水务局、市教育局"),
            Column("assist", gettext_lazy("assisting units"), width=24, help=several),
            Column("undertake", Part.UNDERTAKE.label, width=20, help=several),
            Column("participate", Part.PARTICIPATE.label, width=20, help=several),
            Column("kind", gettext_lazy("kind"), width=12, choices=kinds, example=kinds[0]),
            Column("starts_on", gettext_lazy("first day"), Holds.DAY, 14, example="2026-09-05"),
            Column("ends_on", gettext_lazy("last day"), Holds.DAY, 14, example="2026-09-06"),
            Column("place", gettext_lazy("place"), width=22, example="市民中心广场"),
            Column("description", gettext_lazy("content"), Holds.LINES, 44),
            Column("remark", gettext_lazy("remark"), Holds.LINES, 24),
        )  # fmt: skip

    @cached_property
    def names(self) -> Names:
        """Units and the office's groups by every name."""
        return Names(self.campaign.host)

    def standing(self) -> dict[int, Texts]:
        labels = {value: str(label) for value, label in ActivityKind.choices}
        return {row.pk: _texts(row, labels) for row in self.campaign.activities.for_list().order_by("order")}

    def number(self) -> int:
        return self.campaign.activities.count()

    def lock(self) -> None:
        Campaign.objects.select_for_update().get(pk=self.campaign.pk)

    def write(self, line: Line) -> None:
        row = None if line.key is None else Activity.objects.select_for_update().get(pk=line.key)
        if row is not None and task_table.handed_out(row):
            self.change_day(row, line)
            return
        form = ActivityForm(_sent(line, row), campaign=self.campaign, names=self.names)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        task = form.task(() if row is None else asked_of(row))
        if row is not None:
            task = replace(task, values={**task.values, "scope": row.scope})
        task_table.write(self.campaign, task, row)

    def change_day(self, row: Activity, line: Line) -> None:
        """Of what units owe already the day alone. Raises: ValidationError, MoveRefused."""
        if line.changed != ("due_on",):
            raise MoveRefused(_("Units owe this task already: only its days can be changed."))
        if not line.texts["due_on"]:
            raise ValidationError({"due_on": _("This cell is needed.")})
        try:
            due_on = day("").clean(line.texts["due_on"])
        except ValidationError as error:
            raise ValidationError({"due_on": error.messages}) from error
        task_table.change_days(row, due_on, {}, by=self.user)


def asked_of(row: Activity) -> tuple[Asked, ...]:
    """What a task asks for in numbers, as it stands: a list has no column for it."""
    return tuple(
        Asked(
            {name: getattr(each, name) for name in DeliverableForm.Meta.fields},
            tuple((window.starts_on, window.ends_on) for window in each.windows.all()),
            each.pk,
        )
        for each in row.deliverables.all()
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _texts(row: Activity, labels: Mapping[str, str]) -> Texts:
    values = {**typed(row), **{name: getattr(row, name) for name in FURTHER}}
    values["kind"] = labels.get(row.kind, "")
    texts = {name: value.isoformat() if isinstance(value, date) else str(value or "") for name, value in values.items()}
    for name in ("description", "remark"):
        texts[name] = "\n".join(filter(None, (" ".join(line.split()) for line in texts[name].splitlines())))
    return {**texts, "title": _one_line(texts["title"])}


def _sent(line: Line, row: Activity | None) -> dict[str, Any]:
    """The row as the page would send it: on the task as it stands now, the cells the file changes."""
    kind = next((value for value, label in ActivityKind.choices if str(label) == line.texts["kind"]), "")
    texts = {**line.texts, "kind": kind}
    if row is None:
        return texts
    stands = {**typed(row), **{name: getattr(row, name) for name in FURTHER}}
    return stands | {name: texts[name] for name in line.changed}

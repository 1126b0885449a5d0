"""Forms of the task table: a row with its units and what it asks for; its days once it was handed out."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.unit_names import Names
from activities.form_fields import day
from activities.models import Activity, Deliverable, Part
from activities.models.activity import Scope
from activities.programme.task_table import Asked, Task
from activities.reading.forms import UnitsField
from campaigns.models import Campaign
from workflow import clock
from workflow.form_fields import Area, Day, Figures, WholeNumber

WINDOWS = 2
"""Windows offered for each deliverable; one more than there are."""


class TaskForm(forms.Form):
    """One row: number, item, last day, who is responsible, who assists, remark."""

    number = forms.CharField(label=gettext_lazy("number"), max_length=10, required=False)
    title = forms.CharField(label=gettext_lazy("item"), max_length=200, widget=Area(attrs={"rows": 2}))
    due_on = day(gettext_lazy("to be done by"))
    lead = UnitsField(
        gettext_lazy("responsible units"), help_text=gettext_lazy("Units or groups, with 、 between them.")
    )
    assist = UnitsField(gettext_lazy("assisting units"))
    undertake = UnitsField(Part.UNDERTAKE.label)
    participate = UnitsField(Part.PARTICIPATE.label)
    remark = forms.CharField(
        label=gettext_lazy("remark"), required=False, max_length=2000, widget=Area(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, campaign: Campaign, names: Names | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.names = campaign, names

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        known = self.names or Names(self.campaign.host)  # who writes thousands reads them once
        cleaned["units"], cleaned["groups"] = {}, {}
        for part in Part:
            if part not in cleaned:
                continue
            try:
                cleaned["units"][part], cleaned["groups"][part] = known.parties(cleaned[part])
            except forms.ValidationError as wrong:
                self.add_error(part, wrong)
        if not self.errors and not cleaned["units"][Part.LEAD] and not cleaned["groups"][Part.LEAD]:
            self.add_error("lead", _("Who is responsible? Without a unit nobody would owe it."))
        return cleaned

    def task(self, asked: tuple[Asked, ...]) -> Task:
        """The row as typed."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("number", "title", "due_on", "remark")} | {"scope": Scope.COMMON}
        values["title"] = " ".join(values["title"].split())
        return Task(values=values, units=data["units"], groups=data["groups"], asked=asked)


def typed(activity: Activity) -> dict[str, Any]:
    """What stands in the row, as the form shows it."""
    values = {name: getattr(activity, name) for name in ("number", "title", "due_on", "remark")}
    return values | {str(part): "、".join(str(each) for each in activity.with_part(part)) for part in Part}


class DeliverableForm(forms.ModelForm):
    """One thing the task asks for, with the windows in which it is to happen."""

    class Meta:
        model = Deliverable
        fields = ("title", "comparator", "target", "measure", "share", "due_on")
        field_classes = {"due_on": Day, "target": WholeNumber}
        widgets = {
            "target": Figures(),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "target": gettext_lazy("Empty: nothing is counted, the unit reports that it is done."),
            "due_on": gettext_lazy("Empty: the last day of the task."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = list(self.instance.windows.all()) if self.instance.pk else []
        self.places = range(max(WINDOWS, len(there) + 1))
        for place in self.places:
            known = there[place] if place < len(there) else None
            for name, label, value in (
                ("first", _("window, first day"), known and known.starts_on),
                ("last", _("window, last day"), known and known.ends_on),
            ):
                self.fields[f"{name}_{place}"] = day(label, required=False)
                self.fields[f"{name}_{place}"].initial = value

    @property
    def spans(self) -> list[tuple[Any, Any]]:
        """The two fields of each window."""
        return [(self[f"first_{place}"], self[f"last_{place}"]) for place in self.places]

    def clean_target(self) -> Any:
        value = self.cleaned_data["target"]
        if value == 0:
            raise forms.ValidationError(_("Nothing is no target. Leave it empty when nothing is counted."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["windows"] = []
        for place in self.places:
            first, last = cleaned.get(f"first_{place}"), cleaned.get(f"last_{place}")
            if first and last and last < first:
                self.add_error(f"last_{place}", _("The last day is before the first day."))
            elif first or last:
                cleaned["windows"].append((first or last, last or first))
        return cleaned

    def asked(self) -> Asked:
        """The deliverable as typed."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.Meta.fields}
        return Asked(values, tuple(data["windows"]), self.instance.pk)


DeliverableFormSet = forms.inlineformset_factory(
    Activity, Deliverable, form=DeliverableForm, extra=2, can_delete=True, max_num=20
)


def asked_of(formset: Any) -> tuple[Asked, ...]:
    """Every deliverable as typed, without those struck out or left empty."""
    return tuple(
        form.asked() for form in formset if form.cleaned_data.get("title") and not form.cleaned_data.get("DELETE")
    )


class DaysForm(forms.Form):
    """The last days of a task that was handed out."""

    due_on = day(gettext_lazy("last day of the task"))

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields["due_on"].initial = activity.due_on
        self.rows = {f"due_{row.pk}": row for row in activity.deliverables.all()}
        for name, row in self.rows.items():
            self.fields[name] = day(row.title, required=False)
            self.fields[name].initial = row.due_on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if value and name in self.changed_data and value < clock.today():
                self.add_error(name, _("This day is past."))
        return cleaned

    def own(self) -> dict[int, date | None]:
        """The day of each deliverable, by its id."""
        return {row.pk: cast("date | None", self.cleaned_data[name]) for name, row in self.rows.items()}

"""The form of a drafted slip, and from when on a unit gets one."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.form_fields import DAY, area
from activities.models import Assignment, Slip, SlipDebt
from activities.supervision.debts import Debt, read
from activities.supervision.proposals import Measure
from documents.counts import so_many
from workflow import clock
from workflow.form_fields import SeveralRows, WholeNumber

MOST_DAYS, MOST_REMINDERS = 250, 99
FARTHEST = timedelta(days=366)


class MeasureForm(forms.Form):
    """From when on a unit gets a slip."""

    days = WholeNumber(
        label=capfirst(gettext_lazy("working days overdue, at least")),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        initial=Measure.days,
    )
    reminders = WholeNumber(
        label=capfirst(gettext_lazy("reminders before it, at least")),
        min_value=0,
        max_value=MOST_REMINDERS,
        required=False,
        initial=Measure.reminders,
    )
    unit = forms.ModelChoiceField(Unit.objects.all(), required=False, widget=forms.HiddenInput)

    def measure(self) -> Measure:
        """What was asked for; what was not said, or makes no sense, is as usual. Of one unit everything is shown."""
        self.is_valid()
        found = self.cleaned_data if self.is_bound else {}
        unit = found.get("unit")
        usual = Measure(days=0) if unit else Measure()
        days, reminders = found.get("days"), found.get("reminders")
        return Measure(
            usual.days if days is None else days,
            usual.reminders if reminders is None else reminders,
            unit.pk if unit else 0,
        )


class DebtsField(SeveralRows):
    """What a slip may name, each with how long it is overdue."""

    widget = forms.CheckboxSelectMultiple
    debts: dict[int, Debt]

    def label_from_instance(self, obj: Any) -> str:
        debt = self.debts.get(obj.pk)
        if debt is None:
            return str(obj)
        if debt.is_settled:
            left_out = _("no longer overdue: it is left out when the slip is issued")
            return f"{debt} · {left_out}"
        long = so_many("overdue for %(n)s working day", "overdue for %(n)s working days", debt.overdue_days)
        often = so_many("reminded %(n)s time", "reminded %(n)s times", debt.reminded)
        often = often if debt.reminded else _("never reminded")
        return f"{debt} · {long} · {often}"


class SlipForm(forms.ModelForm):
    """Grade, what it names, what is required by when, under which code and name."""

    debts = DebtsField(Assignment.objects.none(), label=capfirst(gettext_lazy("what is overdue")))

    class Meta:
        model = Slip
        fields = ("grade", "requirement", "due_on", "org_code", "signature")
        widgets = {"requirement": area(4), "due_on": DAY, "grade": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slip = self.instance
        rows = Assignment.objects.filter(campaign=slip.campaign, unit=slip.unit).required()
        named = Assignment.objects.filter(in_slips__slip=slip).values("pk")
        choice: Any = self.fields["debts"]
        choice.debts = {each.row.pk: each for each in read(rows.overdue() | rows.filter(pk__in=named))}
        choice.queryset = Assignment.objects.filter(pk__in=choice.debts).for_list().order_by("due_at", "pk")
        self.initial["debts"] = list(slip.named.values_list("assignment", flat=True))
        grade: Any = self.fields["grade"]
        grade.choices = [each for each in grade.choices if each[0]]

    def clean_due_on(self) -> date:
        value: date = self.cleaned_data["due_on"]
        if value < clock.today():
            raise forms.ValidationError(_("This day is past."))
        if value > clock.today() + FARTHEST:
            raise forms.ValidationError(_("This day is more than a year away."))
        return value

    def keep(self) -> None:
        """Write the draft and what it names."""
        slip = self.save()
        chosen = {row.pk for row in self.cleaned_data["debts"]}
        SlipDebt.objects.filter(slip=slip).exclude(assignment__in=chosen).delete()
        known = set(slip.named.values_list("assignment", flat=True))
        SlipDebt.objects.bulk_create(SlipDebt(slip=slip, assignment_id=pk) for pk in sorted(chosen - known))
        choice: Any = self.fields["debts"]
        first = min(chosen, key=lambda pk: choice.debts[pk].row.last_at)
        Slip.objects.filter(pk=slip.pk).update(notice=choice.debts[first].notice)

"""The form of a value that a unit reports for a year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.evidence.accepted_documents import SORTS, check
from reports.approximate import read_decimal
from reports.indicators.values import Reported
from reports.models import Target
from workflow import clock
from workflow.form_fields import Amount, WholeNumber

HUNDREDTH = Decimal("0.01")
MOST = Decimal(10) ** 11


class ValueForm(forms.Form):
    """For which unit and year, how much, with what as evidence. Of a share part and whole are asked, not the value."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=capfirst(gettext_lazy("unit")))
    year = WholeNumber(label=capfirst(gettext_lazy("year")))
    number = forms.CharField(label=capfirst(gettext_lazy("value")), max_length=40)
    part = Amount(label=capfirst(gettext_lazy("of these")), min_value=0, max_digits=15, decimal_places=4)
    whole = Amount(label=capfirst(gettext_lazy("all of them")), min_value=0, max_digits=15, decimal_places=4)
    more = forms.CharField(label=capfirst(gettext_lazy("remark")), max_length=300, required=False)
    evidence = forms.FileField(
        label=capfirst(gettext_lazy("evidence")),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SORTS)}),
        help_text=gettext_lazy("A document that shows where the number comes from."),
    )

    def __init__(self, *args: Any, target: Target, seats: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        for name in ("number",) if target.is_ratio else ("part", "whole"):
            del self.fields[name]
        choice: Any = self.fields["unit"]
        choice.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in seats]).order_by("order", "pk")
        choice.empty_label = None
        if len(seats) == 1:
            self.initial["unit"] = seats[0].pk
            choice.widget = forms.HiddenInput()
        self.initial.setdefault("year", clock.today().year)
        if "number" in self.fields:
            how = _("As it was counted: 1,280, or 1,200余, 约300 where it is only about right.")
            self.fields["number"].help_text = how

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > clock.today().year:
            raise ValidationError(_("This year is still to come."))
        first = self.target.base_year or self.target.target_year - 50
        if year < first:
            raise ValidationError(_("This year lies before the base year."))
        return year

    def clean_number(self) -> tuple[Decimal, str]:
        found = read_decimal(self.cleaned_data["number"], self.target.measure)
        if found is None or abs(found[0]) >= MOST or found[0] != round(found[0], 4):
            raise ValidationError(_("Please write a number in figures, for example 93.5."))
        return found

    def clean_evidence(self) -> Any:
        file = self.cleaned_data["evidence"]
        return check(file)[0] if file else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        part, whole = cleaned.get("part"), cleaned.get("whole")
        if self.target.is_ratio and whole == 0:
            self.add_error("whole", _("A share of nothing is none: the whole cannot be 0."))
        elif part is not None and whole is not None and part > whole:
            self.add_error("part", _("A part is not larger than the whole."))
        return cleaned

    def reported(self) -> Reported:
        """What was typed."""
        found = self.cleaned_data
        if self.target.is_ratio:
            value = (100 * found["part"] / found["whole"]).quantize(HUNDREDTH, ROUND_HALF_UP)
            return Reported(found["year"], value, "", found["part"], found["whole"], found["more"])
        value, about = found["number"]
        return Reported(found["year"], value, about, more=found["more"])

"""The form of an indicator, as the office defines it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.reading.forms import UnitsField
from reports.models import Target
from reports.models.target import plain
from workflow.form_fields import Amount, WholeNumber


class TargetForm(forms.ModelForm):
    """What, from where to where, by when, in whose hands."""

    base_year = WholeNumber(label=capfirst(gettext_lazy("base year")), required=False)
    base_value = Amount(label=capfirst(gettext_lazy("value of the base year")), required=False, max_digits=15,
                        decimal_places=4)  # fmt: skip
    target_year = WholeNumber(label=capfirst(gettext_lazy("target year")))
    target_value = Amount(label=capfirst(gettext_lazy("target")), max_digits=15, decimal_places=4)
    who = UnitsField(
        capfirst(gettext_lazy("responsible units")), help_text=gettext_lazy("Units or groups, with 、 between them.")
    )

    class Meta:
        model = Target
        fields = (
            "name", "measure", "counts", "source", "comparator", "target_value", "target_year", "base_value",
            "base_year", "rollup",
        )  # fmt: skip

    def __init__(self, *args: Any, host: Unit, names: Names | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host, self.names = host, names
        self.fields["rollup"].help_text = _(
            "Of a share in per cent each unit reports the part and the whole, which are added up first."
        )
        for name in ("base_value", "target_value"):
            if (value := getattr(self.instance, name)) is not None:
                self.initial[name] = f"{plain(Decimal(value)):f}"
        if self.instance.pk:
            self.initial["who"] = "、".join(unit.name for unit in self.instance.units.order_by("order", "pk"))

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Target.objects.filter(host=self.host, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an indicator of this name already."))
        return name

    def clean_who(self) -> list[Unit]:
        units, groups = (self.names or Names(self.host)).parties(self.cleaned_data["who"])
        found = list(dict.fromkeys([*units, *(unit for group in groups for unit in group.units.all())]))
        if not found:
            raise forms.ValidationError(_("Which unit is responsible?"))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        base, year = cleaned.get("base_year"), cleaned.get("target_year")
        if base is not None and year is not None and base >= year:
            self.add_error("target_year", _("The target year comes after the base year."))
        if (base is None) != (cleaned.get("base_value") is None) and not {"base_year", "base_value"} & set(self.errors):
            self.add_error("base_value", _("Base year and its value belong together: give both or neither."))
        if "rollup" in self.changed_data and self.instance.pk and self.instance.values.exists():
            self.add_error("rollup", _("Values were reported already, so this stays as it is."))
        return cleaned

    def keep(self) -> Target:
        """Write the indicator with its units."""
        row: Target = self.save(commit=False)
        row.host = self.host
        if row.pk is None:
            row.order = Target.objects.filter(host=self.host).count() + 1
        row.save()
        row.units.set(self.cleaned_data["who"])
        return row

"""The form that says what each figure of the summary means: what counts, and what becomes of it over all units."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Indicator, RollUp
from workflow.form_fields import WholeNumber

MOST = 10_000_000_000


class FigureMeaningForm(forms.ModelForm):
    """One figure; a ratio names the two figures it follows from."""

    class Meta:
        model = Indicator
        fields = ("counts", "rollup", "part", "whole", "target")
        field_classes = {"target": WholeNumber}

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("part", "whole"):
            field: Any = self.fields[name]
            field.queryset = Indicator.objects.filter(campaign=campaign).exclude(pk=self.instance.pk)
            field.empty_label = "–"

    def clean_target(self) -> Any:
        value = self.cleaned_data["target"]
        if value is not None and not 0 <= value <= MOST:
            raise forms.ValidationError(_("This number cannot be meant."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        part, whole = cleaned.get("part"), cleaned.get("whole")
        if cleaned.get("rollup") != RollUp.RATIO:
            cleaned["part"] = cleaned["whole"] = None
            return cleaned
        if not part or not whole or part == whole:
            self.add_error("part", _("A share needs two other figures: the part and the whole."))
        elif RollUp.RATIO in (part.rollup, whole.rollup):
            self.add_error("part", _("A share of a share cannot be reckoned."))
        elif self.instance.pk and self.instance.figures.exists():
            self.add_error("rollup", _("Units have reported this figure already, so it stays a number of their own."))
        return cleaned

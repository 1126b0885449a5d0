"""The forms beside a sheet: points by hand, points added or taken off, a comment, an answer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.models import Assignment
from activities.states import FILED
from reports.evaluation.guard import refusal
from reports.models import Criterion, Mark, Scheme
from workflow.form_fields import Area


class MarkForm(forms.Form):
    """What one assessor gives one unit; both fields empty: nothing yet."""

    points = forms.DecimalField(required=False, min_value=0, max_digits=6, decimal_places=2)
    reason = forms.CharField(required=False, max_length=300)

    def __init__(self, *args: Any, unit: Unit, criterion: Criterion, mark: Mark | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.criterion, self.prefix = unit, criterion, f"unit-{unit.pk}"
        self.initial = {"points": mark.points, "reason": mark.reason} if mark else {}
        for name, label in (("points", _("Points of %(unit)s")), ("reason", _("Reason for %(unit)s"))):
            self.fields[name].widget.attrs |= {"aria-label": label % {"unit": unit}, "class": "form-control"}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given, reason = cleaned.get("points"), cleaned.get("reason")
        if given is not None and given > self.criterion.weight:
            self.add_error("points", _("At most %(most)s points.") % {"most": f"{self.criterion.weight.normalize():f}"})
        if given is not None and not reason and "reason" not in self.errors:
            self.add_error("reason", _("Please say why."))
        if reason and (kind := refusal(reason)):
            said = _("This scores %(kind)s: %(rule)s does not allow it.")
            self.add_error("reason", said % {"kind": kind.name, "rule": kind.rule})
        if reason and given is None and "points" not in self.errors:
            self.add_error("points", _("Please give the points."))
        return cleaned

    @property
    def is_given(self) -> bool:
        """Whether it says something new."""
        return self.has_changed() and self.cleaned_data.get("points") is not None

    @property
    def is_emptied(self) -> bool:
        """Whether points that were given are taken back."""
        return bool(self.initial) and self.cleaned_data.get("points") is None


class AdjustForm(forms.Form):
    """Points for one thing the unit filed."""

    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=-100, max_value=100, max_digits=6, decimal_places=2,
        help_text=gettext_lazy("With a minus they are taken off."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=Area(attrs={"rows": 2}))
    evidence = forms.ModelChoiceField(
        Assignment.objects.none(), label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("If it is withdrawn or returned, the points go with it."),
    )  # fmt: skip
    ask = forms.BooleanField(
        label=gettext_lazy("Lay it before an administrator, who may let it pass with a reason"), required=False
    )

    def __init__(self, *args: Any, scheme: Scheme, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if refusal(self.data.get("reason", "")) is None:  # asked only where there is something to ask
            del self.fields["ask"]
        evidence: Any = self.fields["evidence"]
        rows = Assignment.objects.filter(campaign=scheme.campaign, unit=unit, state__in=FILED)
        evidence.queryset = rows.select_related("campaign", "activity", "demand", "deliverable").order_by("pk")

    def clean_points(self) -> Decimal:
        """Raises: ValidationError."""
        given: Decimal = self.cleaned_data["points"]
        if not given:
            raise ValidationError(_("Nought points change nothing."))
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = refusal(cleaned.get("reason", ""))
        if kind and not cleaned.get("ask"):
            said = _("This scores %(kind)s: %(rule)s does not allow it.")
            self.add_error("reason", said % {"kind": kind.name, "rule": kind.rule})
        return cleaned


class SaidForm(forms.Form):
    """A comment or an answer."""

    text = forms.CharField(label=gettext_lazy("What there is to say"), max_length=1000, widget=Area(attrs={"rows": 4}))

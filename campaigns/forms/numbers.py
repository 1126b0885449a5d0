"""Forms of the register of document numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Unit
from campaigns.models.number import HIGHEST
from workflow import clock
from workflow.form_fields import WholeNumber

MOST = 200


class SeriesForm(forms.Form):
    """A register begins, or goes on, at a number: for an office that kept it on paper until now."""

    owner = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Office"))
    org_code = forms.CharField(
        label=gettext_lazy("Issuing code"), max_length=20, help_text=gettext_lazy("As printed before the year: 质强办")
    )
    year = WholeNumber(label=gettext_lazy("Year"), min_value=1949, max_value=2200)
    first = WholeNumber(label=gettext_lazy("Next number"), min_value=1, max_value=HIGHEST)

    def __init__(self, *args: Any, offices: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = offices  # type: ignore[attr-defined]
        self.fields["owner"].initial = offices.first()
        self.fields["year"].initial = clock.today().year


class UsedForm(forms.Form):
    """A number used outside the system, or a span of them, with what for."""

    seq = WholeNumber(label=pgettext_lazy("of a document", "Number"), min_value=1, max_value=HIGHEST)
    until = WholeNumber(label=gettext_lazy("To (may stay empty)"), min_value=1, max_value=HIGHEST, required=False)
    reason = forms.CharField(label=gettext_lazy("What it was used for"), max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("seq"), cleaned.get("until")
        if first and last and not 0 <= last - first < MOST:
            self.add_error("until", _("It must follow the first number, by at most 200."))
        return cleaned

    def sequence(self) -> range:
        """The numbers meant."""
        first = self.cleaned_data["seq"]
        return range(first, (self.cleaned_data["until"] or first) + 1)

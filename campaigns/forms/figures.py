"""The form of the figures that every unit reports in its summary."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.figures import figure_of
from campaigns.forms.campaign import lines_of
from campaigns.models.indicator import MEASURE, NAME
from documents.counts import thousands

MOST = 60
"""Figures of one form."""


class FiguresOfCampaignForm(forms.Form):
    """One figure a line, its unit of measure in brackets behind it."""

    figures = forms.CharField(
        label=gettext_lazy("Figures of the summary"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("One a line, with its unit of measure in brackets: 参加人数（人次）"),
    )

    def clean_figures(self) -> list[tuple[str, str]]:
        found = [figure_of(line) for line in lines_of(self.cleaned_data["figures"])]
        for name, measure in found:
            if len(name) > NAME or len(measure) > MEASURE:
                raise forms.ValidationError(_("“%(figure)s…” is too long.") % {"figure": name[:20]})
        twice = [name for at, (name, _measure) in enumerate(found) if name in [each for each, _m in found[:at]]]
        if twice:
            raise forms.ValidationError(_("This figure stands there twice: %(figure)s") % {"figure": twice[0]})
        if len(found) > MOST:
            raise forms.ValidationError(_("More than %(most)s figures are too many.") % {"most": thousands(MOST)})
        return found


def typed(figures: Any) -> str:
    """Figures as the lines of the form."""
    return "\n".join(f"{name}（{measure}）" if measure else name for name, measure in figures)

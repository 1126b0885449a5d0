"""How an office carries out an upper notice: its title, the margin, and each activity of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.adopting.choice import ADAPT, LEAVE, REPEAT, Choice
from activities.adopting.own_days import MOST, USUAL, OwnDay, own_days
from activities.models import Activity
from activities.models.adopting import REASON
from campaigns.models import Campaign, Notice

HOW = [
    (REPEAT, gettext_lazy("as it is")),
    (ADAPT, gettext_lazy("adapted, under a title of our own")),
    (LEAVE, gettext_lazy("left to others")),
]


@dataclass(frozen=True)
class ActivityRow:
    """One activity of the upper notice with its fields."""

    activity: Activity
    how: BoundField
    title: BoundField
    group: BoundField
    to: BoundField


class AdoptForm(forms.Form):
    """The lower campaign as it will be made."""

    title = forms.CharField(label=gettext_lazy("Title of your campaign"), max_length=120)
    margin = forms.IntegerField(
        label=gettext_lazy("Working days before the upper office's last days"), min_value=0, max_value=MOST
    )
    into: Any = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("Into a campaign you have already"),
        required=False,
        empty_label=gettext_lazy("no, a new one"),
    )

    def __init__(self, data: Any = None, *, notice: Notice, office: Unit) -> None:
        super().__init__(data, initial={"title": own_title(notice.campaign, office), "margin": USUAL})
        self.notice = notice
        self.activities = list(notice.campaign.activities.all())
        own = Campaign.objects.filter(host=office, year=notice.campaign.year, adoption=None)
        self.fields["into"].queryset = own  # type: ignore[attr-defined]
        for row in self.activities:
            self.add(row, office)

    def add(self, row: Activity, office: Unit) -> None:
        """The fields of one activity."""
        pk = row.pk
        self.fields[f"how-{pk}"] = forms.ChoiceField(label=_("What becomes of it"), choices=HOW, initial=REPEAT)
        self.fields[f"title-{pk}"] = forms.CharField(label=_("Own title"), max_length=200, required=False)
        self.fields[f"group-{pk}"] = forms.ModelChoiceField(
            office.groups.all(), label=_("Led by"), required=False, empty_label=_("ourselves")
        )
        self.fields[f"to-{pk}"] = forms.CharField(
            label=_("To whom it is left, and why"), max_length=REASON, required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.activities:
            if cleaned.get(f"how-{row.pk}") == ADAPT and not cleaned.get(f"title-{row.pk}"):
                self.add_error(f"title-{row.pk}", _("Please give the title under which you carry it out."))
        return cleaned

    def rows(self) -> Iterator[ActivityRow]:
        """The activities, each with its fields."""
        for row in self.activities:
            yield ActivityRow(row, *(self[f"{name}-{row.pk}"] for name in ("how", "title", "group", "to")))

    def choices(self) -> list[Choice]:
        """What was chosen of each activity. The form is valid."""
        found = self.cleaned_data
        return [
            Choice(row, *(found[f"{name}-{row.pk}"] for name in ("how", "title", "group", "to")))
            for row in self.activities
        ]

    def days(self) -> list[OwnDay]:
        """The last days above and here, by the margin that stands in the form."""
        text = str(self["margin"].value() or "0")
        return own_days(self.notice, min(int(text), MOST) if text.isdecimal() and len(text) < 4 else USUAL)


def own_title(upper: Campaign, office: Unit) -> str:
    """A title as offices word it: 2020年武汉市“质量月”活动."""
    place = office.parent.name if office.parent else office.name
    return f"{upper.year}年{place}“质量月”活动"[:120]

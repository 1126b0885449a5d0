"""Whether filings have to bring photos: of one demand, and of each kind of filing of a campaign."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models.demand import MOST_PHOTOS
from activities.models.photos_wanted import WITH_PHOTOS, CampaignPhotos
from activities.states import Kind
from campaigns.models import Campaign
from workflow.form_fields import WholeNumber

LEAST, MOST, WHY = "photos_least", "photos_most", "photos_why"


def photo_fields() -> dict[str, forms.Field]:
    """The three fields: how many at least, at most, and why."""
    return {
        LEAST: WholeNumber(
            label=gettext_lazy("photos, at least"),
            min_value=1,
            max_value=MOST_PHOTOS,
            required=False,
            help_text=gettext_lazy("Empty: photos are optional, as they should be."),
        ),
        MOST: WholeNumber(
            label=gettext_lazy("photos, at most"),
            min_value=1,
            max_value=MOST_PHOTOS,
            required=False,
            help_text=gettext_lazy("Empty: 12."),
        ),
        WHY: forms.CharField(
            label=gettext_lazy("why photos are needed"),
            max_length=120,
            required=False,
            help_text=gettext_lazy("Units read it beside the photos."),
        ),
    }


def clean_photos(form: forms.BaseForm, suffix: str = "") -> None:
    """A number that is demanded needs a reason, and is not above the most there may be."""
    cleaned = form.cleaned_data
    least, most, why = (cleaned.get(f"{name}{suffix}") for name in (LEAST, MOST, WHY))
    if least and not why and f"{WHY}{suffix}" not in form.errors:
        form.add_error(f"{WHY}{suffix}", _("Photos are demanded only with a reason the units can read."))
    if least and most and least > most:
        form.add_error(f"{LEAST}{suffix}", _("This is more than there may be at most."))


class CampaignPhotosForm(forms.Form):
    """Three fields for each kind of filing that takes photos."""

    def __init__(self, data: Any = None, *, campaign: Campaign) -> None:
        rows = {row.kind: row for row in CampaignPhotos.objects.filter(campaign=campaign)}
        self.there = rows
        values: dict[str, Any] = {}
        for kind, row in rows.items():
            values |= {f"{LEAST}_{kind}": row.least, f"{MOST}_{kind}": row.most, f"{WHY}_{kind}": row.why}
        super().__init__(data, initial=values)
        for kind in WITH_PHOTOS:
            for name, field in photo_fields().items():
                field.help_text = ""
                field.widget.attrs["class"] = "form-control"  # the page sets them in a table, without crispy
                field.widget.attrs["aria-label"] = f"{kind.label}: {field.label}"
                self.fields[f"{name}_{kind}"] = field

    @property
    def rows(self) -> Iterator[tuple[Kind, list[Any]]]:
        """Each kind with its fields."""
        for kind in WITH_PHOTOS:
            yield kind, [self[f"{name}_{kind}"] for name in (LEAST, MOST, WHY)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in WITH_PHOTOS:
            clean_photos(self, f"_{kind}")
        return cleaned

    def demanded(self) -> dict[str, dict[str, Any]]:
        """What was typed, by the kind; nothing for what says nothing."""
        found = {}
        for kind in WITH_PHOTOS:
            least, most, why = (self.cleaned_data[f"{name}_{kind}"] for name in (LEAST, MOST, WHY))
            if least or most:
                found[str(kind)] = {"least": least, "most": most, "why": why if least else ""}
        return found

"""What the forms of all filings have in common: half-done is enough to save, everything asked for to submit."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from activities.filing.prefill import Offer
from activities.form_fields import demand
from workflow import clock

YEAR = timedelta(days=366)


class FiledForm(forms.ModelForm):
    """The form of one filing.

    ``complete`` asks for everything; ``offers`` are facts filed elsewhere: they stand in the fields of a filing
    nobody has written in yet, and each says where it was taken from.
    """

    NEEDED: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, complete: bool = False, offers: Mapping[str, Offer] | None = None, **kwargs: Any
    ) -> None:
        written = self._meta.fields or ()
        known = {name: offer for name, offer in (offers or {}).items() if name in written}
        filing = kwargs["instance"]
        wanted = {name: offer.value for name, offer in known.items() if offer.fresh or is_new(filing)}
        empty = {name: value for name, value in wanted.items() if getattr(filing, name) in (None, "")}
        kwargs["initial"] = {**empty, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.complete = complete
        for name, field in self.fields.items():  # or clean() would see what the model is going to refuse
            if name in written:
                known_to_model = filing._meta.get_field(name).validators
                field.validators += [each for each in known_to_model if each not in field.validators]
        self.offers = known
        self.campaign = filing.assignment.campaign
        for name, offer in known.items():
            self.tell_source(name, offer)

    def tell_source(self, name: str, offer: Offer) -> None:
        """Say below a field where its value was taken from, while it stands there as it was offered."""
        shown = self.get_initial_for_field(self.fields[name], name)
        if shown in (None, "") or str(shown) != str(offer.value):
            return
        field, taken = self.fields[name], _("Taken from %(source)s.") % {"source": offer.source}
        field.help_text = f"{field.help_text} {conditional_escape(taken)}".strip()
        field.widget.attrs["data-offered"] = "yes"

    def needed(self) -> Iterable[str]:
        """The fields that must be filled to submit."""
        return self.NEEDED

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.complete:
            demand(self, self.needed())
        return cleaned

    def not_in_future(self, name: str) -> Any:
        """The day, if it lies in the year before now. Raises: ValidationError."""
        value: date | None = self.cleaned_data[name]
        if value and value > clock.today():
            raise forms.ValidationError(_("This day is still to come. What has not happened yet cannot be reported."))
        if value and value < self.campaign.starts_on - YEAR:
            raise forms.ValidationError(_("This day lies more than a year before the campaign."))
        return value


def is_new(filing: Any) -> bool:
    """Whether nobody has written in it yet."""
    return filing.pk is None and filing.version == 1

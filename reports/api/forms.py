"""What a token and an address that is told of events are made from."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from campaigns.models import Campaign
from reports.models.interface import Event, Scope, makers, scopes_for
from workflow import clock

LONGEST = timedelta(days=366)
USUAL = timedelta(days=180)


class OfUnitForm(forms.Form):
    """For which unit, and for what."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("unit"))
    name = forms.CharField(
        label=gettext_lazy("what it is for"), max_length=60, help_text=gettext_lazy("For example: office system.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        rows = Unit.objects.live().filter(makers(user))
        field: Any = self.fields["unit"]
        field.queryset, field.initial = rows, rows.first()

    def insist(self, given: set[str]) -> None:
        """That this person may give these rights for the unit. Raises: ValidationError."""
        unit = self.cleaned_data.get("unit")
        if unit and not given <= scopes_for(self.user, unit):
            raise forms.ValidationError(_("For this unit only its own filings can be opened, not whole campaigns."))


class TokenForm(OfUnitForm):
    """A token: what may be done with it, until when."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("what it may do"),
        choices=[(each.value, each.label) for each in (Scope.READ, Scope.FILE, Scope.OFFICE)],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    until = forms.DateField(label=gettext_lazy("good until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = clock.today() + USUAL

    def clean_until(self) -> date:
        return in_a_year(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.insist(set(cleaned.get("scopes", ())))
        return cleaned


class FeedForm(OfUnitForm):
    """A table for Excel by a secret address."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=gettext_lazy("campaign"), required=False, empty_label=gettext_lazy("all of them")
    )
    office = forms.BooleanField(label=gettext_lazy("all units of the campaigns it hosts"), required=False)
    until = forms.DateField(label=gettext_lazy("good until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["until"].initial = clock.today() + USUAL
        field: Any = self.fields["campaign"]
        field.queryset = Campaign.objects.visible_to(user)

    def clean_until(self) -> date:
        return in_a_year(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.insist(self.rights(cleaned))
        return cleaned

    def rights(self, cleaned: dict[str, Any]) -> set[str]:
        """What the address opens."""
        return {Scope.READ, Scope.OFFICE} if cleaned.get("office") else {Scope.READ}


class HookForm(OfUnitForm):
    """An address that is told of events."""

    url = forms.CharField(label=gettext_lazy("address"), max_length=300, widget=forms.URLInput)
    events = forms.MultipleChoiceField(
        label=gettext_lazy("what it is told of"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )
    office = forms.BooleanField(label=gettext_lazy("all units of the campaigns it hosts"), required=False)

    def clean_url(self) -> str:
        """An address by HTTPS, or a host of the office's own that the operator named. Raises: ValidationError."""
        url: str = self.cleaned_data["url"].strip()
        try:
            at = urlsplit(url)
            host, _port = (at.hostname or "").lower(), at.port
        except ValueError:
            raise forms.ValidationError(_("This is no address.")) from None
        own = [each.lower() for each in settings.WEBHOOK_ALLOWED_HOSTS]
        if not host or at.username or not (at.scheme == "https" or (at.scheme == "http" and host in own)):
            raise forms.ValidationError(
                _("Please write an address that begins with https://; http:// is for hosts the operator has named.")
            )
        return url

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.insist({Scope.OFFICE} if cleaned.get("office") else {Scope.READ})
        return cleaned


def in_a_year(day: date) -> date:
    """A day from tomorrow on, within a year. Raises: ValidationError."""
    if not clock.today() < day <= clock.today() + LONGEST:
        raise forms.ValidationError(_("Please choose a day from tomorrow on, at most a year from now."))
    return day

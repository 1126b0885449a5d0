"""What is typed for a deed with many: one reason, one day, one successor."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.handover import successors
from accounts.models import User
from activities.form_fields import area, day
from activities.judging.forms.petition import near
from activities.models import BulkDeed
from workflow import clock


class BulkForm(forms.Form):
    """The fields a deed asks for, and no others."""

    WANTED: ClassVar = {
        BulkDeed.ACCEPT: (),
        BulkDeed.RETURN: ("reason",),
        BulkDeed.EXTEND: ("until", "reason"),
        BulkDeed.WAIVE: ("reason",),
        BulkDeed.HAND_OVER: ("taker",),
    }
    until = day(gettext_lazy("New last day"))
    taker = forms.CharField(
        label=gettext_lazy("Account of the successor"),
        max_length=150,
        help_text=gettext_lazy("The name with which the person signs in. Each unit’s liaison officer is replaced."),
    )
    reason = forms.CharField(
        label=gettext_lazy("One reason for all; the units will read it"), max_length=1000, widget=area(3)
    )

    def __init__(self, *args: Any, deed: str, units: Collection[int], by: Any, **more: Any) -> None:
        """Arguments: a BulkDeed; the units it is done to; who does it."""
        super().__init__(*args, **more)
        self.units, self.by = units, by
        for name in set(self.fields) - set(self.WANTED[BulkDeed(deed)]):
            del self.fields[name]
        if deed == BulkDeed.EXTEND:
            self.fields["reason"].required = False

    def clean_until(self) -> Any:
        last = near(self.cleaned_data["until"])
        if last and last < clock.today():
            raise forms.ValidationError(_("This day is past."))
        return last

    def clean_taker(self) -> User:
        """Somebody of the units, or of those the office looks after; else it is not told whether there is such an
        account. Raises: ValidationError."""
        found = successors(self.units, by=self.by).filter(username=self.cleaned_data["taker"].strip()).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody of these units, or of those your office looks after, signs in with this name.")
            )
        return found

    def given(self) -> dict[str, str]:
        """What is kept of it."""
        found = self.cleaned_data
        kept = {"reason": found.get("reason", "")}
        if "until" in found:
            kept["until"] = found["until"].isoformat()
        if "taker" in found:
            kept["taker"] = str(found["taker"].pk)
        return kept

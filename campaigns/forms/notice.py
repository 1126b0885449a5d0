"""Forms for writing a notice."""

from copy import copy
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Notice, NoticeKind
from campaigns.models.number import HIGHEST
from documents.text import clean

NEEDS_ANOTHER = (NoticeKind.SUPPLEMENT, NoticeKind.CORRECTION)
EARLIEST, LATEST = 1949, 2100


class PrintedText(forms.CharField):
    """Text as it may be printed: without control characters and marks that have no shape."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(clean(value) if isinstance(value, str) else value) or "")


class Line(PrintedText):
    """One line of it."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split("\n"))


def issued_before(campaign: Campaign) -> "QuerySet[Notice]":
    """Notices of the campaign that a later one may be about."""
    return campaign.notices.filter(issued_at__isnull=False).select_related("document_number")


class KindForm(forms.ModelForm):
    """What kind of notice it is to be, and which earlier one it concerns."""

    class Meta:
        model = Notice
        fields = ("kind", "about")

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.queryset = issued_before(campaign).exclude(pk=self.instance.pk)
        about.empty_label = _("None: it stands by itself")
        about.label_from_instance = lambda row: f"{row.number} {row.title}"
        for field in self.fields.values():
            plain = isinstance(field.widget, forms.CheckboxInput)
            chosen = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-check-input" if plain else "form-select" if chosen else "form-control"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") in NEEDS_ANOTHER and "about" in cleaned and not cleaned["about"]:
            self.add_error("about", _("Say which notice it supplements or corrects."))
        return cleaned


class NoticeForm(KindForm):
    """All that is written about a notice on the page of its text."""

    class Meta:
        model = Notice
        fields = (
            "title", "salutation", "body", "signature", "kind", "about", "org_code", "year", "number_wanted",
            "urgency", "publicity", "in_order",
        )  # fmt: skip
        field_classes = {
            "title": Line, "salutation": Line, "signature": Line, "org_code": Line, "body": PrintedText,
        }  # fmt: skip
        widgets = {
            "body": forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
            "title": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "number_wanted": gettext_lazy("Empty: the next number is given when it is signed."),
        }

    def __init__(self, *args: Any, instance: Notice, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy(instance), campaign=instance.campaign, **kwargs)
        self.fields["body"].strip = False  # type: ignore[attr-defined]  # a text field; the cursor must not jump
        self.fields["number_wanted"].validators += [MinValueValidator(1), MaxValueValidator(HIGHEST)]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not EARLIEST <= year <= LATEST:
            raise forms.ValidationError(
                _("A year between %(first)d and %(last)d.") % {"first": EARLIEST, "last": LATEST}
            )
        return year

    def values(self) -> dict[str, Any]:
        """The fields that are in order; what is not stays as it was."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def texts(self) -> dict[str, str]:
        """The text as typed, also where it is too long to be kept."""
        return {name: clean(str(self[name].value() or "")) for name in ("title", "salutation", "body", "signature")}

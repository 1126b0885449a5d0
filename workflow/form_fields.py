"""Numbers, telephones and mail addresses as people write them: 1,200 and １２００ and 1 200; 转 before an extension."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ ,]\d{3})+(?:\.\d*)?")
"""Thousands parted by commas or blanks; a comma anywhere else may mean a fraction and is not guessed at."""
DASHES = str.maketrans("‐‑‒–—―−－", "-" * 8)
ENDINGS = " ;,.、。:"
"""What stands behind an address in a list it was copied out of."""


def half_width(text: str) -> str:
    """The text with digits, letters and signs as a keyboard without an input method writes them."""
    return unicodedata.normalize("NFKC", text).translate(DASHES).strip()


def in_figures(text: str) -> str:
    """A number without what parts its thousands; anything else as it is, for the field to refuse."""
    text = half_width(text)
    return re.sub("[ ,]", "", text) if GROUPED.fullmatch(text) else text


LONGEST_NUMBER = 18
"""Digits: a row's number has 64 bits."""


def as_counted(text: str) -> str:
    """The text with its lines ended by one character, as browsers count them for ``maxlength``; they send two."""
    return text.replace("\r\n", "\n")


class Area(forms.Textarea):
    """Where lines are typed: a text as long as the browser lets it become is not too long."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, as it is counted."""
        value = super().value_from_datadict(data, files, name)
        return as_counted(value) if isinstance(value, str) else value


class Figures(forms.TextInput):
    """Where a number is typed. No number field of the browser: it sends nothing at all for 1,200."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))


class WholeNumber(forms.IntegerField):
    """A whole number."""

    widget = Figures

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_figures(value) if isinstance(value, str) else value)


class Amount(forms.DecimalField):
    """A number with a fraction, for instance a sum of money."""

    widget = Figures

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_figures(value) if isinstance(value, str) else value)


EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""Between these lies every day of a campaign: “without end” (9999-12-31) is none that can be reckoned with."""


class Day(forms.DateField):
    """A day between ``EARLIEST`` and ``LATEST``."""

    def __init__(self, **more: Any) -> None:
        why = gettext_lazy("Choose a day from 2000 to 2100.")
        bounds = [MinValueValidator(EARLIEST, why), MaxValueValidator(LATEST, why)]
        super().__init__(**{**more, "validators": [*bounds, *more.get("validators", ())]})


class SeveralRows(forms.ModelMultipleChoiceField):
    """Rows ticked on a page; what is longer than the number of any row is refused before the database is asked."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else ():
            if len(str(each)) > LONGEST_NUMBER:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": each})
        return super().clean(value)


class Telephone(forms.CharField):
    """A telephone number, or several with 、 between them."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        return half_width(text).rstrip(ENDINGS).replace(",", "、").replace(";", "、")


class MailAddress(forms.EmailField):
    """An address of mail, also as it is copied out of a list of addresses."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        return half_width(text).removeprefix("mailto:").strip(ENDINGS)

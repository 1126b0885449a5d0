"""The columns of a list: what stands in a cell, in the one way in which it is compared and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from documents.text import bare, clean
from workflow.form_fields import MailAddress, Telephone, half_width, in_figures

_DAY = re.compile(r"(\d{4})\s*(?:[-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"\d{1,2}\s*(?:[-./]|月)\s*\d{1,2}\s*日?")
_MOBILE = 11
MOST_NAMED = 12
"""So many choices are named to somebody who wrote another."""


class Holds(Enum):
    """What the cells of a column hold."""

    WORDS = "words"
    LINES = "lines"
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    """A number that may have a fraction."""
    TELEPHONE = "telephone"
    MAIL = "mail"


@dataclass(frozen=True)
class Column:
    """One column: its name in the program, its head, what it holds.

    help: how it is filled in; example: for the sheet that explains it; choices: the only values; offers: values for the
    drop-down beside which others are right too; needed: of a new row; is_shown_only: written out, never read.
    """

    name: str
    label: Any
    holds: Holds = Holds.WORDS
    width: int = 16
    needed: bool = False
    choices: Sequence[str] = ()
    offers: Sequence[str] = ()
    example: str = ""
    help: Any = ""
    is_shown_only: bool = False
    reads: Callable[[str], str] | None = None
    """What reads a cell of this column, where not what all of its kind are read by."""

    def read(self, text: str) -> str:
        """Return a cell as it is compared and kept. Raises: ValidationError that says what to write instead."""
        if not text:
            return ""
        if self.choices:
            return self._chosen(text)
        if self.reads:
            return self.reads(text)
        return _READERS[self.holds](text)

    def _chosen(self, text: str) -> str:
        for each in self.choices:
            if bare(each) == bare(text):
                return each
        named = "、".join(self.choices[:MOST_NAMED])
        raise ValidationError(_("Choose one of these: %(choices)s.") % {"choices": named})


def words(text: str) -> str:
    """A text of one line."""
    return text if text.isalnum() and text.isascii() else " ".join(clean(text).split())


def lines(text: str) -> str:
    """A text that may have several lines."""
    return "\n".join(found for line in clean(text).split("\n") if (found := " ".join(line.split())))


def day(text: str) -> str:
    """A day in any of the ways in which people write one with its year, as 2015-09-20."""
    said = half_width(text)
    found = _DAY.fullmatch(said) or _DIGITS.fullmatch(said)
    if found:
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError as error:
            raise ValidationError(_("There is no such day.")) from error
    if _NO_YEAR.fullmatch(said):
        raise ValidationError(_("Of which year? Write the day in full, for example 2015-09-20."))
    raise ValidationError(_("This is no day. Write it in full, for example 2015-09-20."))


def number(text: str) -> str:
    """A whole number in figures."""
    said = in_figures(text)
    if re.fullmatch(r"-\d+", said):
        raise ValidationError(_("A count cannot be negative."))
    if not re.fullmatch(r"\d{1,18}", said):
        raise ValidationError(_("Please write a whole number in figures, for example 120."))
    return str(int(said))


def amount(text: str) -> str:
    """A number in figures, perhaps with a fraction."""
    try:
        found = Decimal(in_figures(text))
    except InvalidOperation as error:
        raise ValidationError(_("Please write a number in figures, for example 12.5.")) from error
    if not found.is_finite() or abs(found) >= 10**16:
        raise ValidationError(_("Please write a number in figures, for example 12.5."))
    return plain_number(found)


def plain_number(value: Decimal | None) -> str:
    """A number as it is compared: 1200, 0.5; nothing where there is none."""
    if value is None:
        return ""
    return f"{value.normalize():f}"


def telephone(text: str) -> str:
    """A number by which somebody is reached; a mobile has eleven digits."""
    said = str(Telephone(required=False).to_python(text))
    for each in said.split("、"):
        digits = re.sub(r"[\s-]", "", each).removeprefix("+86")
        if digits.isdecimal() and re.match("1[3-9]", digits) and len(digits) != _MOBILE:
            off = len(digits) - _MOBILE
            if off == -1:
                raise ValidationError(_("one digit is missing: a mobile number has 11"))
            if off == 1:
                raise ValidationError(_("one digit too many: a mobile number has 11"))
            if len(digits) > 8:
                raise ValidationError(_("a mobile number has 11 digits"))
    return said


def mail(text: str) -> str:
    """An address of mail."""
    said = str(MailAddress(required=False).to_python(text))
    validate_email(said)
    return said


_READERS = {
    Holds.WORDS: words,
    Holds.LINES: lines,
    Holds.DAY: day,
    Holds.NUMBER: number,
    Holds.AMOUNT: amount,
    Holds.TELEPHONE: telephone,
    Holds.MAIL: mail,
}

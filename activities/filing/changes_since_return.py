"""What a unit changed since the version the office returned, field by field: whoever reviews reads only that."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import localize

from accounts.personal_data import WAYS, masked
from activities.models import Filing
from documents.counts import thousands
from workflow.compare import Piece, compare


@dataclass(frozen=True)
class Change:
    """One field that was changed: what the people call it, and its text with what went and what came marked."""

    label: str
    pieces: list[Piece]


def earlier_version(filing: Filing) -> Filing | None:
    """The submitted version before this one; None when there is none. No query for a first version."""
    if filing.version == 1:
        return None
    before = type(filing)._default_manager.filter(assignment=filing.assignment_id, version__lt=filing.version)
    return before.exclude(submitted_at=None).order_by("version").last()


def changes(filing: Filing, since: Filing | None = None, *, whole: bool = True) -> list[Change]:
    """The fields of the filing that differ from the earlier version, in the order of the form.

    Arguments: the filing; the version to compare with, unless it is the submitted one before it; whether numbers of
    telephones stand there whole.
    Returns: one entry for each changed field of the kind's own; rows that hang on it (officers, figures) are not
    compared. Nothing when there is no earlier version.
    """
    before = since or earlier_version(filing)
    if before is None:
        return []
    changed = [each for each in filing.columns_read() if written(before, each) != written(filing, each)]
    pairs = [(each, read(before, each, whole), read(filing, each, whole)) for each in changed]
    found = [Change(str(each.verbose_name), differing(each, old, new)) for each, old, new in pairs]
    return found + changed_texts(before, filing)


def changed_texts(before: Filing, filing: Filing) -> list[Change]:
    """The changed texts that have no column of their own; one that is no longer there stands behind the others."""
    old = {key: (heading, text) for key, heading, text in before.own_texts()}
    new = {key: (heading, text) for key, heading, text in filing.own_texts()}
    found = []
    for key, (heading, _text) in (new | {key: pair for key, pair in old.items() if key not in new}).items():
        was, now = (one_end(texts.get(key, ("", ""))[1]) for texts in (old, new))
        if was != now:
            found.append(Change(heading, compare(was, now)))
    return found


def one_end(text: str) -> str:
    """The text with its lines ended by one character."""
    return text.replace("\r\n", "\n")


def read(filing: Filing, field: Any, whole: bool) -> str:
    """The value of a field as somebody reads it who sees numbers whole, or does not."""
    text = written(filing, field)
    return text if whole or field.name not in WAYS else masked(text)


def written(filing: Filing, field: Any) -> str:
    """The value of a field as a person reads it."""
    value = getattr(filing, field.attname)
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not field.choices and not isinstance(value, bool):
        return thousands(value)
    return str(getattr(filing, f"get_{field.name}_display")() if field.choices else localize(value))


def differing(field: Any, old: str, new: str) -> list[Piece]:
    """A text compared within; a date, a number or a telephone exchanged as a whole."""
    if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in WAYS:
        return compare(one_end(old), one_end(new))
    return [piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text]

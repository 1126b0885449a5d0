"""Messages in the language of whoever reads them; in plain English where Django is not set up, as in a benchmark."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def gettext(message: str) -> str:
    """Return a message in the active language."""
    return translation.gettext(message) if settings.configured else message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the message for that count in the active language."""
    if settings.configured:
        return translation.ngettext(one, many, count)  # noqa: TID251 (the one place)
    return one if count == 1 else many

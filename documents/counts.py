"""Counts as every page, message and paper prints them: with a comma after each three figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from documents.messages import ngettext


def thousands(number: int | Decimal | None) -> str:
    """A number as it is printed, in every language of the site; nothing where there is none."""
    return f"{number:,}" if isinstance(number, int | Decimal) else ""


def so_many(one: str, many: str, n: int, **values: Any) -> str:
    """A message about so many of something.

    Arguments: the message for one and for many, where ``%(n)s`` stands for the number (``scripts/messages.sh`` gathers
    both); how many; the other values. Returns: the message in the active language.
    """
    return ngettext(one, many, n) % {"n": thousands(n), **values}


def so_many_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a message that :func:`so_many` says later. Returns: both as they are."""
    return one, many

"""One thing the check before issue finds, how findings are named, and how one is mended by one press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from workflow import clock

SHOWN = 10
"""Titles named one by one in a finding about many."""


@dataclass(frozen=True)
class Mend:
    """What one press does about a finding."""

    label: str
    """What stands on the button."""
    deed: Callable[[Any], None]
    """Does it, for the person who pressed. Raises: MoveRefused."""


@dataclass(frozen=True)
class Rule:
    """What a finding rests on: a rule of the State with its number or day, or a habit of the office."""

    name: Any
    says: Any


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or doubtful."""

    code: str
    """Names exactly this finding: what was let pass does not cover another one."""
    text: str
    blocks: bool = False
    where: str = ""
    """The address of the page on which it is mended."""
    mends: tuple[Mend, ...] = ()
    days: tuple[date, ...] = ()
    """Days that were counted in working days to find it."""
    rule: Rule | None = None
    """Why it is one, where that does not go without saying."""


def place(name: str, pk: int) -> str:
    """The address of a page."""
    return reverse(name, args=[pk])


def in_short(titles: list[str]) -> str:
    """The first titles of many, as paper parts them."""
    return "、".join(titles[:SHOWN]) + ("…" if len(titles) > SHOWN else "")


def mark(*texts: str) -> str:
    """A short mark of texts, for the code of a finding."""
    return sha256("\n".join(texts).encode()).hexdigest()[:12]


def shown(day: date) -> str:
    """A day as texts print it."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == clock.today().year else "DATE_FORMAT")

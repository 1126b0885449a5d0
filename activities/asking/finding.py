"""One thing the check before issue finds, and how findings are named."""

from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse

SHOWN = 10
"""Titles named one by one in a finding about many."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or doubtful."""

    code: str
    """Names exactly this finding: what was let pass does not cover another one."""
    text: str
    blocks: bool = False
    where: str = ""
    """The address of the page on which it is mended."""


def place(name: str, pk: int) -> str:
    """The address of a page."""
    return reverse(name, args=[pk])


def in_short(titles: list[str]) -> str:
    """The first titles of many, as paper parts them."""
    return "、".join(titles[:SHOWN]) + ("…" if len(titles) > SHOWN else "")


def mark(*texts: str) -> str:
    """A short mark of texts, for the code of a finding."""
    return sha256("\n".join(texts).encode()).hexdigest()[:12]

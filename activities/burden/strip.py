"""The strip that says how much a notice asks, with last year's beside it."""

from __future__ import annotations

from typing import Any

from activities.burden.asked import Asked
from activities.burden.last_year import last_year, weight_of
from activities.burden.weight import Weight, weigh
from campaigns.models import Notice


def strip_of(notice: Notice, weight: Weight) -> dict[str, Any]:
    """What the template ``activities/burden/strip.html`` needs. Arguments: the notice; what it asks."""
    before = last_year(notice) if weight.units else None
    return {"weight": weight, "before": before, "measures_of": notice.campaign}


def strip_before_issue(asked: Asked) -> dict[str, Any]:
    """The strip of a notice that has not gone out."""
    return strip_of(asked.notice, weigh(asked))


def strip_after_issue(notice: Notice) -> dict[str, Any]:
    """The strip of an issued notice: what it asked on the day of its issue."""
    return strip_of(notice, weight_of(notice))

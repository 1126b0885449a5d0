"""The remark beside days that were counted through a year whose arrangement is not known yet."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

from workflow.workdays import working_days

register = template.Library()

Days = date | str | None


@register.inclusion_tag("parts/provisional.html")
def provisional(days: Iterable[Days] | Days) -> dict[str, Any]:
    """Says which years are provisional, if any of these days depends on one; else nothing.

    Arguments: a day, or several; as dates or as they are kept in JSON (2027-10-08).
    """
    several = [days] if days is None or isinstance(days, date | str) else list(days)
    return {"years": working_days().provisional_among(map(as_day, several))}


def as_day(day: Days) -> date | None:
    """A day that is there; None for what is none."""
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return None

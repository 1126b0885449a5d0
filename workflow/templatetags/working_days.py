"""The remark beside days that were counted through a year whose arrangement is not known yet."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

import documents
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


@register.inclusion_tag("parts/provisional.html")
def term(due_on: str, counted: tuple[str, int], is_checked: bool) -> dict[str, Any]:
    """The same of a term that was counted when a text was read; and the day it comes to by now, if that is another.

    Arguments: the day as it is kept; from which day it was counted and over how many working days; whether a person
    has said that it is right, so that no other is named.
    """
    first, day, known = date.fromisoformat(counted[0]), as_day(due_on), working_days()
    now = documents.reading.working_days_from(first, counted[1], known.is_working_day)
    return {"years": known.provisional_among([first, day, now]), "now": None if is_checked or now == day else now}


def as_day(day: Days) -> date | None:
    """A day that is there; None for what is none."""
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return None

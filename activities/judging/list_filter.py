"""The filter of the list of who owes what: the list, its export and its package take the same rows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.models import Unit
from accounts.naming import called_like
from activities.models.photo import Likeness
from activities.states import Kind, Standing

ALIKE = "alike"
"""With photos that look like those of another filing, and nobody has said yet what to make of it."""
NAMES = ("kind", "standing", "q", "unit")


def sifted(rows: Any, chosen: Mapping[str, str], user: Any) -> Any:
    """The rows of the chosen kind, standing, words and unit.

    Arguments: assignments; the filter as it stands in the address, missing or senseless parts choosing nothing; who
    asks, because only an office has photos to look at.
    """
    rows = rows.with_standing()
    kind, standing, words, unit = (chosen.get(name, "") for name in NAMES)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if standing == "review":
        rows = rows.to_review()
    elif standing == ALIKE:
        rows = rows.filter(pk__in=Likeness.objects.to_look_at(user))
    elif standing == "owed":
        rows = rows.owed()
    elif standing in Standing.values:
        rows = rows.filter(stands=standing)
    if words:
        called = Unit.objects.filter(called_like(words)).order_by().values("pk")
        rows = rows.filter(Q(unit__in=called) | Q(activity__title__icontains=words))
    if unit.isdecimal() and len(unit) < 19:
        rows = rows.filter(unit=int(unit))
    return rows

"""The filter of the list of who owes what: the list, its export and its package take the same rows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.models import Unit
from accounts.unit_names import called_like
from activities.judging.urgency import Choice, narrowed
from activities.models.photo import Likeness
from workflow import clock

ALIKE = "alike"
"""With photos that look like those of another filing, and nobody has said yet what to make of it."""
NAMES = ("kind", "standing", "q", "unit", "asked")


def meant(chosen: Mapping[str, str]) -> dict[str, str]:
    """The parts of a filter that choose something, to be kept: nothing senseless that somebody sent."""
    choice = Choice.of({name: chosen.get(name, "") for name in NAMES})
    standing = ALIKE if chosen.get("standing") == ALIKE else choice.standing
    parts = (choice.kind, standing, choice.words, str(choice.unit or ""), "1" if choice.asked else "")
    return {name: part for name, part in zip(NAMES, parts, strict=True) if part}


def sifted(rows: Any, chosen: Mapping[str, str], user: Any) -> Any:
    """The rows of the chosen kind, standing, words and unit.

    Arguments: assignments; the filter as it stands in the address, missing or senseless parts choosing nothing; who
    asks, because only an office has photos to look at.
    """
    choice = Choice.of({name: chosen.get(name, "") for name in NAMES})
    rows = narrowed(rows, choice.kind, choice.standing, choice.asked, clock.now())
    if chosen.get("standing") == ALIKE:
        rows = rows.filter(pk__in=Likeness.objects.to_look_at(user))
    if choice.words:
        called = Unit.objects.filter(called_like(choice.words)).order_by().values("pk")
        rows = rows.filter(Q(unit__in=called) | Q(activity__title__icontains=choice.words))
    return rows.filter(unit=choice.unit) if choice.unit else rows

"""How a photo stands on a page: itself, that it is being prepared and for how long, or that it cannot be opened."""

from collections.abc import Callable
from math import ceil
from typing import Any

from activities.models import Photo

A_MINUTE = 1000
"""So many photos one worker prepares in a minute, about."""
SHORTEST = 2
"""Seconds after which a page asks again at the earliest."""


def waiting() -> int:
    """How many photos wait for a worker."""
    return Photo.objects.unseen().count()


def placed(photo: Photo, *, linked: bool = False, number: Callable[[], int] = waiting) -> dict[str, Any]:
    """What the template of a photo in its place needs.

    Arguments: the photo; whether it leads to its print size; what tells how many wait, asked only for one that does.
    Returns: the photo, ``linked``, and while it is waited for ``seconds`` until the page asks again and ``minutes``,
    none when it is less than one.
    """
    context: dict[str, Any] = {"photo": photo, "linked": linked}
    if photo.is_waiting:
        seconds = max(SHORTEST, ceil(number() * 60 / A_MINUTE))
        context |= {"seconds": seconds, "minutes": ceil(seconds / 60) if seconds > 60 else 0}
    return context

"""What is computed over everything is kept until somebody does something, or half a minute at most."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache

from workflow import clock
from workflow.compiled import Compiled
from workflow.models import Transition

T = TypeVar("T")

FRESH = 30
"""Seconds for which figures stand when nobody files; any deed makes new ones at once."""
NEWEST = Compiled(lambda: Transition.objects.order_by("-pk").values_list("pk")[:1])


def fresh(name: str, compute: Callable[[], T], newest: Compiled = NEWEST) -> T:
    """What was computed under this name since the last line of the log, or is computed now.

    The key holds the newest line of the log, so a deed shows at once; the half minute lets deadlines pass.

    Arguments: a name that says what it is and for whom; what computes it; the query for the newest line of the log,
    and for whatever else makes it old. Returns: the same as ``compute``.
    """
    marks = ":".join(str(mark) for row in newest() for mark in row)
    key = f"fresh:{name}:{marks}:{int(clock.now().timestamp()) // FRESH}"
    kept = cache.get(key)
    if kept is None:
        kept = compute()
        cache.set(key, kept, FRESH)
    return cast(T, kept)

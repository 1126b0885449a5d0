"""What is computed over everything is kept in this process until somebody does something, or half a minute at most.

:func:`fresh` is for what deeds change: each writes a line of the log. :func:`unchanged` is for what is changed without
one, such as the register of units: it is kept while nothing at all is written, and right whatever writes.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar, cast

from django.core.cache import caches
from django.db import connection

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
    return kept_by(f"fresh:{name}:{marks}:{int(clock.now().timestamp()) // FRESH}", compute)


def unchanged(name: str, compute: Callable[[], T]) -> T:
    """What was computed under this name, as long as nobody has written anything to the database since.

    PostgreSQL says which transactions a reader sees (a snapshot); two readers who see the same ones read the same. What
    is computed after the snapshot was taken may see one more, but then no later snapshot is like it. A transaction that
    has written something sees more than its snapshot says: there, and on SQLite, nothing is kept.

    Arguments: a name that says what it is and for whom, with all it depends on beside the database; what computes it,
    without asking the clock. Returns: the same as ``compute``.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return compute()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (snapshot,) = cursor.fetchone()
    return kept_by(f"unchanged:{snapshot}:{sha256(name.encode()).hexdigest()}", compute)


def kept_by(key: str, compute: Callable[[], T]) -> T:
    """What is kept by this key, or is computed now."""
    store = caches["figures"]
    kept = store.get(key)
    if kept is None:
        kept = compute()
        store.set(key, kept, FRESH)
    return cast(T, kept)

"""What lists know beside their rows (units, titles): kept while nothing is written, else for half a minute."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any

from django.db import connection

HALF_A_MINUTE = 30.0
MOST = 40
_held: dict[Hashable, tuple[str, float, Any]] = {}


def held(name: Hashable, compute: Callable[[], Any], *, exact: bool = False) -> Any:
    """What was computed under this name since the last write to the database, or in the last half minute.

    What comes out the same as before stays the same object, so what was made of it stands. Within a transaction, and
    on SQLite, nothing is kept. Arguments: a name; what computes it; whether half a minute is too long.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return compute()
    known = _held.get(name)
    if known and not exact and monotonic() - known[1] < HALF_A_MINUTE:
        return known[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (snapshot,) = cursor.fetchone()
    value = known[2] if known and known[0] == snapshot else compute()
    if known and known[2] == value:
        value = known[2]
    if len(_held) >= MOST and name not in _held:
        _held.pop(min(_held, key=lambda each: _held[each][1]))
    _held[name] = snapshot, monotonic(), value
    return value


def forget_held() -> None:
    """Forget all of it."""
    _held.clear()

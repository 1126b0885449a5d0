"""One reminder that cannot be made or sent stands in the way of no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

log = logging.getLogger(__name__)


@contextmanager
def noted(what: str, pk: Any) -> Iterator[None]:
    """A fault in this block is logged, and the pass goes on with the next; the next pass tries this one again.

    It stands around a transaction, never inside one. Arguments: what is worked on, and its id.
    """
    try:
        yield
    except Exception:
        log.exception("chasing: %s %s stumbled; the others go on", what, pk)

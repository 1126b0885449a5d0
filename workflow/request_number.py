"""The number of the request that is answered just now, or that began the job that runs: in every line of the log.

Ten digits, so that somebody can say it over the telephone: error pages show it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DIGITS = 10
_number: ContextVar[str] = ContextVar("request_number", default="")


def current() -> str:
    """The number; empty outside any request or job."""
    return _number.get()


def made() -> str:
    """A new number."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


@contextmanager
def bound(number: str) -> Iterator[None]:
    """Everything in the block belongs to this number."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)

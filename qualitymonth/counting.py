"""Counting requests and tasks for ``/metrics``; where nobody reads figures nothing of it is loaded.

A page is worth more than a figure: where a count has no room on the disk, it is left out.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger("qualitymonth.metrics")


@cache
def deed(name: str) -> Callable[..., None] | None:
    """A function of ``metrics.py``; None where nobody reads figures, or they have no room."""
    if not settings.METRICS_FROM:
        return None
    try:
        return import_string(f"qualitymonth.metrics.{name}")
    except OSError as error:
        log.warning("nothing is counted: %s: %s", error.strerror, error.filename)
        return None


def count(name: str, *what: Any) -> None:
    """Count something. Arguments: the function of ``metrics.py``; what it takes."""
    if counts := deed(name):
        with suppress(OSError):
            counts(*what)

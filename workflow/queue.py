"""Work asked of a worker by the name of its task: who asks knows neither the code of the work nor what it imports."""

import logging
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from workflow import request_number

log = logging.getLogger(__name__)

ONCE_MORE = {"max_retries": 1, "interval_start": 0}
"""A connection that Redis dropped is made anew; more patience would be taken from whoever waits for the page."""
NUMBER = "request_number"
"""Under this name a task is given the number of the request that asked for it."""
LEFT_ALONE = 5.0
"""Seconds after a failure during which nothing is put into the queue: the rows are found a minute later."""
_asked_again_at = 0.0


def ask(task: str, *arguments: Any, after: timedelta = timedelta()) -> None:
    """Put a task into the queue; Celery is loaded by the first who asks.

    Arguments: the name under which a worker knows the task, and what it is given; how long to wait before it is
    begun. Raises: OperationalError (kombu) when the queue does not answer.
    """
    number = {NUMBER: request_number.current()}
    signature = import_string(settings.QUEUE).signature(task, arguments)
    signature.apply_async(retry_policy=ONCE_MORE, headers=number, countdown=after.total_seconds() or None)


def ask_later(task: str, *arguments: Any) -> None:
    """The same once what is being written is committed; a queue that does not answer spoils nothing."""
    transaction.on_commit(partial(ask_in_passing, task, *arguments), robust=True)


def ask_in_passing(task: str, *arguments: Any) -> None:
    """Ask, but let nobody wait for a queue that has just not answered: the row that says what is to be done stays."""
    global _asked_again_at
    if monotonic() < _asked_again_at:
        return
    try:
        ask(task, *arguments)
    except Exception as error:
        _asked_again_at = monotonic() + LEFT_ALONE
        log.warning("the queue does not answer (%s); %s is found by its row", type(error).__name__, task)

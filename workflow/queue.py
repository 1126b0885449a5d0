"""Work asked of a worker by the name of its task: who asks knows neither the code of the work nor what it imports."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def ask(task: str, *arguments: Any) -> None:
    """Put a task into the queue; Celery is loaded by the first who asks.

    Arguments: the name under which a worker knows the task, and what it is given.
    """
    import_string(settings.QUEUE).signature(task, arguments).delay()


def ask_later(task: str, *arguments: Any) -> None:
    """The same once what is being written is committed; a queue that does not answer spoils nothing."""
    transaction.on_commit(partial(ask, task, *arguments), robust=True)

"""One line of the log for each task of a worker: which, for which row, how it ended, how long it took.

It carries the number of the request that asked for it. What beat asks for gets a number of its own, so that all lines
of one task are found together.
"""

import logging
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from celery import signals

from qualitymonth.counting import count
from workflow import request_number
from workflow.queue import NUMBER

log = logging.getLogger("qualitymonth.jobs")


@signals.task_prerun.connect
def begun(task: Any, **_more: Any) -> None:
    """What is logged from now on belongs to the request that asked for this."""
    stack = ExitStack()
    stack.enter_context(request_number.bound(number_of(task.request) or request_number.made()))
    task.request.log_stack, task.request.log_began = stack, perf_counter()


@signals.task_failure.connect
def failed(sender: Any, exception: BaseException, **_more: Any) -> None:
    """Why, with the place; Celery's own line about it, which holds what the task was given, is not written."""
    log.error("%s failed", sender.name, exc_info=exception)


@signals.task_postrun.connect
def ended(task: Any, args: Any, state: str, **_more: Any) -> None:
    """The line itself."""
    seconds = perf_counter() - task.request.log_began
    ms = round(seconds * 1000)
    rows = [value for value in args if isinstance(value, int)]
    told = {"task": task.name, "job": task.request.id, "rows": rows or None, "status": state, "ms": ms}
    log.info("%s %s %s ms", " ".join(map(str, [task.name, *rows])), state, ms, extra=told)
    task.request.log_stack.close()
    count("count_task", task.name, state, seconds)


def number_of(request: Any) -> str:
    """The number that came with a task: from the queue beside the rest, in this process (eager) among the headers."""
    return getattr(request, NUMBER, "") or (request.headers or {}).get(NUMBER, "")

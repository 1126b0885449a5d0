"""The Celery application. Tasks live in each room's ``tasks.py``; what workers and beat say of themselves, here."""

import logging
import os
import time
from typing import Any

from celery import Celery, bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import Error

from qualitymonth import job_log as job_log  # listens to every task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualitymonth.settings")

app = Celery("qualitymonth")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

log = logging.getLogger(__name__)


def sign_of_life(*names: str) -> None:
    """Note that these are alive; without a database nobody can be told, and work goes on."""
    from workflow import pulse  # noqa: PLC0415 -- a model: this module is loaded before Django's are

    try:
        pulse.beat_alone(names)
    except Error as error:
        log.warning("no sign of life could be left: %s", type(error).__name__)


class SignOfLife(bootsteps.StartStopStep):
    """While a worker is connected to the queue, its main process says again and again which lanes it serves."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    timer: Any = None

    def start(self, consumer: Any) -> None:
        """Called with each connection to the queue."""
        lanes = [queue.name for queue in consumer.task_consumer.queues]
        sign_of_life(*lanes)
        self.timer = consumer.timer.call_repeatedly(settings.PULSE_SECONDS, sign_of_life, args=lanes)

    def stop(self, consumer: Any) -> None:
        """Called when the connection is lost, and at the end."""
        if self.timer is not None:  # a worker that did not come so far is stopped as well
            self.timer.cancel()

    shutdown = stop


app.steps["consumer"].add(SignOfLife)


class Clock(PersistentScheduler):
    """Beat, which says again and again that it goes."""

    said = 0.0

    def tick(self, *args: Any, **more: Any) -> float:
        """What is due is sent; and the sign of life."""
        wait: float = super().tick(*args, **more)
        if time.monotonic() - self.said >= settings.PULSE_SECONDS - 1:
            self.said = time.monotonic()
            sign_of_life("beat")
        return wait

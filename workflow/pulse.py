"""Who is alive: each worker notes which lanes it serves, and the clock (beat) that it goes.

A worker notes it in its main process, which only hands out work and never does any: so it is heard of however busy it
is. It does so while it is connected to the queue; a worker that has lost the queue falls silent.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

RECENT = timedelta(seconds=60)
BEAT = "beat"
BACKUP = "backup"


class Pulse(models.Model):
    """When somebody was last heard of: a lane by its name, beat, the last backup."""

    name = models.CharField(max_length=20, unique=True, db_default="")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


def beat(*names: str) -> None:
    """Note that these are alive."""
    rows = [Pulse(name=name, at=timezone.now()) for name in names]
    Pulse.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def beat_alone(names: Iterable[str]) -> None:
    """The same outside any request or task; the connection is given back, so that no process forked later has it."""
    try:
        beat(*names)
    finally:
        connection.close()


def heard(name: str) -> datetime | None:
    """When a lane or beat was last heard of; None when that is more than a minute ago."""
    return Pulse.objects.filter(name=name, at__gt=timezone.now() - RECENT).values_list("at", flat=True).first()


def silent(names: Iterable[str]) -> list[str]:
    """Those of the names that were not heard of for a minute."""
    alive = set(Pulse.objects.filter(at__gt=timezone.now() - RECENT).values_list("name", flat=True))
    return [name for name in names if name not in alive]


def lane_of(task: str) -> str:
    """The lane on which a task goes."""
    route: dict[str, str] = settings.CELERY_TASK_ROUTES.get(task, {})
    return route.get("queue", settings.CELERY_TASK_DEFAULT_QUEUE)

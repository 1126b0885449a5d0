"""Whether queue, beat and worker are alive: a task that comes round every 15 seconds leaves its time here."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

RECENT = timedelta(seconds=60)


class Pulse(models.Model):
    """The last time a worker was heard of."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"


def beat() -> None:
    """Called by a worker: note that it lives."""
    Pulse.objects.update_or_create(pk=1, defaults={"at": timezone.now()})


def worker_seen() -> datetime | None:
    """When a worker was last heard of; None when that is more than a minute ago."""
    return Pulse.objects.filter(pk=1, at__gt=timezone.now() - RECENT).values_list("at", flat=True).first()

"""Figures for Prometheus (``/metrics``): what pages and tasks cost, what waits, who is alive, how much room there is.

Loaded only where ``METRICS_FROM`` says who may read it. Each process writes its counts into a file under
``var/metrics``, and whoever is asked adds up all of them, so it does not matter which process answers. A process writes
into the file of the lowest number that no other holds, and goes on from what stands there: so there are as many files
as processes ever ran at once, however often they are replaced, and no count ever goes back.
"""

import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from time import time
from typing import IO

from django.conf import settings
from django.db import Error
from django.db.models import Count, Min
from django.http import HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from qualitymonth.parts import kept_in
from workflow.channels.sending import in_use
from workflow.models import Delivery, Job, JobState, Notification, Pulse

FOLDER = Path(settings.VAR) / "metrics"
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
JOB_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 300, 1800)
KINDS, ROOM = ("counter", "histogram"), 1_000_000
"""The files of a process, and how much room each takes: more than all views and tasks need."""
_held: dict[int, tuple[str, IO[str]]] = {}


def number_of_process() -> str:
    """The number of this process; taken anew after a fork, whose child has another."""
    if os.getpid() not in _held:
        _held[os.getpid()] = lowest_free()
    return _held[os.getpid()][0]


def lowest_free() -> tuple[str, IO[str]]:
    """Take the lowest number that no other process holds; it is free again when this one ends, however it does."""
    for number in count():
        file = (FOLDER / f"{number}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            reserve(str(number))
            return str(number), file
    raise AssertionError("there are always more numbers")


def reserve(number: str) -> None:
    """Take the room of a process's files at once: a full disk is an OSError here, and not the end of the process, which
    is what the system makes of a mapped page that has no room."""
    for kind in KINDS:
        with (FOLDER / f"{kind}_{number}.db").open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)


FOLDER.mkdir(parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)
values.ValueClass = values.MultiProcessValue(number_of_process)

REQUESTS = Counter(
    "quality_month_requests",
    "Requests answered, by view, method and status.",
    ("view", "method", "status"),
    registry=None,
)
REQUEST_SECONDS = Histogram(
    "quality_month_request_seconds", "How long answers took.", ("view",), buckets=SECONDS, registry=None
)
TASKS = Counter("quality_month_tasks", "Tasks done by workers, by how they ended.", ("task", "status"), registry=None)
TASK_SECONDS = Histogram(
    "quality_month_task_seconds", "How long tasks took.", ("task",), buckets=JOB_SECONDS, registry=None
)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count an answer."""
    REQUESTS.labels(view, method, str(status)).inc()
    REQUEST_SECONDS.labels(view).observe(seconds)


def count_task(task: str, status: str, seconds: float) -> None:
    """Count a task."""
    TASKS.labels(task, status).inc()
    TASK_SECONDS.labels(task).observe(seconds)


class OfTheSite(Collector):
    """What is read from database and disk at the moment it is asked for."""

    def collect(self) -> Iterator[Gauge]:
        """Every figure; of the database only whether it answers while it does not."""
        up = Gauge("quality_month_database_up", "Whether the database answers.")
        try:
            found = [*jobs(), *deliveries(), pulses()]
            up.add_metric([], 1)
        except Error:
            found = []
            up.add_metric([], 0)
        yield from [*found, up, disk()]


def jobs() -> list[Gauge]:
    """Long work: how many rows stand where, and for how long the oldest has waited or not been heard of."""
    rows = Gauge("quality_month_jobs", "Rows of long work, by kind and state.", labels=("kind", "state"))
    age = Gauge(
        "quality_month_jobs_oldest_seconds", "Since when the oldest row stands there.", labels=("kind", "state")
    )
    for kind in Job.__subclasses__():
        found = {state: (number, first) for state, number, first in standing(kind)}
        for state in JobState.values:
            number, first = found.get(state, (0, None))
            rows.add_metric([kind._meta.label_lower, state], number)
            if state in (JobState.QUEUED, JobState.RUNNING):
                age.add_metric([kind._meta.label_lower, state], max(0.0, time() - first.timestamp()) if first else 0)
    return [rows, age]


def standing(kind: type[Job]) -> Iterator[tuple[str, int, datetime]]:
    """Each state of a kind of work with the number of rows and the moment of the oldest."""
    grouped = kind.objects.order_by().values("state").annotate(rows=Count("pk"), first=Min("beat_at"))
    return ((row["state"], row["rows"], row["first"]) for row in grouped)


def deliveries() -> list[Gauge]:
    """Messages on their way by each channel: how many wait or were given up, and how long the oldest has waited."""
    rows = Gauge(
        "quality_month_deliveries", "Messages on their way, by channel and state.", labels=("channel", "state")
    )
    age = Gauge("quality_month_deliveries_oldest_seconds", "How long the oldest has waited.", labels=("channel",))
    rows.add_metric(["", "not_handed_on"], Notification.objects.not_handed_on().count())
    for channel in in_use():
        of_it = Delivery.objects.filter(channel=channel.name)
        waiting = of_it.open().aggregate(number=Count("pk"), first=Min("waiting_since"))
        rows.add_metric([channel.name, "waiting"], waiting["number"])
        rows.add_metric([channel.name, "given_up"], of_it.given_up().count())
        first = waiting["first"]
        age.add_metric([channel.name], max(0.0, time() - first.timestamp()) if first else 0)
    return [rows, age]


def pulses() -> Gauge:
    """When workers (lane by lane), beat and the last backup were heard of."""
    found = Gauge("quality_month_heard_seconds", "Seconds since somebody was last heard of.", labels=("name",))
    for name, at in Pulse.objects.values_list("name", "at"):
        found.add_metric([name], (timezone.now() - at).total_seconds())
    return found


def disk() -> Gauge:
    """Room where something is kept."""
    found = Gauge("quality_month_disk_free_bytes", "Room under the folders of the site.", labels=("folder",))
    for folder in kept_in():
        found.add_metric([folder.name], free_bytes(folder))
    return found


def free_bytes(folder: Path) -> int:
    """How much may still be written there; nothing in a folder that is not there."""
    try:
        at = os.statvfs(folder)
    except OSError:
        return 0
    return at.f_bavail * at.f_frsize


def page() -> HttpResponse:
    """All of it in the format of Prometheus."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(FOLDER))
    registry.register(OfTheSite())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

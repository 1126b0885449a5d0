"""The measured half of bench/issue.py, inside the office's environment once Django is set up: one line of JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from activities import tasks
from activities.asking import issue
from activities.models import Assignment, HandOut
from bench import frame
from campaigns.models import Notice
from campaigns.way import approve
from workflow.models import JobState, Notification

WORKER = [
    sys.executable, "-m", "celery", "-A", "qualitymonth", "worker", "--loglevel", "error", "--concurrency", "2",
    "--without-gossip", "--without-mingle", "--without-heartbeat",
]  # fmt: skip


def worker() -> subprocess.Popen[bytes]:
    """A worker with its children in a process group of its own."""
    return subprocess.Popen(WORKER, start_new_session=True, stdout=subprocess.DEVNULL)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL the worker and all its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def milliseconds(work: Callable[[], Any]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def wait(row: HandOut, enough: Callable[[HandOut], bool]) -> list[int]:
    """Poll the row as the page does. Returns: the progress seen."""
    seen: list[int] = []
    while True:
        row.refresh_from_db()
        if not seen or row.done != seen[-1]:
            seen.append(row.done)
        if enough(row):
            return seen
        time.sleep(0.05)


def ready(row: HandOut) -> bool:
    """Done. Raises: RuntimeError when it failed."""
    if row.state == JobState.FAILED:
        raise RuntimeError(row.reason)
    return bool(row.state == JobState.READY)


def whole(notice: Notice, signer: User) -> dict[str, Any]:
    """The press of the signer, and until everything is handed out by a worker that was waiting."""
    process = worker()
    tasks.rescue.delay()
    time.sleep(8)  # it has started and holds its connections
    rows: list[HandOut] = []
    press = milliseconds(lambda: rows.append(issue.order(notice, by=signer, due=issue.proposed_due(notice))))
    start = time.perf_counter()
    steps = wait(rows[0], ready)
    taken = (time.perf_counter() - start) * 1000 + press
    peak = max(frame.peak_of(pid) for pid in frame.descendants(process.pid))
    kill(process)
    return {"press": press, "whole": taken, "steps": len(steps), "peak": peak}


def bare(notice: Notice) -> float:
    """The same assignments and messages written again by one statement each and nothing else."""
    assignments, told = list(Assignment.objects.all()), list(Notification.objects.all())
    Assignment.objects.all().delete()
    Notification.objects.all().delete()

    def write() -> None:
        with transaction.atomic():
            Assignment.objects.bulk_create(assignments, batch_size=2000)
            Notification.objects.bulk_create(told, batch_size=2000)

    return milliseconds(write)


def killed(notice: Notice, signer: User, expected: int) -> dict[str, Any]:
    """From nothing again: killed when some batches are written, ended by the next worker."""
    Assignment.objects.all().delete()
    Notification.objects.all().delete()
    due = HandOut.objects.get().due
    row = HandOut.objects.create(notice=notice, due=due, by=signer)
    process = worker()
    tasks.hand_out.delay(row.pk)
    start = time.perf_counter()
    wait(row, lambda row: row.done >= 2000)
    kill(process)
    row.refresh_from_db()
    when_killed = row.done
    HandOut.objects.filter(pk=row.pk).update(beat_at=timezone.now() - timedelta(minutes=4))  # as if it were later
    process = worker()
    tasks.rescue()
    wait(row, ready)
    taken = (time.perf_counter() - start) * 1000
    kill(process)
    about = Notification.objects.filter(key=f"issued-{notice.pk}").values("person").annotate(n=Count("pk"))
    return {
        "killed": taken,
        "done_when_killed": when_killed,
        "told_twice": about.filter(n__gt=1).count(),
        "complete": Assignment.objects.count() == expected and about.count() == Notification.objects.count(),
    }


def main() -> None:
    """Measure and print."""
    notice = Notice.objects.select_related("campaign__host").get()
    staff, signer = (User.objects.get(username=name) for name in ("staff", "signer"))
    approve(notice, author=staff, reviewer=signer)
    found = whole(notice, signer)
    expected = Assignment.objects.count()
    found |= {"assignments": expected, "floor": bare(notice)}
    print(json.dumps(found | killed(notice, signer, expected)))

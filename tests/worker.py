"""A real Celery worker for tests: a process of its own on the test database and the broker of the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from qualitymonth.celery import app
from workflow.pulse import Pulse, worker_seen

START_SECONDS = 60
STOP_SECONDS = 30
COMMAND = ["-m", "celery", "-A", "qualitymonth", "worker", "--loglevel", "info", "--concurrency", "2"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
# A new process for each task: what one remembers of a database (ids of content types) is gone with the next test.
FORGETFUL = ["--max-tasks-per-child", "1"]
DAY = "2015-10-22"  # the only thing a worker does that asks for the day is the briefing, and that is in October


class Worker:
    """Started once for a whole test run; ``said()`` is what it wrote."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def start(self) -> None:
        """Start it and wait until a task has gone through broker, worker and database and back.

        Raises: RuntimeError with its last lines when it ends early or takes over a minute.
        """
        environment = os.environ | {"DATABASE_URL": url_of_the_test_database(), "QUALITY_MONTH_TEST_DAY": DAY}
        with self.log.open("w") as output:
            # Its own process group, so that its children are stopped with it.
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND, *QUIET, *FORGETFUL],
                stdout=output,
                stderr=output,
                env=environment,
                start_new_session=True,
            )
        app.conf.task_always_eager = False
        app.send_task("workflow.pulse")
        wait_until(lambda: bool(worker_seen()) or self.process.poll() is not None)
        if not worker_seen():
            self.stop()
            raise RuntimeError(f"the Celery worker did not start:\n{self.said()}")
        Pulse.objects.all().delete()

    def stop(self) -> None:
        """Let it finish what it does, then end it and its children; by force after half a minute."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it and its children at once: it finishes nothing and says nothing."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self, lines: int = 40) -> str:
        """The last lines it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def wait_until(done: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    """Wait for what a worker does; the caller asserts on the answer.

    Arguments: what to wait for, and for how long at most. Returns: whether it came true in time.
    """
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def url_of_the_test_database() -> str:
    """The database the tests run on, as a URL: not the configured one but its ``test_`` twin."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        if "memory" in str(at["NAME"]):
            raise RuntimeError("a worker cannot see a database in memory: unset DATABASE_URL")
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{quote(at['USER'])}:{quote(at['PASSWORD'])}@{at['HOST']}:{at['PORT']}/{at['NAME']}"

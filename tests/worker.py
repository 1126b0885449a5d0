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

from django.conf import settings
from django.db import connection

from qualitymonth.celery import app
from workflow.pulse import Pulse, silent

GIVE_UP = 900
"""Seconds after which what never ends is called so. Nothing fails because it is slow: see ``wait_until``."""
STOP_SECONDS = 30
NAME = "tests@localhost"
COMMAND = ["-m", "celery", "-A", "qualitymonth", "worker", "--loglevel", "info", "--concurrency", "2", "-n", NAME]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
DAY = "2015-10-22"  # the only thing a worker does that asks for the day is the briefing, and that is in October


class Worker:
    """Started once for a whole test run; ``said()`` is what it wrote."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def start(self) -> None:
        """Start it and wait until it serves every lane.

        Raises: RuntimeError with its last lines when it ends early.
        """
        environment = os.environ | {"DATABASE_URL": url_of_the_test_database(), "QUALITY_MONTH_TEST_DAY": DAY}
        with self.log.open("w") as output:
            # Its own process group, so that its children are stopped with it.
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND, *QUIET],
                stdout=output,
                stderr=output,
                env=environment,
                start_new_session=True,
            )
        app.conf.task_always_eager = False
        Pulse.objects.all().delete()
        if not wait_until(lambda: not silent(settings.LANES), alive=self.is_there):
            self.stop()
            raise RuntimeError(f"the Celery worker did not start:\n{self.said()}")
        Pulse.objects.all().delete()

    def is_there(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def has_work(self) -> bool:
        """Whether it runs and has something to do, as far as it answers: queued, reserved or at work."""
        with app.connection_for_read() as broker:
            if any(broker.default_channel.queue_declare(lane).message_count for lane in settings.LANES):
                return self.is_there()
        at = app.control.inspect([NAME], timeout=5)
        answers = (ask() for ask in (at.scheduled, at.reserved, at.active))
        return self.is_there() and any(answer is None or any(answer.values()) for answer in answers)

    def wait(self, done: Callable[[], bool]) -> bool:
        """Wait for what it does, as long as it works at anything; the caller asserts on the answer.

        Arguments: what to wait for. Returns: whether it came true; False at once when it has no work left.
        """
        return wait_until(done, alive=self.has_work)

    def rest(self) -> None:
        """Wait until it has no work left."""
        wait_until(lambda: not self.has_work())

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

    def lose_children(self) -> None:
        """Kill the processes that do its work, as a system without memory does; it makes itself new ones."""
        for listed in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for child in listed.read_text().split():
                os.kill(int(child), signal.SIGKILL)

    def said(self, lines: int = 40) -> str:
        """The last lines it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def wait_until(done: Callable[[], bool], *, alive: Callable[[], bool] = lambda: True) -> bool:
    """Wait until something has happened, however slow the machine is; the caller asserts on the answer.

    Arguments: what to wait for, and whether it may still happen, which is asked from time to time. Returns: whether
    it came true; False at once when it can no longer, and when it never ends.
    """
    end, rounds = time.monotonic() + GIVE_UP, 0
    while not done():
        if time.monotonic() > end or (rounds % 20 == 19 and not alive()):
            return done()  # it may have been the last thing it did
        rounds += 1
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

"""A PostgreSQL or a Redis of one test, which it stops and starts again while people work."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from kombu import pools

from qualitymonth.celery import app
from qualitymonth.environment import cache_url
from tests.servers import postgres, postgres_again, redis, redis_again
from tests.worker import url_of_the_test_database

UNSYNCED = ["fsync=off", "synchronous_commit=off"]


class Switch:
    """A server that is stopped and started."""

    def __init__(self, start: Callable[[], AbstractContextManager[Any]]) -> None:
        self.start, self.stack = start, ExitStack()

    def on(self) -> None:
        """Start it and wait until it answers."""
        self.stack.enter_context(self.start())
        connection.close()  # as each request of a web process does with a connection that is dead

    def off(self) -> None:
        """Stop it."""
        self.stack.close()


@contextmanager
def redis_of_its_own(settings: Any) -> Iterator[tuple[Switch, str]]:
    """Cache and queue of this process are a Redis of its own. Yields: its switch and its address; it runs."""
    broker = app.conf.broker_url
    with TemporaryDirectory(prefix="quality-month-redis-") as name:
        folder = Path(name)
        with redis(folder) as url:
            at = urlsplit(url)
        # A process started beside this one takes the number of this one (tests/settings.py).
        url = at._replace(path=urlsplit(settings.REDIS_URL).path).geturl()
        switch = Switch(lambda: redis_again(folder, at.port or 0, at.password or ""))
        switch.on()
        backend = {"BACKEND": "workflow.quiet_cache.QuietRedisCache", "LOCATION": cache_url(url)}
        settings.CACHES = {**settings.CACHES, "default": backend, "previews": backend}
        settings.REDIS_URL = url
        asks_of(url)
        try:
            yield switch, url
        finally:
            asks_of(broker)
            switch.off()


@contextmanager
def database_of_its_own() -> Iterator[Switch]:
    """The rows of this process are in a PostgreSQL of its own, with all tables. Yields: its switch; it runs."""
    with TemporaryDirectory(prefix="quality-month-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        (folder / "postgres").mkdir()
        with postgres(folder / "postgres") as url:
            copy_tables(url)
        at, kept = urlsplit(url), dict(connection.settings_dict)
        switch = Switch(lambda: postgres_again(folder / "postgres", at.port or 0, UNSYNCED))
        switch.on()
        connection.settings_dict |= {"PORT": at.port, "NAME": "postgres", "PASSWORD": at.password, "USER": at.username}
        try:
            yield switch
        finally:
            connection.close()
            connection.settings_dict |= kept
            switch.off()


def copy_tables(database_url: str) -> None:
    """The tables of the test database, without rows but those of migrations."""
    dump = subprocess.run(["pg_dump", url_of_the_test_database()], capture_output=True, check=True)
    subprocess.run(["psql", "-q", database_url], input=dump.stdout, stdout=subprocess.DEVNULL, check=True)


def asks_of(broker: str) -> None:
    """The queue of this process is there."""
    app.conf.broker_url = broker
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@contextmanager
def running(redis_url: str, *commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes of the house beside it (worker, beat) on the test database and that Redis, stopped at the end."""
    environment = os.environ | {"DATABASE_URL": url_of_the_test_database(), "REDIS_URL": redis_url}
    environment |= {"QUALITY_MONTH_TEST_PULSE": "1"}
    started = [subprocess.Popen(each, env=environment, stderr=subprocess.DEVNULL) for each in commands]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
            process.wait()

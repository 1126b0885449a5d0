"""PostgreSQL and Redis of one test, which it stops and starts again while people work."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from qualitymonth.celery import app
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


@dataclass
class Servers:
    """Both, with their addresses."""

    database: Switch
    redis: Switch
    database_url: str
    redis_url: str


@contextmanager
def servers_of_its_own(settings: Any) -> Iterator[Servers]:
    """The house on a PostgreSQL and a Redis of its own, its tables empty.

    Arguments: pytest's settings. Yields: the servers, both running.
    """
    with TemporaryDirectory(prefix="quality-month-servers-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)
        for each in ("postgres", "redis"):
            (folder / each).mkdir()
        with postgres(folder / "postgres") as database_url, redis(folder / "redis") as redis_url:
            copy_tables(database_url)
        at, queue = urlsplit(database_url), urlsplit(redis_url)
        found = Servers(
            Switch(lambda: postgres_again(folder / "postgres", at.port or 0, UNSYNCED)),
            Switch(lambda: redis_again(folder / "redis", queue.port or 0, queue.password or "")),
            database_url,
            redis_url,
        )
        for switch in (found.database, found.redis):
            switch.on()
            stack.callback(switch.off)
        stack.enter_context(on(settings, found))
        yield found


def copy_tables(database_url: str) -> None:
    """The tables of the test database, without rows but those of migrations."""
    dump = subprocess.run(["pg_dump", url_of_the_test_database()], capture_output=True, check=True)
    subprocess.run(["psql", "-q", database_url], input=dump.stdout, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def on(settings: Any, servers: Servers) -> Iterator[None]:
    """Database, cache and queue of this process are these servers'."""
    at, kept, broker = urlsplit(servers.database_url), dict(connection.settings_dict), app.conf.broker_url
    connection.close()
    connection.settings_dict |= {"PORT": at.port, "NAME": "postgres", "PASSWORD": at.password, "USER": at.username}
    place = servers.redis_url.removesuffix("/0")
    backend = {"BACKEND": "workflow.quiet_cache.QuietRedisCache", "LOCATION": f"{place}/1"}
    settings.CACHES = {**settings.CACHES, "default": backend, "previews": backend}
    settings.REDIS_URL = servers.redis_url
    asks_of(servers.redis_url)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= kept
        asks_of(broker)


def asks_of(broker: str) -> None:
    """The queue of this process is there."""
    app.conf.broker_url = broker
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None


@contextmanager
def running_on(servers: Servers, *commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes of the house beside it (worker, beat) on the same servers, killed at the end."""
    environment = os.environ | {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    environment |= {"QUALITY_MONTH_TEST_PULSE": "1"}
    started = [subprocess.Popen(each, env=environment, stderr=subprocess.DEVNULL) for each in commands]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
            process.wait()

"""The site as it is served: gunicorn with the file of deploy/, and a worker, as processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.servers import free_port
from tests.worker import url_of_the_test_database, wait_until

GUNICORN = [sys.executable, "-m", "gunicorn", "qualitymonth.wsgi", "--config", "deploy/gunicorn.conf.py"]
WORKER = [
    sys.executable, "-m", "celery", "--quiet", "-A", "qualitymonth", "worker", "--queues", "quick",
    "--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning",
]  # fmt: skip


class Served:
    """The running site, on the test database and with a queue of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port = folder, free_port()
        # tests.settings puts the queue below its folder: nobody else's worker takes what is asked here
        own = {"QUALITY_MONTH_TEST_FOLDER": str(folder), "VAR_DIR": str(folder / "var"), "REDIS_URL": ""}
        own |= {"DATABASE_URL": url_of_the_test_database(), "BIND": f"127.0.0.1:{self.port}", "LOG_FORMAT": "json"}
        self.environment = os.environ | own | environment
        self.web = self.start("web", GUNICORN)
        self.worker = self.start("worker", WORKER)

    def start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a process; ``said`` has what it writes."""
        with (self.folder / name).open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self, name: str) -> list[str]:
        """The lines a process has written."""
        return (self.folder / name).read_text().splitlines()

    def get(self, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Ask it. Returns: status, page, headers."""
        body = urllib.parse.urlencode(data).encode() if data else None
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode(), dict(answer.headers)

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return self.get("/livez")[0] == 200
        except OSError:
            return False

    def stop(self) -> None:
        """Stop both, and their children."""
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            try:
                process.wait(30)
            finally:
                with_children(process.pid, signal.SIGKILL)


def with_children(pid: int, number: int) -> None:
    """Send a signal to what is left of a process and its children."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """The site, while the block runs. Arguments: a folder for it; more of its environment."""
    site = Served(folder, **environment)
    try:
        assert wait_until(site.is_up, alive=lambda: site.web.poll() is None), site.said("web")
        yield site
    finally:
        site.stop()


def token_of(page: str) -> str:
    """The token of a page's form."""
    found: Any = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return str(found[1])

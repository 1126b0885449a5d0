"""A keep-alive HTTP client and a gunicorn of our own, for benchmarks of pages."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie

from bench import frame
from tests.servers import free_port

WORKERS = 2
START_SECONDS = 60
Before = Callable[[], object]
PRODUCT = "qualitymonth.wsgi"
BARE = "django.core.wsgi:get_wsgi_application()"
"""What gunicorn serves: the product, or whatever project the environment's settings describe."""


class Visitor:
    """One browser, in which people are signed in: one connection, kept open, and the cookies that pages set."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.kilobytes: dict[str, float] = {}
        self.cookies: dict[str, str] = {}

    def get(self, path: str, cookie: str) -> float:
        """Fetch a page whole.

        Arguments: its address, the cookie of the person. Returns: milliseconds.
        Raises: RuntimeError when it is anything but a page (200).
        """
        headers = {"Cookie": self.cookies.get(cookie, cookie), "Accept-Language": "zh-CN"}
        start = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status} {answer.getheader('Location') or ''}")
        self.kilobytes[path] = round(len(body) / 1024, 1)
        if given := answer.getheader("Set-Cookie"):
            more = [f"{each.key}={each.value}" for each in SimpleCookie(given).values()]
            self.cookies[cookie] = "; ".join([cookie, *more])
        return taken


def visits(visitors: list[Visitor], path: str, cookie: str, times: int, before: Before = lambda: None) -> list[float]:
    """Fetch a page with all visitors at once.

    Arguments: the visitors, the page, whose cookie, how often each fetches it, what is done before each fetch and not
    counted. Returns: milliseconds of every fetch.
    """

    def fetch(visitor: Visitor) -> float:
        before()
        return visitor.get(path, cookie)

    with ThreadPoolExecutor(len(visitors)) as pool:
        parts = pool.map(lambda visitor: [fetch(visitor) for _ in range(times)], visitors)
        return [taken for part in parts for taken in part]


@contextmanager
def gunicorn(environment: dict[str, str], serves: str = PRODUCT, nice: int = 0) -> Iterator[tuple[int, int]]:
    """The site as an office runs it: two gunicorn workers with four threads each.

    Arguments: the environment it is to run in, what it serves, and how far it stands back (nice).
    Yields: its port and the process id of its master.
    Raises: RuntimeError when it does not answer within a minute.
    """
    port = free_port()
    command = ["nice", "-n", str(nice), sys.executable, "-m", "gunicorn", serves, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", "4", "--keep-alive", "60", "--log-level", "warning"]
    surroundings = os.environ | environment | {"MALLOC_ARENA_MAX": "1"}  # as in the Procfile
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=frame.TOP, env=surroundings, stderr=log)
        try:
            wait_for(port, process)
            yield port, process.pid
        except Exception:
            log.seek(0)
            print("".join(log.readlines()[-20:]), file=sys.stderr)
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises: RuntimeError when it ended or takes over a minute."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("gunicorn did not start")


class Memory:
    """What the web processes hold."""

    def __init__(self, master: int) -> None:
        self.processes = [pid for pid in frame.descendants(master) if pid != master]

    def reset(self) -> None:
        """Count peaks from now on."""
        for pid in self.processes:
            frame.forget_peak(pid)

    def peak(self) -> float:
        """The most one of them held, in MB."""
        return max(frame.peak_of(pid) for pid in self.processes)

    def now(self) -> tuple[float, float]:
        """MB of the largest at this moment: all it holds, and its share of what several processes hold."""
        return max(map(frame.resident, self.processes)), max(map(frame.share, self.processes))

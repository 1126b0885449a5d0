"""The whole house as an office runs it, for benchmarks that break parts of it: nginx, gunicorn, Redis, the workers."""

from __future__ import annotations

import os
import random
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bench import frame
from bench.client import gunicorn
from tests.servers import ServerError, free_port, redis_again, running

CALM = (0.5, 4.0)
"""Seconds between two troubles: at least, at most."""
DOWN = 1.0
"""Seconds a Redis stays away."""


class House:
    """Its processes; each can be killed and comes again by itself, as systemd would have it."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder, self.stack = environment, folder, ExitStack()
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.masters: list[int] = []
        self.port = 0

    def __enter__(self) -> House:
        try:
            self.start()
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for each in self.workers.values():
            each.terminate()
        for each in self.workers.values():
            each.wait(60)
        self.stack.close()

    def start(self) -> None:
        """Redis first, then what asks it."""
        (self.folder / "redis").mkdir()
        port, password = quiet_port(), secrets.token_hex(16)
        self.again = lambda: redis_again(self.folder / "redis", port, password)
        self.redis = self.again()
        self.redis.__enter__()
        self.stack.callback(lambda: self.redis.__exit__(None, None, None))
        self.environment["REDIS_URL"] = f"redis://:{password}@127.0.0.1:{port}/0"
        for name in ("worker", "press", "beat"):
            self.work(name)
        pages, uploads = (self.stack.enter_context(gunicorn(self.environment, nice=nice)) for nice in (0, 5))
        self.masters = [pages[1], uploads[1]]
        self.port = self.stack.enter_context(nginx(self.folder, pages[0], uploads[0], self.environment["MEDIA"]))

    def work(self, name: str) -> None:
        """Start a worker as the Procfile does."""
        lines = (frame.TOP / "Procfile").read_text()
        found = re.search(rf"^{name}: exec (.*)$", lines, re.M)
        assert found, f"the Procfile starts no {name}"
        command = shlex.split(found[1].replace("${JOB_WORKERS:-2}", "2"))
        place = command.index("celery")
        command[place : place + 1] = [sys.executable, "-m", "celery"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.workers[name] = subprocess.Popen(
                command, cwd=frame.TOP, env=os.environ | self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    # --- troubles -------------------------------------------------------------------------------------------------

    def kill_a_web_process(self) -> None:
        """One of gunicorn's workers dies; its master starts another."""
        master = random.choice(self.masters)
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with suppress(ProcessLookupError, IndexError):
            os.kill(int(random.choice(children)), signal.SIGKILL)

    def kill_a_worker(self) -> None:
        """A worker dies with its children and is started again."""
        name = random.choice(list(self.workers))
        with suppress(ProcessLookupError):
            os.killpg(self.workers[name].pid, signal.SIGKILL)
        self.workers[name].wait()
        self.work(name)

    def lose_redis(self) -> None:
        """Redis goes and comes again empty."""
        self.redis.__exit__(None, None, None)
        time.sleep(DOWN)
        self.redis = self.again()
        self.redis.__enter__()


def quiet_port() -> int:
    """A free port below those that connections take for their own end (ip(7), ip_local_port_range).

    While a server is away, somebody who tries to reach it from a port of that range may get its very own.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Troubles:
    """Parts of the house that die at random moments, until it is over; ``number`` of each."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.kinds: list[Callable[[], None]] = [house.kill_a_web_process, house.kill_a_worker, house.lose_redis]
        self.number = {each.__name__: 0 for each in self.kinds}
        self.over = threading.Event()
        self.failed: Exception | None = None

    def go_on(self) -> None:
        """One after the other; what cannot be started again ends it, and is raised at the end."""
        try:
            self.one_after_the_other()
        except Exception as error:
            self.failed = error

    def one_after_the_other(self) -> None:
        """Until it is over."""
        turn = 0
        while not self.over.wait(random.uniform(*CALM)):
            trouble = self.kinds[turn % len(self.kinds)]
            trouble()
            self.number[trouble.__name__] += 1
            turn += 1

    def __enter__(self) -> Troubles:
        self.thread = threading.Thread(target=self.go_on)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()
        if self.failed:
            raise self.failed
        self.house.lose_redis()  # started by a thread that ended, it would be told to end as well (PR_SET_PDEATHSIG)


@contextmanager
def nginx(folder: Path, pages: int, uploads: int, media: str) -> Iterator[int]:
    """The nginx of ``deploy/nginx.conf`` on loopback, without its certificate.

    Arguments: a folder, the ports of the site for pages and for what comes with files, where its files are.
    Yields: its port. Raises: ServerError.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        raise ServerError("nginx was not found: apt-get install nginx-light")
    at, top = free_port(), folder / "nginx"
    top.mkdir()
    (top / "conf").write_text(configuration(top, at, {8000: pages, 8001: uploads}, media.removeprefix("file://")))
    log = top / "log"
    ready = top / "pid"
    command = [program, "-p", str(top), "-c", str(top / "conf"), "-e", str(top / "errors")]
    with running(command, log, ready=ready.exists):
        yield at


def configuration(top: Path, at: int, ports: dict[int, int], media: str) -> str:
    """What nginx is told: the lanes and the places of the office's own file, on other ports."""
    office = (frame.TOP / "deploy" / "nginx.conf").read_text()
    lanes = office[office.index("upstream ") : office.index("server {")]
    places = office[office.index("client_max_body_size") :].replace("/srv/quality/app/var/media/", f"{media}/")
    for theirs, ours in ports.items():
        lanes = lanes.replace(f"127.0.0.1:{theirs}", f"127.0.0.1:{ours}")
    user = "user root;\n" if os.geteuid() == 0 else ""
    own = "".join(f"{kind}_temp_path {top}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return (
        f"{user}daemon off;\npid {top}/pid;\nevents {{ worker_connections 1024; }}\n"
        f"http {{\naccess_log off;\n{own}{lanes}server {{ listen 127.0.0.1:{at};\n{places}\n}}\n"
    )

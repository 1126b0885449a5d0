"""Throwaway PostgreSQL and Redis: free loopback ports, data under a temporary folder, gone afterwards.

As a command: ``python -m tests.servers COMMAND…`` runs it with DATABASE_URL and REDIS_URL set to them, and
TEST_TEMPLATE to a database that has been migrated: each process of a test run copies it.
PostgreSQL refuses to run as root, so root starts it as the user postgres (or nobody).
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg2

START_SECONDS = 60
STOP_SECONDS = 20


class ServerError(RuntimeError):
    """A server could not be started; the message says why."""


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them out of PATH.

    Arguments: ``initdb`` or ``postgres``. Raises: ServerError when PostgreSQL is not installed.
    """
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=version_of, reverse=True)
    found = str(newest_first[0]) if newest_first else shutil.which(name)
    if not found:
        raise ServerError(f"{name} was not found: apt-get install postgresql")
    return found


def version_of(program: Path) -> int:
    """The major version in a path like /usr/lib/postgresql/15/bin/initdb."""
    return int(program.parts[-3])


def unprivileged() -> pwd.struct_passwd | None:
    """The user PostgreSQL is to run as when we are root; None: ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("running as root, and there is neither a user postgres nor nobody to run PostgreSQL as")


def as_user(user: pwd.struct_passwd | None, *, die_with_parent: bool = False) -> list[str]:
    """The words before a command that make it run as that user, and end when this process is killed."""
    words = ["setpriv"]
    if user:
        words += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if die_with_parent and shutil.which("setpriv"):
        words += ["--pdeathsig", "INT"]
    return [*words, "--"] if len(words) > 1 else []


@contextmanager
def running(command: list[str], log: Path, *, ready: Callable[[], bool], text: str = "") -> Iterator[None]:
    """Run a server until the block ends.

    Arguments: the command, where its output goes, what tells that it is ready, its standard input.
    Raises: ServerError with the last lines of its output when it ends early or is not ready in time.
    """
    with log.open("w") as output:
        # A session of its own: Ctrl-C reaches the tests first, and the servers are stopped after them.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, text=True, start_new_session=True
        )
    assert process.stdin
    process.stdin.write(text)
    process.stdin.close()
    try:
        wait_until(ready, process, log)
        yield
    finally:
        stop(process)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[str], log: Path) -> None:
    """Wait until a server is ready. Raises: ServerError when it ends or takes over a minute."""
    end = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise ServerError(f"a server did not start; the end of {log.parent.name}'s output:\n{last}")
        time.sleep(0.05)


def stop(process: subprocess.Popen[str]) -> None:
    """Stop a server at once but in order (SIGINT), or by force after 20 seconds."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def postgres(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL of our own.

    Arguments: an empty folder, and whether it keeps its promises after a power cut (slower; for benchmarks).
    Yields: its DATABASE_URL. Raises: ServerError.
    """
    user, port, password = unprivileged(), free_port(), secrets.token_hex(16)
    data, key = folder / "data", folder / "password"
    data.mkdir(mode=0o700)
    key.write_text(password)
    if user:
        for path in (folder, data, key):
            os.chown(path, user.pw_uid, user.pw_gid)
    initialise(user, data, key)
    promises = [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    with postgres_again(folder, port, promises):
        yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"


@contextmanager
def postgres_again(folder: Path, port: int, more: list[str]) -> Iterator[None]:
    """A PostgreSQL on the files that are there. Arguments: its folder, its port, further options."""
    options = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *more]
    command = [*as_user(unprivileged(), die_with_parent=True), postgres_program("postgres"), "-D", str(folder / "data")]
    command += [word for option in options for word in ("-c", option)]
    log = folder / "log"
    ready = "ready to accept connections"
    with running(command, log, ready=lambda: ready in log.read_text(errors="replace")):
        yield


def initialise(user: pwd.struct_passwd | None, data: Path, key: Path) -> None:
    """Create the files of a PostgreSQL cluster. Raises: ServerError with what initdb said."""
    command = [*as_user(user), postgres_program("initdb"), "-D", str(data), "-U", "postgres", "--no-sync"]
    command += ["--auth=password", f"--pwfile={key}", "--encoding=UTF8", "--locale=C.UTF-8"]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise ServerError(f"initdb failed:\n{done.stderr or done.stdout}")


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis of our own, in memory only.

    Arguments: an empty folder. Yields: its REDIS_URL. Raises: ServerError.
    """
    port, password = free_port(), secrets.token_hex(16)
    with redis_again(folder, port, password):
        yield f"redis://:{password}@127.0.0.1:{port}/0"


@contextmanager
def redis_again(folder: Path, port: int, password: str) -> Iterator[None]:
    """An empty Redis at a port. Raises: ServerError."""
    program = shutil.which("redis-server")
    if not program:
        raise ServerError("redis-server was not found: apt-get install redis-server")
    lines = [f"port {port}", "bind 127.0.0.1", f"requirepass {password}", 'save ""', f"dir {folder}", "databases 64"]
    command = [*as_user(None, die_with_parent=True), program, "-"]
    log = folder / "log"
    ready = "Ready to accept connections"
    with running(command, log, ready=lambda: ready in log.read_text(errors="replace"), text="\n".join(lines)):
        yield


@contextmanager
def servers(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Both servers, as the environment of a program that is to use them.

    Arguments: whether PostgreSQL syncs to disk. Yields: DATABASE_URL and REDIS_URL. Raises: ServerError.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quality-month-servers-")))
        folder.chmod(0o711)  # PostgreSQL's user must reach its own folder below, and nothing else
        for name in ("postgres", "redis"):
            (folder / name).mkdir()
        yield {
            "DATABASE_URL": stack.enter_context(postgres(folder / "postgres", durable=durable)),
            "REDIS_URL": stack.enter_context(redis(folder / "redis")),
        }


def migrated(environment: dict[str, str]) -> dict[str, str]:
    """Make a database with all tables in it on a PostgreSQL, for others to be copied from.

    Arguments: what ``servers`` yields. Returns: the same, and its name as TEST_TEMPLATE. Raises: ServerError.
    """
    server = environment["DATABASE_URL"].rpartition("/")[0]
    connection = psycopg2.connect(environment["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE migrated")
    connection.close()
    there = (
        os.environ | environment | {"DATABASE_URL": f"{server}/migrated", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    )
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=there, capture_output=True, text=True)
    if done.returncode:
        raise ServerError(f"migrate failed:\n{done.stderr}")
    return environment | {"TEST_TEMPLATE": "migrated"}


def main(command: list[str]) -> int:
    """Run a command with both servers beside it. Returns: its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything below is undone
    with servers() as found, subprocess.Popen(command, env=os.environ | migrated(found)) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the command got it too, and tidies up by itself
            return process.wait() or 130
        except SystemExit:
            process.terminate()
            raise


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServerError as error:
        sys.exit(f"✗ {error}")

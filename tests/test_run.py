"""make run as a newcomer meets it: it answers, it stops, and every obstacle is one clear line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port
from tests.worker import GIVE_UP, wait_until

TOP = Path(settings.BASE_DIR)
MARK = "QUALITY_MONTH_TEST_OF_RUN"
OWN = ("DJANGO_SETTINGS_MODULE", "QUALITY_MONTH_TEST_FOLDER", "TEST_DATABASE_FILE", "REDIS_URL", "MAKEFLAGS")
"""What a test run sets for itself and a newcomer's shell does not hold."""


def newcomer(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a newcomer whose data lies in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    kept |= {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "BROKER_DIR": str(folder / "broker")}
    kept |= {"SPT_NOENV": "1"}  # Celery and gunicorn give processes titles, if setproctitle is there; not over MARK
    return kept | {"MEDIA": f"file://{folder / 'media'}", "SECRET_KEY": "", MARK: str(folder)} | more


def still_there(folder: Path) -> list[str]:
    """The commands of all processes that came from a newcomer's make run."""
    mark = f"{MARK}={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
    return found


@contextmanager
def made_to_run(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """make run in a terminal of its own, which is closed at the end whatever happened."""
    with (folder / "said").open("a") as said:
        process = subprocess.Popen(
            ["env", "--default-signal=HUP", "make", "run", f"PORT={port}"],  # a run of tests under nohup ignores it
            cwd=TOP,
            env=newcomer(folder),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(GIVE_UP)


def health(port: int) -> dict[str, bool | str]:
    """What the running site says of itself; nothing while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as unwell:
        return json.load(unwell)
    except (OSError, ValueError):
        return {}


def said_in(folder: Path) -> str:
    """What make run has written so far."""
    return (folder / "said").read_text()


def runs(process: subprocess.Popen[str]) -> Callable[[], bool]:
    """Whether it has not ended."""
    return lambda: process.poll() is None


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a demonstration in it."""
    folder = tmp_path_factory.mktemp("demonstration")
    for words in (["migrate", "--verbosity", "0"], ["seed", "--stage", "draft"]):
        environment = newcomer(folder, DJANGO_SETTINGS_MODULE="tests.settings", TODAY="2015-09-01")
        subprocess.run([sys.executable, "manage.py", *words], cwd=TOP, env=environment, check=True)
    return folder


@pytest.fixture
def seeded(demonstration: Path, tmp_path: Path) -> Path:
    """A copy of it, so that make run finds a demonstration and leaves the clock setting alone."""
    return Path(shutil.copytree(demonstration, tmp_path, dirs_exist_ok=True))


@pytest.mark.servers
def test_everything_starts_together_and_ctrl_c_stops_everything(seeded: Path) -> None:
    port = free_port()
    with made_to_run(seeded, port) as process:
        address = f"Quality Month runs at http://localhost:{port}/"
        assert wait_until(lambda: address in said_in(seeded), alive=runs(process)), said_in(seeded)
        assert wait_until(lambda: bool(health(port).get("ready")), alive=runs(process)), (health(port), said_in(seeded))
        said = said_in(seeded)
        assert len(re.findall(r"^  \S+ +(?:staff|signer|liaison|head|leader|admin) ", said, re.M)) == 6
        assert len([command for command in still_there(seeded) if "celery" in command]) >= 2
        os.killpg(process.pid, signal.SIGINT)
        process.wait(GIVE_UP)
    assert wait_until(lambda: still_there(seeded) == []), still_there(seeded)


@pytest.mark.servers
def test_a_closed_terminal_stops_everything_too(seeded: Path) -> None:
    port = free_port()
    with made_to_run(seeded, port) as process:
        assert wait_until(lambda: health(port).get("database") is True, alive=runs(process)), said_in(seeded)
        os.killpg(process.pid, signal.SIGHUP)
        process.wait(GIVE_UP)
    assert wait_until(lambda: still_there(seeded) == []), still_there(seeded)


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell with the functions of the scripts."""
    start = "".join(f"source scripts/{name}.sh; " for name in ("common", "system", "python"))
    return subprocess.run(
        ["bash", "-c", start + script], cwd=TOP, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_a_missing_package_is_one_exact_command_for_who_is_not_root() -> None:
    done = shell("id() { echo 1000; }; need_packages gettext no-such-package-here")
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends no-such-package-here"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"✗ Please run once: {command}\n")


def test_a_full_disk_is_one_line() -> None:
    done = shell("need_space 999999999")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert re.match(r"✗ No disk space: \d+ MB free under .*, 999999999 MB are needed", done.stderr)


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    """Whatever its name promises, an interpreter must say itself that it is 3.11 or newer."""
    old = tmp_path / "python3.11"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = shell(f"PATH={tmp_path}:$PATH; find_python")
    assert done.returncode == 0
    assert Path(done.stdout.strip()) != old

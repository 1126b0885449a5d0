"""What make run, make test and the benchmarks stand on: ports, servers, the worker, the lock files."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis
from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from playwright.sync_api import Page

from scripts import port
from tests.cast import person as somebody
from tests.servers import ServerError, running, servers
from tests.worker import Worker
from workflow import telling
from workflow.models import Notification

TOP = Path(settings.BASE_DIR)


def lines(name: str) -> list[str]:
    """The lines of a requirements file that name a library."""
    return [line for line in (TOP / name).read_text().splitlines() if line[:1].isalpha()]


def library(line: str) -> str:
    """The normalised name of the library in such a line."""
    return re.sub("[-_.]+", "-", re.split(r"[\[~=<>; ]", line)[0].lower())


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        expected = f"Port {number} is in use: choose another with make run PORT={number % 65535 + 1}"
        assert port.trouble("127.0.0.1", str(number)) == expected
    assert port.trouble("127.0.0.1", str(number)) == ""


@pytest.mark.parametrize("given", ["", "web", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(given: str) -> None:
    assert port.trouble("127.0.0.1", given).startswith(f"PORT={given} is no port")


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        pytest.raises(ServerError, match="no room on the disk"),
        running([sys.executable, "-c", "exit('no room on the disk')"], log, ready=lambda: False),
    ):
        pytest.fail("it did not start")


@pytest.mark.servers
def test_throwaway_servers_keep_their_data_to_themselves_and_leave_nothing() -> None:
    with servers() as environment:
        database = psycopg2.connect(environment["DATABASE_URL"])
        with database.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = Path(cursor.fetchone()[0]).parent.parent
        database.close()
        store = redis.Redis.from_url(environment["REDIS_URL"])
        assert store.set("greeting", "你好")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(re.sub("//.*@", "//", environment["REDIS_URL"])).ping()
        assert folder.name.startswith("quality-month-servers-")
    assert not folder.exists()
    with pytest.raises(redis.ConnectionError):
        store.ping()


@pytest.mark.worker
def test_a_real_worker_writes_where_the_test_reads(celery_worker: Worker) -> None:
    told = Notification.objects.filter(key="hello")
    telling.notify([somebody("reader")], "Hello", key="hello", url="/")
    assert celery_worker.wait(lambda: told.filter(deliveries__delivered_at__isnull=False).exists())


def test_lock_files_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (TOP / name).read_text()
        assert re.findall(r"--(?:index|find|extra)\S*|\"resolved\"|file:/", text) == []


def test_what_is_locked_is_what_is_asked_for() -> None:
    """Every library named in requirements.in is pinned, and production pins nothing of the tests'."""
    wanted = {library(line) for line in lines("requirements.in")}
    pinned = {library(line) for line in lines("requirements.txt")}
    assert wanted - pinned == set()
    assert pinned & {"pytest", "ruff", "mypy", "playwright"} == set()


@pytest.mark.parametrize("python", ["3.11.2", "3.12.0", "3.13.0"])
def test_what_is_locked_suffices_for_every_python_that_is_supported(python: str) -> None:
    """The lock file is compiled by one Python; libraries ask for more on another (Debian 12 has 3.11.2)."""
    everything = {library(line) for name in ("requirements.txt", "requirements-dev.txt") for line in lines(name)}
    needs = {name: metadata.distribution(name).metadata.get("Requires-Python", "") for name in everything}
    assert [name for name, which in needs.items() if python not in SpecifierSet(which or "")] == []
    of = {"python_full_version": python, "python_version": python.rpartition(".")[0], "extra": ""}
    pinned = {library(line) for line in lines("requirements.txt")}
    asked = (Requirement(each) for name in pinned for each in metadata.distribution(name).requires or ())
    wanted = {library(each.name) for each in asked if each.marker is None or each.marker.evaluate(of)}
    assert wanted - pinned == set()


@pytest.mark.parametrize("script", sorted(path.name for path in (TOP / "scripts").glob("*.sh")))
def test_scripts_are_proper_shell(script: str) -> None:
    done = subprocess.run(["bash", "-n", f"scripts/{script}"], cwd=TOP, capture_output=True, text=True)
    assert done.stderr == ""


@pytest.mark.browser
def test_chromium_opens_the_site_and_fetches_nothing_from_anywhere_else(page: Page, live_server: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.evaluate("document.fonts.ready.then(() => getComputedStyle(document.body).fontFamily)")
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert any(url.endswith(".css") for url in asked)

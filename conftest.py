"""What every test of the house gets: a clean cache, tasks in process or by a real worker, Chromium."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import timezone
from whitenoise import WhiteNoise

from qualitymonth.celery import app as celery_app
from tests.emptying import empty
from tests.worker import Worker
from workflow import clock
from workflow.listing.followed import forget_all
from workflow.listing.held import forget_held

# The same examples in every run: a run that is red is red for everybody. Explore with --hypothesis-profile default.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile("house")

# Without the network flags Chromium looks up its maker's hosts at every start; an office network refuses.
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The same browser under its names; without a window to draw it takes half the CPU, so that one comes first."""
NEED_COMMITS = ("browser", "worker")  # another thread or process must see what the test writes
LONG = (*NEED_COMMITS, "servers", "slow")
KINDS = {
    "page": ("tests.pages", "django.test.client", "tests.cast.signed_in"),
    "paper": ("documents.paper", "documents.word", "documents.book", "documents.sources.tests.producers"),
}
"""Whose names a test file holds when it opens pages or sets paper, of which ``make test-quick`` does neither."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that another process takes part in a database that really commits, and put long files first."""
    for item in items:
        if any(item.get_closest_marker(name) for name in NEED_COMMITS):
            item.add_marker(pytest.mark.django_db(transaction=True), append=False)
        for kind in kinds_of(item.getparent(pytest.Module).obj):  # type: ignore[union-attr]
            item.add_marker(kind)
    # Processes that share a run take file by file: the long ones first, so that they end together.
    long = {item.path for item in items if any(item.get_closest_marker(name) for name in LONG)}
    items.sort(key=lambda item: item.path not in long)


@cache
def kinds_of(file: Any) -> list[str]:
    """What a file of tests does, by where the names in it come from."""
    held = vars(file).values()
    come_from = {f"{each.__module__}.{getattr(each, '__name__', '')}" for each in held if hasattr(each, "__module__")}
    return [kind for kind, begins in KINDS.items() if any(each.startswith(begins) for each in come_from)]


def pytest_collection_finish() -> None:
    """What is there from now to the end (Django, all tests) is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what failed before this run (make test), so that the closing line is not read alone."""
    if earlier := os.environ.get("EARLIER_FAILURES"):
        terminalreporter.section("failed before this run", red=True, bold=True)
        terminalreporter.write_line(earlier)


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """No test finds what another one left in the cache."""
    yield
    for name in settings.CACHES:
        caches[name].clear()
    forget_all()
    forget_held()


@pytest.fixture(scope="session", autouse=True)
def in_working_hours() -> Iterator[None]:
    """Tests begin at ten whatever the hour, and go on from there: at seven in the evening nothing is sent any more."""
    begun = timezone.localtime()
    ahead = begun.replace(hour=10, minute=0) - begun
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "by_the_wall", lambda: timezone.localtime() + ahead)
        yield


@pytest.fixture(scope="session", autouse=True)
def only_what_was_written_is_emptied() -> Iterator[None]:
    """See ``tests/emptying.py``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_are_listed_once() -> Iterator[None]:
    """Each test client makes middleware of its own, and WhiteNoise's looks through all static files when it is made."""
    look, listed = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def list_once(self: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in listed:
            look(self, root, prefix)
            listed[root, prefix] = dict(self.files)
        self.files.update(listed[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", list_once)
        yield


@pytest.fixture(scope="session")
def known_tasks() -> None:
    """Tasks asked for by name are known here, as in a worker. Once: Celery has Django check every model each time."""
    celery_app.loader.import_default_modules()


@pytest.fixture(autouse=True)
def tasks(request: pytest.FixtureRequest, known_tasks: None) -> Iterator[None]:
    """Run tasks at once and in process, or leave them to a real worker (marker ``worker``)."""
    real = request.node.get_closest_marker("worker") is not None
    celery_app.conf.task_always_eager = not real
    worker: Worker | None = request.getfixturevalue("celery_worker") if real else None
    yield
    if worker:
        worker.rest()  # what it still does belongs to this test


@pytest.fixture(scope="session")
def celery_worker(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Worker]:
    """A real Celery worker on the test database and the broker of this run; ``worker.log`` has its output."""
    with django_db_blocker.unblock():
        worker = Worker(tmp_path_factory.mktemp("worker") / "log")
        worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def worker(celery_worker: Worker) -> Iterator[Worker]:
    """The worker, which runs again for the next test whatever happens in this one: it may be killed."""
    yield celery_worker
    if celery_worker.process.poll() is not None:
        celery_worker.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the worker said when a test that needs it fails."""
    report = yield
    worker = getattr(item, "funcargs", {}).get("celery_worker")
    if worker and report.failed:
        report.sections.append(("what the worker said", worker.said()))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one; root has no sandbox."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not chromium:
        pytest.fail("Chromium is not installed: make test does it (apt-get install chromium).")
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """The site under test: ``page.goto("/")`` opens its home page."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser that speaks Chinese and lives at Beijing time."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": settings.TIME_ZONE,
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder of its own for what this test uploads."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path

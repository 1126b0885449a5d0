"""Windows for the people of the September, and pictures of them when something fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client

from activities.models import Assignment
from tests import september
from tests.browser.desk import NARROW, WIDE, Desk
from tests.cast import filed_plan
from tests.september import person
from tests.worker import wait_until

Desks = Callable[..., Desk]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Every desk says itself how wide its window is."""
    return {name: value for name, value in browser_context_args.items() if name != "viewport"}


class Answering:
    """What the site is being asked at this moment; pages ask by themselves, also while a test ends."""

    def __init__(self) -> None:
        self.asked = self.answered = 0
        request_started.connect(self.begins)
        request_finished.connect(self.ends)

    def begins(self, **_more: Any) -> None:
        self.asked += 1

    def ends(self, **_more: Any) -> None:
        self.answered += 1

    def wait(self) -> None:
        """Let it answer everything: emptying the tables under a request is a deadlock."""
        wait_until(lambda: self.answered >= self.asked)
        request_started.disconnect(self.begins)
        request_finished.disconnect(self.ends)


@pytest.fixture
def desks(new_context: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Desks]:
    """``desks("staff")`` is a window in which this person has signed in.

    ``narrow`` and ``script`` vary the window; without ``form`` the person is signed in before it opens.
    """
    opened: list[Desk] = []
    request.node.desks = opened
    answering = Answering()

    def at_desk(username: str, *, narrow: bool = False, script: bool = True, form: bool = True) -> Desk:
        context = new_context(viewport=NARROW if narrow else WIDE, java_script_enabled=script, is_mobile=narrow)
        desk = Desk(context.new_page(), live_server.url, script=script)
        opened.append(desk)
        if form:
            desk.sign_in(username)
        else:
            context.add_cookies([session_of(username, live_server.url)])
        return desk

    yield at_desk
    for desk in opened:
        desk.page.context.close()
    answering.wait()
    assert [line for desk in opened for line in desk.trouble] == []


def session_of(username: str, url: str) -> dict[str, str]:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person(username))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


@pytest.fixture
def today(settings: Any) -> Callable[[date], None]:
    """Set the day the site takes it to be; the server runs in the test's own process."""

    def is_now(day: date) -> None:
        settings.TODAY = day

    return is_now


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Name a picture of every open window in the report of a failed test."""
    report: Any = yield
    if report.when == "call" and report.failed:
        folder = Path(item.config._tmp_path_factory.mktemp("pictures"))  # type: ignore[attr-defined]
        lines = [picture(desk, folder / f"{number}.png") for number, desk in enumerate(getattr(item, "desks", []))]
        report.sections.append(("windows", "\n".join(lines)))
    return report


def picture(desk: Desk, path: Path) -> str:
    """Take a picture of a window. Returns: a line for the report."""
    try:
        desk.page.screenshot(path=path, full_page=True)
    except Exception as error:  # a picture must never hide why the test failed
        return f"{desk.page.url}: no picture ({error})"
    return f"{desk.page.url}: {path}"


@pytest.fixture
def plan(today: Callable[[date], None]) -> Assignment:
    """A plan the unit filed."""
    september.issued()
    today(september.PLANNED)
    found = september.owed("plan")[0]
    filed_plan(found, september.person("liaison-futian"))
    return found

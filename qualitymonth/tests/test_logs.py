"""The log: a line of JSON for each request, with the number that its error page shows, and nothing anybody typed."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from activities.behalf import links
from qualitymonth.environment import log_format
from qualitymonth.log_lines import JsonLines, without_words
from tests.cast import Cast, issued, signed_in, text
from tests.pages import opened, press
from workflow import queue
from workflow.request_number import bound, current

TYPED = "a-word-that-was-typed"


class Log:
    """What was written since, through the formatter of production."""

    def __init__(self) -> None:
        self.out = StringIO()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == logger]


@pytest.fixture
def log() -> Iterator[Log]:
    found = Log()
    handler = logging.StreamHandler(found.out)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def cast(db: None) -> Cast:
    return issued()


def test_a_request_is_one_line_with_view_rows_status_and_account(cast: Cast, log: Log) -> None:
    row = cast.owed(cast.water, "plan")
    answer = signed_in(cast.liaison).get(f"{row.get_absolute_url()}?q={TYPED}")
    (line,) = log.of("qualitymonth.requests")
    assert line.pop("ms") >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", line.pop("time"))
    assert line.pop("message").startswith(f"GET activities:plan {row.pk} 200 ")
    assert line == {
        "level": "INFO", "logger": "qualitymonth.requests", "request": answer["X-Request-ID"], "method": "GET",
        "view": "activities:plan", "rows": [row.pk], "status": 200, "user": cast.liaison.pk,
    }  # fmt: skip


def test_nothing_that_was_typed_and_no_name_comes_into_the_log(cast: Cast, log: Log) -> None:
    """A wrong password, words sought, a page that is not there, a link with its secret, a form that is sent."""
    plan = cast.owed(cast.water, "plan")
    link, secret = links.make(
        cast.campaign, cast.water, [plan],
        person=TYPED, until=cast.campaign.ends_on, uses=9, by=cast.staff,
    )  # fmt: skip
    press(Client(), "/sign-in/", username=TYPED, password=TYPED)
    liaison = signed_in(cast.liaison)
    liaison.get(f"/campaigns/?q={TYPED}")
    liaison.get(f"/{TYPED}/")
    press(liaison, reverse("feedback:mine"), "Send", text=TYPED)
    visitor = Client()
    visitor.get(reverse("activities:link", args=[secret]), follow=True)
    assert visitor.get(plan.get_absolute_url()).status_code == 200
    said = log.out.getvalue()
    assert [words for words in (TYPED, secret, "liaison") if words in said] == []
    views = [line["view"] for line in log.of("qualitymonth.requests")]
    assert views[:4] == ["accounts:sign-in", "accounts:sign-in", "campaigns:campaigns", "-"]
    assert {line.get("link") for line in log.of("qualitymonth.requests")} == {None, link.pk}


def test_a_failure_shows_the_number_that_stands_in_the_log_with_its_place(
    cast: Cast, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise ValueError(f"could not read {TYPED!r} of {TYPED}@example.com")

    monkeypatch.setattr("reports.views.home.unit_part", fail)
    answer = signed_in(cast.liaison, raise_request_exception=False).get(f"/?q={TYPED}")
    number = answer["X-Request-ID"]
    assert (answer.status_code, f"tell the administrator this number: {number}" in strong(answer)) == (500, True)
    failure, line = log.lines
    assert (failure["request"], line["request"], line["status"]) == (number, number, 500)
    assert (failure["level"], failure["message"]) == ("ERROR", "Internal Server Error")
    assert failure["exc_info"].splitlines()[-1] == "ValueError: could not read “…” of …@…"
    assert "in fail" in failure["exc_info"]
    assert TYPED not in log.out.getvalue()


def strong(answer: Any) -> str:
    return re.sub(r"</?strong>", "", text(answer))


def test_what_postgresql_says_of_a_row_is_left_out(cast: Cast, log: Log) -> None:
    taken = cast.liaison.username
    try:
        with transaction.atomic():
            get_user_model().objects.create(username=taken, name=TYPED)
    except IntegrityError:
        logging.getLogger("qualitymonth").exception("not saved")
    (line,) = log.lines
    assert (line["message"], "IntegrityError: " in line["exc_info"]) == ("not saved", True)
    assert (taken in line["exc_info"], TYPED in line["exc_info"]) == (False, False)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("invalid literal for int() with base 10: '陈某'", "invalid literal for int() with base 10: “…”"),
        ("没有叫“陈某”的单位", "没有叫“…”的单位"),
        ("(550, b'no such user a@example.com')", "(550, b“…”)"),
        ("<a.b@example.com>: refused", "<…@…>: refused"),
        ("duplicate key\nDETAIL:  Key (name)=(陈某) already exists.", "duplicate key"),
        ("", ""),
    ],
)
def test_the_text_of_an_error_loses_what_somebody_may_have_typed(said: str, left: str) -> None:
    assert without_words(said) == left


def test_an_error_named_in_a_line_loses_them_too(log: Log) -> None:
    error = ValueError(f"no account '{TYPED}' of {TYPED}@example.com")
    logging.getLogger("qualitymonth").warning("%s refused: %s", "the provider", error)
    assert log.lines[0]["message"] == "the provider refused: no account “…” of …@…"


def test_of_the_system_the_file_is_named(log: Log) -> None:
    try:
        Path("/nowhere/at/all").read_text()
    except OSError:
        logging.getLogger("qualitymonth").exception("not read")
    last = log.lines[0]["exc_info"].splitlines()[-1]
    assert last == "FileNotFoundError: [Errno 2] No such file or directory: /nowhere/at/all"


def test_a_number_of_the_proxy_is_kept_and_nothing_else_is(cast: Cast, log: Log) -> None:
    given = ["a1b2c3d4e5f6", "short", "x" * 65, "with space", "line\nbreak"]
    taken = [Client().get("/sign-in/", headers={"X-Request-ID": each})["X-Request-ID"] for each in given]
    assert taken[0] == given[0]
    assert all(re.fullmatch(r"\d{10}", each) for each in taken[1:])
    assert [line["request"] for line in log.lines] == taken


def test_outside_a_request_there_is_no_number(cast: Cast) -> None:
    signed_in(cast.liaison).get("/")
    assert current() == ""


def test_what_a_request_asks_of_a_worker_carries_its_number(cast: Cast, log: Log) -> None:
    with bound("0123456789"):
        queue.ask("workflow.deliver")
    lines = {line["task"]: line for line in log.of("qualitymonth.jobs")}
    assert lines.keys() == {"workflow.deliver", "workflow.send_by"}  # the one asks for the other
    assert {(line["request"], line["status"]) for line in lines.values()} == {("0123456789", "SUCCESS")}
    queue.ask("workflow.deliver")
    assert re.fullmatch(r"\d{10}", log.of("qualitymonth.jobs")[-1]["request"])


def test_a_task_that_fails_says_why_and_not_what_it_was_given(
    cast: Cast, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise ValueError(f"no “{TYPED}”")

    monkeypatch.setattr("workflow.channels.sending.hand_on", fail)
    queue.ask("workflow.deliver")
    failure, line = log.lines
    assert (failure["message"], failure["request"]) == ("workflow.deliver failed", line["request"])
    assert failure["exc_info"].endswith("ValueError: no “…”")
    assert line["status"] == "FAILURE"


def test_people_read_plain_lines_and_a_wrong_word_is_refused(cast: Cast, settings: Any) -> None:
    assert settings.LOG_FORMAT == "line"
    assert opened(Client(), "/sign-in/").html.h1
    with pytest.raises(Exception, match="LOG_FORMAT: 'xml' is neither line nor json"):
        log_format("xml")

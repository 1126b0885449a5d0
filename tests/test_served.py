"""gunicorn and a worker as processes: what they write, and the figures that all of them add up to."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from feedback.models import Feedback
from tests.cast import issued, signed_in
from tests.served import Served, served, token_of
from tests.worker import wait_until
from workflow.channels.sending import hand_on
from workflow.models import Delivery

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]


def lines(site: Served, name: str) -> list[dict[str, Any]]:
    """What a process wrote: JSON, but for what Celery prints past the log when a worker comes and goes."""
    return [json.loads(line) for line in site.said(name) if name == "web" or line.startswith("{")]


def cookies(client: Any) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())


def test_a_press_and_the_job_it_began_have_one_number_in_both_logs(tmp_path: Path) -> None:
    cast = issued()
    with served(tmp_path) as site:
        client = signed_in(cast.liaison)
        _status, page, headers = site.get("/feedback/", Cookie=cookies(client))
        token = re.search(r"csrftoken=\w+", headers["Set-Cookie"])
        both = {"Cookie": f"{cookies(client)}; {token[0]}", "X-Request-ID": "from-the-proxy-1"}  # type: ignore[index]
        site.get("/feedback/", {"csrfmiddlewaretoken": token_of(page), "text": "Words typed"}, **both)
        assert Feedback.objects.get().text == "Words typed"

        def done() -> bool:
            return any(line.get("task") == "workflow.deliver" for line in lines(site, "worker"))

        assert wait_until(done, alive=lambda: site.worker.poll() is None), site.said("worker")
        pressed = [line for line in lines(site, "web") if line["request"] == "from-the-proxy-1"]
        worked = [line for line in lines(site, "worker") if line.get("task") == "workflow.deliver"]
        assert [(line["method"], line["view"], line["status"]) for line in pressed][:1] == [
            ("POST", "feedback:mine", 302)
        ]
        assert {line["request"] for line in worked} == {"from-the-proxy-1"}
    said = "\n".join([*site.said("web"), *site.said("worker")])
    assert [words for words in ("Words typed", "liaison") if words in said] == []


def test_where_there_is_no_room_for_figures_pages_come_all_the_same(tmp_path: Path) -> None:
    """The files of the figures cannot be made, as on a full disk."""
    metrics = tmp_path / "var" / "metrics"
    for number in range(9):
        for kind in ("counter", "histogram"):
            (metrics / f"{kind}_{number}.db").mkdir(parents=True)
    with served(tmp_path, METRICS_FROM="127.0.0.1") as site:
        assert site.get("/sign-in/")[0] == 200
        assert lines(site, "web")[-1]["view"] == "accounts:sign-in"


def figures(site: Served) -> dict[str, float]:
    """What Prometheus reads."""
    status, page, _headers = site.get("/metrics")
    assert status == 200
    found = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in found}


def children(site: Served) -> set[int]:
    """The processes that answer."""
    return set(map(int, Path(f"/proc/{site.web.pid}/task/{site.web.pid}/children").read_text().split()))


def test_whichever_process_answers_all_are_added_up_and_no_count_goes_back(tmp_path: Path) -> None:
    cast = issued()
    hand_on()
    Delivery.objects.update(delivered_at=timezone.now())
    of_head = Delivery.objects.filter(notification__person=cast.head)
    given_up = of_head.update(delivered_at=None, given_up_at=timezone.now())
    asked = 'quality_month_requests_total{method="GET",status="200",view="accounts:sign-in"}'
    with served(tmp_path, METRICS_FROM="127.0.0.1", WEB_WORKERS="2") as site:
        for _ in range(20):
            site.get("/sign-in/")
        assert [figures(site)[asked] for _ in range(6)] == [20] * 6
        before = children(site)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: len(children(site) - before) == 2 and site.is_up())
        site.get("/sign-in/")
        after = figures(site)
        assert after[asked] == 21
        assert after['quality_month_request_seconds_count{view="accounts:sign-in"}'] == 21
        assert after["quality_month_database_up"] == 1
        assert after['quality_month_jobs{kind="activities.handout",state="ready"}'] == 1
        assert given_up and after['quality_month_deliveries{channel="mail",state="given_up"}'] == given_up
        assert after['quality_month_deliveries{channel="mail",state="waiting"}'] == 0
        assert after['quality_month_disk_free_bytes{folder="var"}'] > 0
        assert wait_until(lambda: figures(site).get('quality_month_heard_seconds{name="quick"}') is not None)
        held = list((tmp_path / "var" / "metrics").glob("*.lock"))
        assert len(held) <= 4  # two web processes, a worker and its child: replaced ones take their numbers

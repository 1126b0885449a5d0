"""Redis and PostgreSQL are stopped and started again while people work: pages answer, and nothing typed is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from activities.models import Petition, Plan
from activities.states import Kind
from qualitymonth.celery import app
from tests.away import Servers, running_on, servers_of_its_own
from tests.cast import Cast, issued, postgresql, said, signed_in, text
from tests.doors import DOORS
from tests.pages import forge, opened, page_of, press
from tests.site import Site, pixel_png
from tests.worker import wait_until
from workflow import pulse, queue
from workflow.models import Notification

pytestmark = [postgresql, pytest.mark.servers, pytest.mark.django_db(transaction=True)]
CELERY = [sys.executable, "-m", "celery", "-A", "qualitymonth"]
WORKER = [*CELERY, "worker", "--loglevel", "error", "--concurrency", "1", "-n", "away@localhost"]


@pytest.fixture
def servers(settings: Any, media: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    app.conf.task_always_eager = False
    monkeypatch.setattr(queue, "LEFT_ALONE", 0.0)
    with servers_of_its_own(settings) as own:
        yield own


@pytest.fixture
def cast(servers: Servers) -> Cast:
    return issued()


def test_without_redis_every_page_answers_and_nobody_is_signed_out(servers: Servers, cast: Cast) -> None:
    site = Site(cast)
    before = {name: site.clients["staff"].get(site.address(name)).status_code for name in DOORS}
    servers.redis.off()
    after = {name: site.clients["staff"].get(site.address(name)).status_code for name in DOORS}
    assert after == before
    probe = Client().get("/readyz")
    assert (probe.status_code, probe.json()["broker"] is True, probe.json()["database"]) == (503, False, True)


def test_without_redis_a_page_of_the_preview_is_drawn_all_the_same(servers: Servers, cast: Cast) -> None:
    servers.redis.off()
    staff = signed_in(cast.staff)
    shown = staff.get(reverse("activities:preview", args=[cast.notice.pk]))
    key = shown.context["preview"].key
    picture = staff.get(reverse("activities:preview-page", args=[cast.notice.pk]), {"of": key, "page": 1})
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_what_is_pressed_while_redis_is_away_is_done_when_it_is_back(
    servers: Servers, cast: Cast, tmp_path: Path
) -> None:
    """The row of the mail stays; beat and the worker, which came through it, find it by themselves."""
    servers.redis.off()
    head = signed_in(cast.liaison)
    done = press(head, cast.owed(cast.water, Kind.RECEIPT).get_absolute_url(), "Sign for receipt")
    assert said(done) == ["You have signed for the notice."]
    waiting = Notification.objects.undelivered()
    ids = list(waiting.values_list("pk", flat=True))
    assert ids
    beat = [*CELERY, "beat", "--loglevel", "error", "--schedule", str(tmp_path / "schedule"), "--pidfile="]
    with running_on(servers, WORKER, beat) as processes:
        servers.redis.on()
        alive = lambda: all(each.poll() is None for each in processes)  # noqa: E731
        assert wait_until(lambda: pulse.heard("quick") is not None, alive=alive)
        assert wait_until(lambda: not waiting.exists(), alive=alive)
    assert Notification.objects.filter(pk__in=ids, delivered_at=None).count() == 0


def test_without_a_database_what_was_typed_and_chosen_stands_on_the_page(servers: Servers, cast: Cast) -> None:
    liaison, row = signed_in(cast.liaison, raise_request_exception=False), cast.owed(cast.water, Kind.PLAN)
    page = opened(liaison, row.get_absolute_url())
    photo = SimpleUploadedFile("stall.png", pixel_png(), "image/png")
    servers.database.off()
    away = press(liaison, page, "action=save", goal="Clean\nwater & <air>", photos=photo)
    assert (away.status_code, away["Retry-After"], away["Cache-Control"]) == (503, "10", "private, no-store")
    assert "Clean water & <air>" in text(away)
    assert "Please choose once more: stall.png" in text(away)
    assert liaison.get("/").status_code == 503
    draft = forge(liaison, row.get_absolute_url(), {"action": "autosave"}, headers={"accept": "application/json"})
    assert (draft.status_code, draft["Content-Type"]) == (503, "application/json")

    servers.database.on()
    saved = press(liaison, page_of(away), "Send again")
    assert saved.status_code == 200
    assert Plan.draft(row).goal.replace("\r\n", "\n") == "Clean\nwater & <air>"
    assert Petition.objects.count() == 0


def test_a_password_is_asked_for_again_and_stands_on_no_page(servers: Servers, cast: Cast) -> None:
    cast.liaison.set_password("a long password of 2015")
    cast.liaison.save()
    stranger = Client(raise_request_exception=False)
    page = opened(stranger, "/sign-in/")
    servers.database.off()
    away = press(stranger, page, username="liaison", password="a long password of 2015")
    assert (away.status_code, "a long password" in text(away)) == (503, False)
    servers.database.on()
    press(stranger, page_of(away), "", password="a long password of 2015")
    assert stranger.session["_auth_user_id"] == str(cast.liaison.pk)

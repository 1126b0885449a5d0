"""Redis and PostgreSQL are stopped and started again while people work: pages answer, and nothing typed is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from activities.models import Demand, Plan
from activities.states import Kind
from qualitymonth.celery import app
from tests.away import Switch, database_of_its_own, redis_of_its_own, running
from tests.cast import issued, make_cast, postgresql, said, signed_in, text
from tests.doors import DOORS
from tests.pages import forge, opened, page_of, press
from tests.site import Site, pixel_png
from tests.worker import wait_until
from workflow import queue
from workflow.models import Notification

pytestmark = [postgresql, pytest.mark.servers, pytest.mark.django_db(transaction=True)]
WORKER = [sys.executable, "-m", "celery", "-A", "qualitymonth", "worker", "--loglevel", "error", "--concurrency", "1"]
PASSWORD = "a long password of 2015"


@pytest.fixture
def own_redis(db: None, settings: Any, media: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Switch, str]]:
    app.conf.task_always_eager = False
    monkeypatch.setattr(queue, "LEFT_ALONE", 0.0)
    with redis_of_its_own(settings) as own:
        yield own


def test_without_redis_every_page_answers_and_nobody_is_signed_out(own_redis: tuple[Switch, str]) -> None:
    cast, (switch, _url) = make_cast(), own_redis
    Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    site = Site(issued(cast))
    staff = site.clients["staff"]
    before = {name: staff.get(site.address(name)).status_code for name in DOORS}
    switch.off()
    after = {name: staff.get(site.address(name)).status_code for name in DOORS}
    assert after == before
    probe = Client().get("/readyz")
    assert (probe.status_code, probe.json()["broker"] is True, probe.json()["database"]) == (503, False, True)


def test_without_redis_a_page_of_the_preview_is_drawn_all_the_same(own_redis: tuple[Switch, str]) -> None:
    cast = issued()
    own_redis[0].off()
    staff = signed_in(cast.staff)
    shown = staff.get(reverse("activities:preview", args=[cast.notice.pk]))
    key = shown.context["preview"].key
    picture = staff.get(reverse("activities:preview-page", args=[cast.notice.pk]), {"of": key, "page": 1})
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_what_is_pressed_while_redis_is_away_is_done_when_it_is_back(own_redis: tuple[Switch, str]) -> None:
    """The row of the mail stays, and is found by what beat asks for every minute."""
    cast, (switch, url) = issued(), own_redis
    switch.off()
    liaison = signed_in(cast.liaison)
    done = press(liaison, cast.owed(cast.water, Kind.RECEIPT).get_absolute_url(), "Sign for receipt")
    assert said(done) == ["You have signed for the notice."]
    waiting = Notification.objects.filter(deliveries__delivered_at=None).exclude(person__email="")
    assert waiting.exists()
    switch.on()
    with running(url, WORKER) as (worker,):
        queue.ask(settings.CELERY_BEAT_SCHEDULE["deliver"]["task"])
        assert wait_until(lambda: not waiting.exists(), alive=lambda: worker.poll() is None)


@pytest.fixture
def own_database(db: None, media: Path) -> Iterator[Switch]:
    with database_of_its_own() as own:
        yield own


def test_without_a_database_what_was_typed_and_chosen_stands_on_the_page(own_database: Switch) -> None:
    cast = issued()
    liaison, row = signed_in(cast.liaison, raise_request_exception=False), cast.owed(cast.water, Kind.PLAN)
    stranger = Client(raise_request_exception=False)
    cast.head.set_password(PASSWORD)
    cast.head.save()
    page, sign_in = opened(liaison, row.get_absolute_url()), opened(stranger, "/sign-in/")
    photo = SimpleUploadedFile("stall.png", pixel_png(), "image/png")
    own_database.off()
    away = press(liaison, page, "action=save", goal="Clean\nwater & <air>", photos=photo)
    assert (away.status_code, away["Retry-After"], away["Cache-Control"]) == (503, "10", "private, no-store")
    assert "Clean water & <air>" in text(away)
    assert "Please choose once more: stall.png" in text(away)
    assert liaison.get("/").status_code == 503
    draft = forge(liaison, row.get_absolute_url(), {"action": "autosave"}, headers={"accept": "application/json"})
    assert (draft.status_code, draft["Content-Type"]) == (503, "application/json")
    shut = press(stranger, sign_in, username="head", password=PASSWORD)
    assert (shut.status_code, PASSWORD in text(shut)) == (503, False)

    own_database.on()
    saved = press(liaison, page_of(away), "Send again")
    assert saved.status_code == 200
    assert Plan.draft(row).goal.replace("\r\n", "\n") == "Clean\nwater & <air>"
    press(stranger, page_of(shut), password=PASSWORD)
    assert stranger.session["_auth_user_id"] == str(cast.head.pk)

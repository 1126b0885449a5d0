"""What monitoring is told: well or not well, always as JSON, and the truth while parts are stopped and started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from qualitymonth import health, parts
from qualitymonth.environment import measured_from
from qualitymonth.parts import PARTS
from tests.cast import Cast, make_cast, signed_in
from tests.worker import Worker, url_of_the_test_database, wait_until
from workflow import pulse
from workflow.models import Pulse

TOKEN = "a-token-for-monitoring"
ADDRESSES = ("/readyz", "/health/")


def asked(client: Client | None = None, address: str = "/readyz", **headers: str) -> tuple[int, dict[str, Any]]:
    """Status and answer of a probe."""
    response = (client or Client(raise_request_exception=False)).get(address, headers=headers)
    return response.status_code, json.loads(response.content)


def unwell(**headers: str) -> set[str]:
    """The parts that are not well; none exactly when the status is 200."""
    status, said = asked(**headers)
    found = {part for part in PARTS if said[part] is not True}
    assert (status, said["ready"]) == ((503, False) if found else (200, True)), said
    return found


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def everybody_lives(db: None, settings: Any, media: Path) -> None:
    """Workers and beat have just been heard of."""
    pulse.beat(*settings.LANES, "beat")


def test_all_is_well(everybody_lives: None) -> None:
    assert unwell() == set()
    assert asked(address="/livez") == (200, {"alive": True})


def test_a_lane_that_nobody_serves_and_a_dead_beat_are_named(everybody_lives: None) -> None:
    long_ago = timezone.now() - timedelta(seconds=61)
    Pulse.objects.filter(name__in=["photos", "beat"]).update(at=long_ago)
    assert unwell() == {"worker", "beat"}
    said = asked()[1]
    assert ("photos" in said["worker"], "books" in said["worker"]) == (True, False)


def test_a_full_disk_is_not_well(everybody_lives: None, settings: Any) -> None:
    settings.DISK_FREE_MB = 10**9
    assert unwell() == {"disk"}


def test_a_folder_that_takes_no_file_is_not_well(everybody_lives: None, settings: Any, media: Path) -> None:
    (media / "file").touch()
    settings.MEDIA_ROOT = str(media / "file" / "below")
    assert unwell() == {"disk"}
    assert settings.MEDIA_ROOT in asked()[1]["disk"]


def test_a_machine_without_chinese_fonts_is_not_well(
    everybody_lives: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parts.chinese_faces.cache_clear()
    with monkeypatch.context() as patch:
        (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>")
        patch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
        assert unwell() == {"fonts"}
    parts.chinese_faces.cache_clear()
    assert unwell() == set()


def test_a_backup_that_is_missing_or_old_is_not_well(everybody_lives: None, settings: Any) -> None:
    settings.BACKUP_HOURS = 26
    assert unwell() == {"backup"}
    pulse.beat("backup")
    assert unwell() == set()
    Pulse.objects.filter(name="backup").update(at=timezone.now() - timedelta(hours=27))
    assert unwell() == {"backup"}


def test_a_redis_that_is_away_is_answered_in_json(everybody_lives: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://:secret@127.0.0.1:1/0"
    assert unwell() == {"broker"}
    assert "secret" not in str(asked())


@contextmanager
def no_database(settings: Any) -> Iterator[None]:
    """The database is where nobody answers."""
    connection.close()
    kept = dict(connection.settings_dict)
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "NAME": "/nowhere/at/all"}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_database_the_answer_is_json_all_the_same(cast: Cast, settings: Any, address: str) -> None:
    administrator = signed_in(cast.admin, raise_request_exception=False)
    with no_database(settings):
        for client in (Client(), administrator):
            status, said = asked(client, address)
            assert (status, said["ready"], said["database"] is True) == (503, False, False)
            assert asked(client, "/livez") == (200, {"alive": True})


def test_strangers_learn_well_or_not_well_and_nothing_else(cast: Cast, everybody_lives: None, settings: Any) -> None:
    """In production what is wrong, with the names of folders and servers, is for administrators and monitoring."""
    settings.PRODUCTION, settings.MONITORING_TOKEN, settings.DISK_FREE_MB = True, TOKEN, 10**9
    closed = (503, {"ready": False})
    for address in ADDRESSES:
        assert asked(address=address) == closed
        assert asked(signed_in(cast.staff), address) == closed
        assert asked(address=address, authorization="Bearer guess") == closed
        assert str(settings.VAR) in asked(signed_in(cast.admin), address)[1]["disk"]
        assert set(asked(address=address, authorization=f"Bearer {TOKEN}")[1]) == {"ready", *PARTS}
    settings.MONITORING_TOKEN = ""
    assert asked(authorization="Bearer ") == closed


@pytest.mark.parametrize(
    ("allowed", "asks", "may"),
    [
        ([], {}, False),
        (["127.0.0.1"], {}, True),
        (["10.1.0.0/16"], {"X-Forwarded-For": "10.1.2.3"}, True),
        (["10.1.0.0/16"], {"X-Forwarded-For": "10.1.2.3, 192.0.2.1"}, False),
        (["2001:db8::5"], {"X-Forwarded-For": "2001:db8::5"}, True),
        (["2001:db8::5"], {"X-Forwarded-For": "2001:db8::6"}, False),
        (["token"], {"Authorization": f"Bearer {TOKEN}"}, True),
        (["token"], {"Authorization": "Bearer guess"}, False),
        (["token"], {}, False),
        (["10.1.0.0/16"], {"Authorization": f"Bearer {TOKEN}"}, False),
    ],
)
def test_figures_are_for_whom_the_settings_name(
    settings: Any, rf: RequestFactory, allowed: list[str], asks: dict[str, str], may: bool
) -> None:
    settings.METRICS_FROM, settings.MONITORING_TOKEN, settings.PROXIES = measured_from(allowed), TOKEN, 1
    assert health.may_measure(rf.get("/metrics", headers=asks)) is may


def test_for_everybody_else_there_are_no_figures(db: None) -> None:
    assert Client().get("/metrics").status_code == 404


def test_who_may_read_figures_is_no_guess() -> None:
    with pytest.raises(ImproperlyConfigured, match="METRICS_FROM: 'inside' does not appear to be"):
        measured_from(["127.0.0.1", "inside"])


def test_a_probe_needs_neither_host_name_nor_https(everybody_lives: None, settings: Any) -> None:
    """It comes from the machine itself, by its number and without encryption."""
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["quality.example.com"]
    for address in ("/livez", *ADDRESSES):
        assert Client().get(address, headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.worker
def test_a_worker_is_heard_of_while_all_its_hands_are_full(
    worker: Worker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every child is at work and comes to no end: stopped, so that it is so for certain."""
    worker.kill()
    with monkeypatch.context() as patch:
        patch.setenv("QUALITY_MONTH_TEST_PULSE", "1")
        worker.start()
    children = hands(worker)
    assert len(children) == 2
    for child in children:
        os.kill(child, signal.SIGSTOP)
    try:
        Pulse.objects.all().delete()
        assert wait_until(lambda: not pulse.silent(settings.LANES), alive=worker.is_there)
    finally:
        worker.kill()  # the next one says once that it is there, and no more


def hands(worker: Worker) -> list[int]:
    """The children of a worker."""
    main = worker.process.pid
    return [int(each) for each in Path(f"/proc/{main}/task/{main}/children").read_text().split()]


@pytest.mark.worker
def test_beat_says_that_it_goes(worker: Worker, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "celery", "-A", "qualitymonth", "beat", "--schedule", str(tmp_path / "schedule")]
    environment = os.environ | {"DATABASE_URL": url_of_the_test_database(), "QUALITY_MONTH_TEST_PULSE": "1"}
    beat = subprocess.Popen([*command, "--pidfile="], env=environment, stderr=subprocess.DEVNULL)
    try:
        for _first_and_once_more in range(2):
            Pulse.objects.all().delete()
            assert wait_until(lambda: pulse.heard("beat") is not None, alive=lambda: beat.poll() is None)
    finally:
        beat.kill()
        beat.wait()


def test_the_two_workers_of_the_procfile_serve_every_lane_and_nothing_short_waits_behind_a_book(settings: Any) -> None:
    lines = (Path(settings.BASE_DIR) / "Procfile").read_text().splitlines()
    lanes = [line.split("--queues ")[1].split()[0].split(",") for line in lines if "--queues" in line]
    assert lanes == [["quick", "handouts"], ["photos", "books"]]
    assert {name for each in lanes for name in each} == set(settings.LANES)

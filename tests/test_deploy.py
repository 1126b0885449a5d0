"""The files of deploy/ start what the Procfile starts; as far as a machine without systemd and containers can tell."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.utils.module_loading import import_string

TOP = Path(settings.BASE_DIR)
DEPLOY = TOP / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("quality-month*"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def options(command: str) -> tuple[str, ...]:
    """What Celery is told, in any order; how many children it has is the office's choice."""
    told = re.search(r"-A qualitymonth (.*)", command.replace("%%h", "%h"))
    words = re.sub(r"--concurrency \S+", "", told[1]) if told else ""
    return tuple(sorted(words.split()))


def started(text: str) -> set[tuple[str, ...]]:
    """What Celery is told by each line of a file that starts it."""
    return {options(line) for line in text.splitlines() if "celery" in line and "-A qualitymonth" in line}


def test_workers_and_beat_are_started_alike_everywhere() -> None:
    wanted = started((TOP / "Procfile").read_text())
    assert len(wanted) == 3
    assert {line for name in UNITS for line in started((DEPLOY / name).read_text())} == wanted
    assert started("\n".join(str(each.get("command")) for each in COMPOSE["services"].values())) == wanted


def test_every_command_of_ours_exists() -> None:
    named = {
        name
        for path in DEPLOY.iterdir()
        if path.is_file()
        for name in re.findall(r"manage\.py (\w+)", path.read_text())
    }
    assert {"migrate", "collectstatic", "compilemessages", "backup", "rehearse_restore"} == named
    assert named <= set(get_commands())
    assert callable(import_string(f"{settings.WSGI_APPLICATION}"))


def test_the_services_of_compose_wait_for_those_that_are_there() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"web", "worker", "press", "beat", "database", "redis"}
    for each in services.values():
        assert set(each.get("depends_on", ())) <= set(services)
        assert {name.partition(":")[0] for name in each.get("volumes", ())} <= set(COMPOSE["volumes"])
    asked = re.findall(r"/(livez|readyz)", str(services["web"]["healthcheck"]))
    assert asked == ["livez"]


def test_the_environment_of_compose_is_known_to_the_settings() -> None:
    known = (TOP / ".env.example").read_text()
    assert [name for name in COMPOSE["x-app"]["environment"] if f"#{name}=" not in known] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_the_unit(unit: str) -> None:
    done = subprocess.run(["systemd-analyze", "verify", DEPLOY / unit], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if str(DEPLOY) in line or "quality-month" in line]
    missing_here = re.compile(r"not executable|Failed to open|Unit \S+ not found|Command \S+ is not")
    assert [line for line in ours if not missing_here.search(line)] == []


def test_what_comes_with_files_has_a_process_of_its_own_and_pages_take_it_where_there_is_none() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    servers = dict(re.findall(r"upstream (\w+) \{\s+server (\S+?);", text))
    backup = re.search(r"server (\S+) backup;", text)
    assert backup and backup[1] == servers["quality_month_pages"]
    units = {"quality_month_pages": "web", "quality_month_uploads": "uploads"}
    for upstream, unit in units.items():
        told = re.search(r"BIND=(\S+)", (DEPLOY / f"quality-month-{unit}.service").read_text())
        assert (told[1] if told else "127.0.0.1:8000") == servers[upstream]
    chosen = re.search(r'"~(\S+ \S+)" quality_month_uploads;', text)
    sent = ["POST multipart/form-data; boundary=x", "POST application/x-www-form-urlencoded", "GET "]
    assert chosen and [bool(re.match(chosen[1], each)) for each in sent] == [True, False, False]


def test_nginx_hands_on_what_the_site_asks_for() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    for words in (
        'X-Request-ID ""',
        "X-Forwarded-Proto $scheme",
        "X-Forwarded-For $remote_addr",
        "internal;",
        "listen [::]:443 ssl",
    ):
        assert words in text
    assert "X_ACCEL_REDIRECT=/kept-files/" in text
    assert re.search(r"ssl_protocols TLSv1\.2 TLSv1\.3;", text)
    megabytes = int(re.search(r"client_max_body_size (\d+)m", text)[1])  # type: ignore[index]
    assert megabytes * 1_000_000 > settings.UPLOAD_MAX_BYTES

"""The parts the site stands on, each with the question whether it is well; asked by monitoring and by ``doctor``.

A part that is not well says why in words for an administrator. What it says may name folders and servers, so it is
shown to nobody else.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import CountAlarm
from documents.counts import thousands
from workflow import pulse

PATIENCE = 2
"""Seconds after which a part that does not answer is down."""


class Unwell(Exception):
    """A part is not well; the words say why and what to do."""


def database() -> None:
    """Whether the database answers. Raises: Unwell."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        raise Unwell(_("The database does not answer: %(why)s") % {"why": first_line(error)}) from error


def broker() -> None:
    """Whether the queue answers: Redis, or the folder that stands for it. Raises: Unwell."""
    if not settings.REDIS_URL:
        return writable(settings.BROKER_DIR)
    redis = import_module("redis")  # only where it is asked: no page needs it to start
    server = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None
    )
    try:
        server.ping()
    except redis.RedisError as error:
        raise Unwell(_("Redis does not answer: %(why)s") % {"why": first_line(error)}) from error
    finally:
        server.close()


def worker() -> None:
    """Whether every lane of work is served. Raises: Unwell."""
    if lanes := heard_by_nobody(settings.LANES):
        said = _("No worker has been heard of for a minute on: %(lanes)s. Start the services “worker” and “press”.")
        raise Unwell(said % {"lanes": ", ".join(lanes)})


def beat() -> None:
    """Whether the clock of recurring work goes. Raises: Unwell."""
    if heard_by_nobody([pulse.BEAT]):
        raise Unwell(_("Beat has not been heard of for a minute: reminders and mails wait. Start the service “beat”."))


def heard_by_nobody(names: Iterable[str]) -> list[str]:
    """Which of the names were not heard of for a minute. Raises: Unwell without a database."""
    try:
        return pulse.silent(names)
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error


def disk() -> None:
    """Whether there is room, and leave to write, wherever something is kept. Raises: Unwell."""
    for folder in kept_in():
        writable(folder)
        free = free_megabytes(folder)
        if free < settings.DISK_FREE_MB:
            said = _(
                "Only %(free)s MB are free under %(folder)s; %(need)s are needed. Remove something, or add a disk."
            )
            raise Unwell(said % {"free": thousands(free), "folder": folder, "need": thousands(settings.DISK_FREE_MB)})


def kept_in() -> list[Path]:
    """The folders of this machine in which something is kept."""
    return [settings.VAR, *([Path(settings.MEDIA_ROOT)] if settings.MEDIA_ROOT else [])]


def free_megabytes(folder: Path) -> int:
    """How much may still be written there."""
    at = os.statvfs(folder)
    return at.f_bavail * at.f_frsize // 1_000_000


def writable(folder: Path) -> None:
    """Whether a file can be written there, and reaches the disk. Raises: Unwell."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        said = _("Nothing can be written in %(folder)s: %(why)s")
        raise Unwell(said % {"folder": folder, "why": error.strerror}) from error


def fonts() -> None:
    """Whether there is a font that prints Chinese. Raises: Unwell."""
    if not chinese_faces(int(monotonic()) // 600):
        raise Unwell(_("No font prints Chinese. Install the packages fonts-noto-cjk and fonts-arphic-gkai00mp."))


@lru_cache(maxsize=1)
def chinese_faces(_minutes: int) -> bool:
    """Whether fontconfig knows a Chinese face; asked anew every ten minutes."""
    try:
        done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return bool(done.stdout.strip())


def backup() -> None:
    """Whether the last backup is as young as the office wants it (``BACKUP_HOURS``; 0: not asked). Raises: Unwell."""
    if not settings.BACKUP_HOURS:
        return
    try:
        last = pulse.Pulse.objects.filter(name=pulse.BACKUP).first()
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error
    if last is None:
        raise Unwell(_("There is no backup yet: run “manage.py backup FOLDER”, or start quality-month-backup.timer."))
    if last.at < timezone.now() - timedelta(hours=settings.BACKUP_HOURS):
        said = _("The last backup is of %(when)s. Run “manage.py backup FOLDER”, and look why the timer did not.")
        raise Unwell(said % {"when": timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")})


def figures() -> None:
    """Whether last night's recount found figures and log agreeing. Raises: Unwell."""
    try:
        alarm = CountAlarm.objects.select_related("campaign").order_by("pk").first()
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error
    if alarm is not None:
        said = _("Figures and log of “%(campaign)s” do not agree: %(why)s Then run “manage.py recount --rebuild”.")
        raise Unwell(said % {"campaign": alarm.campaign, "why": alarm.said})


PARTS: dict[str, Callable[[], None]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "beat": beat,
    "disk": disk,
    "fonts": fonts,
    "backup": backup,
    "figures": figures,
}


def trouble_of(part: str) -> str:
    """Why a part is not well; empty when it is."""
    try:
        PARTS[part]()
    except Unwell as unwell:
        return str(unwell)
    return ""


def first_line(error: Exception) -> str:
    """What an error says first; of the rest only the log knows."""
    return next(iter(str(error).splitlines()), type(error).__name__)

"""Files are looked through by ClamAV where an office runs it, which reads them piece by piece over its socket."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger("qualitymonth.files")
SECONDS = 30


def scan(upload: Any) -> None:
    """Have a file looked through; without CLAMAV nothing happens.

    Raises: ValidationError when something is found in it, or when ClamAV does not answer and CLAMAV_DOWN is “refuse”.
    """
    if not settings.CLAMAV:
        return
    upload.seek(0)
    try:
        verdict, found = scanner().instream(upload)["stream"]
    except trouble() as error:
        log.error("ClamAV does not answer at %s: %s", settings.CLAMAV, error)
        if settings.CLAMAV_DOWN == "take":
            return
        raise ValidationError(
            _("The virus scanner does not answer at the moment, so no file is taken in. Please send it again later; "
              "whoever runs the system sees it in the log.")
        ) from error  # fmt: skip
    finally:
        upload.seek(0)
    if verdict != "OK":
        log.warning("ClamAV: %s in an uploaded file", found or verdict)
        raise ValidationError(_("The virus scanner found something in it (%(found)s). The file is not taken in.")
                              % {"found": found or verdict})  # fmt: skip


def state() -> str:
    """How it stands, for whoever runs the system: "off", "ready" or "down"."""
    if not settings.CLAMAV:
        return "off"
    try:
        return "ready" if scanner().ping() == "PONG" else "down"
    except trouble():
        return "down"


def scanner() -> Any:
    """ClamAV at its address: unix:///run/clamav/clamd.ctl or tcp://host:3310."""
    place = urlsplit(settings.CLAMAV)
    if place.scheme == "unix":
        return library().ClamdUnixSocket(place.path, timeout=SECONDS)
    return library().ClamdNetworkSocket(place.hostname, place.port or 3310, timeout=SECONDS)


def trouble() -> tuple[type[Exception], ...]:
    """What asking ClamAV may raise."""
    return library().ClamdError, OSError


def library() -> Any:
    """Asks ClamAV. Loaded where there is one: it brings pkg_resources, five megabytes of every process."""
    import clamd  # noqa: PLC0415 -- as said

    return clamd

"""Where mails come back: a mailbox that is asked by IMAP, or a Maildir; how far it was read."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from mailbox import mbox
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

from workflow.channels.delivery import TROUBLE, one_line
from workflow.channels.returns.taking import take_all

MOST = 1_000_000
"""Bytes of a mail that are looked at: what matters stands before the attachments of the original."""
A_TIME = 200
"""Mails of one round."""
TIMEOUT = 30
FIRST = timedelta(days=7)
"""What lies in a mailbox longer is not looked at when it is read for the first time."""
imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))


class Mailbox(models.Model):
    """How far a mailbox was read by IMAP, and whether it can be read. Nothing in it is changed, no mail marked."""

    place = models.CharField(max_length=254, unique=True)
    """Server, account and folder."""
    validity = models.CharField(max_length=20, blank=True)
    """Its numbers mean the same mails as long as this stays (UIDVALIDITY, RFC 3501)."""
    last = models.BigIntegerField(default=0)
    """The number of the last mail that was looked at."""
    away_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=TROUBLE, blank=True)

    def __str__(self) -> str:
        return self.place


class Closed(Exception):
    """The mailbox cannot be read."""


def read_returns() -> int:
    """Read what came back since the last time, where RETURNS_URL says. Returns: how many mails failed by it."""
    at = urlsplit(settings.RETURNS_URL)
    if not at.scheme:
        return 0
    row, _made = Mailbox.objects.get_or_create(place=f"{at.username or ''}@{at.hostname or ''}{at.path}"[:254])
    try:
        counted = taken_from(at, row)
    except Closed as closed:
        Mailbox.objects.filter(pk=row.pk).update(
            away_since=row.away_since or timezone.now(), trouble=one_line(closed, TROUBLE)
        )
        return 0
    Mailbox.objects.filter(pk=row.pk).update(away_since=None, trouble="")
    return counted


def taken_from(at: SplitResult, row: Mailbox) -> int:
    """What is new there is kept. Returns: how many mails failed by it. Raises: Closed."""
    if at.scheme == "maildir":
        return take_all(in_maildir(Path(at.path)))[1]
    with signed_in(at) as server:
        return take_all(in_folder(server, row))[1]


def try_out() -> None:
    """Whether the mailbox can be read. Raises: Closed."""
    at = urlsplit(settings.RETURNS_URL)
    if at.scheme == "maildir":
        in_maildir_of(Path(at.path))
    elif at.scheme:
        with signed_in(at):
            pass


# --- folders -----------------------------------------------------------------------------------------------------


def in_maildir_of(folder: Path) -> list[Path]:
    """The new mails of a Maildir. Raises: Closed."""
    try:
        return sorted(each for each in (folder / "new").iterdir() if each.is_file())
    except OSError as wrong:
        raise Closed(f"{wrong.strerror}: {folder / 'new'}") from wrong


def in_maildir(folder: Path) -> Iterator[bytes]:
    """The new mails of a Maildir; each is one that was seen when the next is asked for. Raises: Closed."""
    for path in in_maildir_of(folder):
        with path.open("rb") as file:
            yield file.read(MOST)
        with suppress(FileNotFoundError):
            path.rename(folder / "cur" / f"{path.name}:2,S")


def in_mbox(path: Path) -> Iterator[bytes]:
    """The mails of an mbox file, which stays as it is. Raises: FileNotFoundError."""
    box = mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)[:MOST]
    finally:
        box.close()


# --- IMAP --------------------------------------------------------------------------------------------------------


@contextmanager
def signed_in(at: SplitResult) -> Iterator[imaplib.IMAP4]:
    """The folder, opened for reading alone. Raises: Closed."""
    server: imaplib.IMAP4 | None = None
    try:
        server = connected(at)
        server.login(unquote(at.username or ""), unquote(at.password or ""))
        with suppress(
            imaplib.IMAP4.error
        ):  # NetEase opens no folder for a program that does not say its name (RFC 2971)
            server._simple_command("ID", '("name" "quality-month" "version" "1")')
        answer, said = server.select(f'"{unquote(at.path.strip("/")) or "INBOX"}"', readonly=True)
        if answer != "OK":
            raise Closed(text_of(said))
        yield server
    except (imaplib.IMAP4.error, OSError) as wrong:
        raise Closed(text_of(wrong.args) or type(wrong).__name__) from wrong
    finally:
        if server:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def connected(at: SplitResult) -> imaplib.IMAP4:
    """A connection in TLS; without it only to this machine (environment.py)."""
    host = at.hostname or ""
    if at.scheme == "imap":
        return imaplib.IMAP4(host, at.port or 143, timeout=TIMEOUT)
    return imaplib.IMAP4_SSL(host, at.port or 993, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)


def new_ones(server: imaplib.IMAP4, row: Mailbox) -> list[int]:
    """The numbers of mails that were not looked at yet, the oldest first; where numbers begin anew, those of a week."""
    validity = text_of(server.response("UIDVALIDITY")[1])
    if validity != row.validity:
        row.validity, row.last = validity, 0
    since = (timezone.now() - FIRST).strftime("%d-%b-%Y")
    asked = ("UID", f"{row.last + 1}:*") if row.last else ("SINCE", since)
    _answer, found = server.uid("SEARCH", *asked)
    numbers = sorted(int(each) for each in text_of(found).split() if each.isdecimal())
    return [each for each in numbers if each > row.last]  # n:* names the last mail also where it is before n


def in_folder(server: imaplib.IMAP4, row: Mailbox) -> Iterator[bytes]:
    """The new mails of a folder; each counts as looked at when the next is asked for."""
    for number in new_ones(server, row)[:A_TIME]:
        yield content_of(server, number)
        row.last = number
        row.save(update_fields=["validity", "last"])


def content_of(server: imaplib.IMAP4, number: int) -> bytes:
    """The beginning of a mail; empty where it has gone meanwhile."""
    _answer, found = server.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{MOST}>)")
    return next((bytes(each[1]) for each in found if isinstance(each, tuple)), b"")


def text_of(said: Any) -> str:
    """What a server answered, as text."""
    return " ".join(each.decode(errors="replace") if isinstance(each, bytes) else str(each) for each in said if each)

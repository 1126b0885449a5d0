"""Mails that came back are handed in: one by the standard input, as an alias of a mail server does it, or a folder."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from workflow.channels.returns.mailbox import MOST, Closed, in_maildir, in_mbox, read_returns
from workflow.channels.returns.taking import take_all

LATER = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again."""


class Command(BaseCommand):
    help = (
        "Read mail that came back: from the standard input (an alias “|… manage.py returned_mail”), or from a folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        places = parser.add_mutually_exclusive_group()
        places.add_argument("--maildir", type=Path, help="read what is new in this Maildir")
        places.add_argument("--mbox", type=Path, help="read this mbox file; it stays as it is")
        places.add_argument("--mailbox", action="store_true", help="read what is new where RETURNS_URL says")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mailbox"]:
            self.stdout.write(f"{read_returns()} came back.")
            return
        try:
            looked_at, counted = take_all(self.mails(options["maildir"], options["mbox"]))
        except (Closed, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        except Error as wrong:  # the database is away
            raise CommandError(type(wrong).__name__, returncode=LATER) from wrong
        self.stdout.write(f"{counted} of {looked_at} came back.")

    def mails(self, maildir: Path | None, mbox: Path | None) -> Any:
        """The mails to be read. Raises: Closed, OSError."""
        if maildir:
            return in_maildir(maildir)
        return in_mbox(mbox) if mbox else [sys.stdin.buffer.read(MOST)]

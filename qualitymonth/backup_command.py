"""What the commands ``backup``, ``restore`` and ``rehearse_restore`` have in common."""

import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from documents.counts import thousands
from qualitymonth.backup import Manifest
from qualitymonth.database_files import BackupError

CHAIN = "verify_audit"


class BackupCommand(BaseCommand):
    """Do the deed with a folder, and say in one line what it holds."""

    deed: Callable[[Path], Manifest]
    folder_help = ""
    requires_system_checks: list[str] = []  # an empty database is no reason to refuse

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=self.folder_help)

    def handle(self, *_args: Any, folder: Path, **_more: Any) -> None:
        os.umask(0o077)  # telephone numbers are in it
        begun = monotonic()
        try:
            kept = self.deed(folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        said = _("%(folder)s: %(rows)s rows of %(tables)s tables, %(files)s files; %(seconds).1f seconds.")
        counts = {"rows": sum(kept.rows.values()), "tables": len(kept.rows), "files": len(kept.files)}
        numbers = {name: thousands(number) for name, number in counts.items()}
        self.stdout.write(said % {"folder": folder, "seconds": monotonic() - begun, **numbers})
        if kept.missing:
            said = _("%(number)s files are named by rows and were not there: %(names)s")
            named = {"number": thousands(len(kept.missing)), "names": ", ".join(kept.missing[:5])}
            self.stderr.write(said % named)
        if self.deed.__name__ == "restore" and CHAIN in get_commands():
            call_command(CHAIN)

"""``manage.py recount``: hold the ledger of counts against the log; ``--rebuild`` writes it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import recount
from workflow import clock


class Command(BaseCommand):
    help = "Hold the figures of every campaign against its log, as every night; --rebuild writes them anew from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="write the ledger anew from the log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each campaign whether it agrees; fail when one does not."""
        wrong = 0
        for campaign in recount.campaigns():
            if options["rebuild"]:
                self.stdout.write(f"{campaign}: {recount.rebuild(campaign):,} lines")
                continue
            found = recount.check(campaign, clock.now())
            self.stdout.write(f"{campaign}: {found or 'agrees'}")
            wrong += bool(found)
        if wrong:
            raise CommandError("Ledger and log differ. Look at it, then: manage.py recount --rebuild")

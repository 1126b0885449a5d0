"""Build the demonstration campaign at any moment of its year, or the campaign of another notice of the fixtures."""

import os
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Role, User
from reports.demonstration import notices, province, stages, strangers
from reports.demonstration.load import SHENZHEN, folders

SHOWN = (Role.STAFF, Role.SIGNER, Role.LIAISON, Role.HEAD, Role.LEADER, Role.ADMIN)


class Command(BaseCommand):
    help = "Build the demonstration (Shenzhen 2015, another notice, or a synthetic province of N units) at a stage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=[*stages.DAYS, notices.ROLLED_UP], default="draft")
        parser.add_argument("--notice", choices=folders(), default=SHENZHEN, help="which notice of fixtures/")
        parser.add_argument("--units", type=int, help="a synthetic province of this many units")
        parser.add_argument("--if-empty", action="store_true", help="keep what is there")
        parser.add_argument("--replace", action="store_true", help="replace data that is no demonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            self.refuse_in_production(options["if_empty"])
            return
        if options["notice"] != SHENZHEN and options["stage"] not in notices.STAGES:
            raise CommandError(f"{options['notice']} has the stages {' and '.join(notices.STAGES)} only.")
        if options["notice"] == SHENZHEN and options["stage"] == notices.ROLLED_UP:
            raise CommandError("Rolled up are the notices with levels below: name one of them with --notice.")
        if strangers.anything():
            if options["if_empty"]:
                self.show_accounts()
                return
            self.clear(options["replace"])
        day = self.build(**options)
        strangers.mark()
        self.keep_day(day)
        self.show_accounts()

    def refuse_in_production(self, asked_by_start: bool) -> None:
        """Accounts whose password everybody knows are never made where others can reach the site."""
        if not asked_by_start:
            raise CommandError("This is a production site (ALLOWED_HOSTS): the demonstration is not loaded here.")
        if not User.objects.exists():
            self.stdout.write(
                "Nobody can sign in yet. The first administrator: "
                "python manage.py first_administrator --office NAME --name NAME"
            )

    def build(self, *, notice: str, stage: str, units: int | None, **_other: Any) -> date:
        """Build what was asked for. Returns: the day it is to be seen as of."""
        if units:
            return province.build(stage, units)
        return stages.build(stage) if notice == SHENZHEN else notices.build(notice, stage)

    def clear(self, replace: bool) -> None:
        """Empty the database; what is not of the demonstration only when somebody says so who has read what it is."""
        found = strangers.strangers()
        if found and not replace and not self.agreed(found):
            raise CommandError("Nothing was deleted. --replace deletes all of it for good without asking.")
        call_command("flush", interactive=False, verbosity=0)
        self.stdout.write("What was there before was replaced." if found else "The former demonstration was replaced.")

    def agreed(self, found: list[str]) -> bool:
        """Name what would be lost, and ask; nobody answers where nobody sits."""
        self.stderr.write("\n  ".join(["There is data here that is not of the demonstration:", *found]))
        return sys.stdin.isatty() and input("Delete all of it for good? Type delete: ").strip() == "delete"

    def keep_day(self, day: date) -> None:
        """Leave the day for the clock setting, unless TODAY sets it; running processes take it at their next start."""
        if os.environ.get("TODAY"):
            return
        settings.TODAY_FILE.parent.mkdir(parents=True, exist_ok=True)
        settings.TODAY_FILE.write_text(day.isoformat())
        self.stdout.write(f"Seen as of {day} (restart what is running).")

    def show_accounts(self) -> None:
        """One account of the demonstration for each role; nothing where other people's data are."""
        if strangers.demonstration() is None:
            return
        self.stdout.write(f"Accounts (password of all: {settings.DEMONSTRATION_PASSWORD}):")
        for role in SHOWN:
            user = User.objects.filter(memberships__role=role, is_active=True).order_by("pk").first()
            if user:
                unit = user.memberships.filter(role=role)[0].unit
                self.stdout.write(f"  {user.username:<18} {role.value:<8} {user.name}, {unit}")

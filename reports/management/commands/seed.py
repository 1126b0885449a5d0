"""Build the demonstration campaign at any moment of its year, or the campaign of another notice of the fixtures."""

import os
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Role, User
from reports.demonstration import notices, province, stages
from reports.demonstration.load import PASSWORD, SHENZHEN, folders

SHOWN = (Role.STAFF, Role.SIGNER, Role.LIAISON, Role.HEAD, Role.LEADER, Role.ADMIN)


class Command(BaseCommand):
    help = "Build the demonstration (Shenzhen 2015, another notice, or a synthetic province of N units) at a stage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=list(stages.DAYS), default="draft")
        parser.add_argument("--notice", choices=folders(), default=SHENZHEN, help="which notice of fixtures/")
        parser.add_argument("--units", type=int, help="a synthetic province of this many units")
        parser.add_argument("--if-empty", action="store_true", help="keep what is there")
        parser.add_argument("--replace", action="store_true", help="replace data that is no demonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["notice"] != SHENZHEN and options["stage"] not in notices.STAGES:
            raise CommandError(f"{options['notice']} has the stages {' and '.join(notices.STAGES)} only.")
        if User.objects.exists():
            if options["if_empty"]:
                self.show_accounts()
                return
            self.clear(options["replace"])
        self.keep_day(self.build(**options))
        self.show_accounts()

    def build(self, *, notice: str, stage: str, units: int | None, **_other: Any) -> date:
        """Build what was asked for. Returns: the day it is to be seen as of."""
        if units:
            return province.build(stage, units)
        return stages.build(stage) if notice == SHENZHEN else notices.build(notice, stage)

    def clear(self, replace: bool) -> None:
        """Empty the database, but never one in which real people work."""
        real = User.objects.exclude(email__endswith="@example.com").exists()
        if (real or settings.PRODUCTION) and not replace:
            raise CommandError(
                "There is data here that is not the demonstration. --replace deletes all of it for good."
            )
        call_command("flush", interactive=False, verbosity=0)
        self.stdout.write("The former demonstration was replaced.")

    def keep_day(self, day: date) -> None:
        """Leave the day for the clock setting, unless TODAY sets it; running processes take it at their next start."""
        if os.environ.get("TODAY"):
            return
        settings.TODAY_FILE.parent.mkdir(parents=True, exist_ok=True)
        settings.TODAY_FILE.write_text(day.isoformat())
        self.stdout.write(f"Seen as of {day} (restart what is running).")

    def show_accounts(self) -> None:
        """One account for each role."""
        self.stdout.write(f"Accounts (password of all: {PASSWORD}):")
        for role in SHOWN:
            user = User.objects.filter(memberships__role=role, is_active=True).order_by("pk").first()
            if user:
                unit = user.memberships.filter(role=role)[0].unit
                self.stdout.write(f"  {user.username:<18} {role.value:<8} {user.name}, {unit}")

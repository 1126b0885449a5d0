"""An office begins: its unit in the register, and the first person who can name all others.

Where the administrators are separate that is the security administrator, who names the other two.
"""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.duties import granting
from accounts.models import Deed, Membership, Unit, UnitKind, User
from accounts.models.units import UnitLevel
from accounts.role_changes import record
from accounts.unit_names import tidy


class Command(BaseCommand):
    help = "Enter the office and the first person who gives roles, and who then names everybody else under “People”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", required=True, help="the short name of the office, as lists show it")
        parser.add_argument("--full-name", default="", help="its name in official documents")
        parser.add_argument("--level", choices=UnitLevel.values, default=UnitLevel.CITY)
        parser.add_argument("--name", required=True, help="the name of the person")
        parser.add_argument("--account", default="admin", help="with what the person signs in")

    def handle(self, *args: Any, **options: Any) -> None:
        there = Membership.objects.held_now().filter(role__in=granting(), user__is_active=True).first()
        if there:
            raise CommandError(
                f"Somebody gives roles already: {there.user} (account {there.user.username}, {there.unit}). "
                f"Forgotten the password? python manage.py changepassword {there.user.username}"
            )
        try:
            with transaction.atomic():
                self.enter(**options)
        except ValidationError as wrong:
            raise CommandError("\n".join(wrong.messages)) from wrong
        self.stdout.write(
            f"{options['name']} can sign in as {options['account']} and name everybody else under 人员 (People)."
        )

    def enter(self, *, office: str, full_name: str, level: str, name: str, account: str, **_other: Any) -> None:
        """Office, person and role, or nothing. Raises: ValidationError."""
        person = User(username=account, name=name)
        person.full_clean(exclude=["password"])
        person.set_password(self.password(person))
        person.save()
        known = Unit.objects.live().filter(name=tidy(office)).first()
        unit = known or Unit(name=tidy(office), full_name=full_name, level=level, kind=UnitKind.OFFICE)
        unit.full_clean()
        unit.save()
        held = Membership.objects.create(user=person, unit=unit, role=granting()[0])
        record(Deed.GIVEN, person, by=None, of=held)

    def password(self, person: User) -> str:
        """Asked for twice, never shown and never an argument; from a script: one line of standard input."""
        if not sys.stdin.isatty():
            given = sys.stdin.readline().rstrip("\n")
        else:
            given = getpass("Password: ")
            if getpass("Once more: ") != given:
                raise ValidationError("The two passwords differ.")
        validate_password(given, person)
        return given

"""Says what is missing, and how to mend it; exit code 1 when anything is."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from qualitymonth.doctor import QUESTIONS
from qualitymonth.parts import Unwell


class Command(BaseCommand):
    """One line for each question."""

    help = "Says what is missing, and how to mend it."
    requires_system_checks: list[str] = []  # what they would stop at, this command says

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *_args: Any, language: str | None, **_more: Any) -> None:
        with translation.override(language or settings.LANGUAGE_CODE):
            wrong = sum(not self.is_well(name) for name in QUESTIONS)
        if wrong:
            sys.exit(1)

    def is_well(self, name: str) -> bool:
        """Ask one question and say the answer."""
        try:
            QUESTIONS[name]()
        except Unwell as unwell:
            self.stdout.write(f"✗ {name}: {unwell}")
            return False
        self.stdout.write(f"✓ {name}")
        return True

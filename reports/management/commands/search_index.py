"""``manage.py search_index check|rebuild|update``: the index of the search."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.counts import thousands
from reports.search import index


class Command(BaseCommand):
    """Hold the index against the texts, make it anew, or bring it up to date."""

    help = "check: compare the index of the search with the texts. rebuild: make it anew. update: take in what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=("check", "rebuild", "update"))

    def handle(self, *_args: Any, deed: str, **_options: Any) -> None:
        if deed == "check":
            self.check_index()
            return
        number = index.begin_anew() if deed == "rebuild" else index.take_in(most=10**9)
        self.stdout.write(f"✓ {thousands(number)}")

    def check_index(self) -> None:
        """Raises: CommandError that names what is wrong."""
        if wrong := list(index.wrong()):
            raise CommandError("✗ " + ", ".join(wrong[:20]) + f" ({thousands(len(wrong))})")
        self.stdout.write("✓")

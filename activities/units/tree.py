"""A unit belongs to another one: what it owes counts there from now on, on past days as well."""

from typing import Any

from django.dispatch import receiver

from accounts.unit_signals import unit_moved
from activities.models.counting import moved_below


@receiver(unit_moved)
def count_elsewhere(sender: Any, unit: int, before: int | None, after: int | None, **more: Any) -> None:
    """The ledger follows the tree."""
    moved_below(unit, before, after)

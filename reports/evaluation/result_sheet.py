"""The result of an evaluation as a workbook: a row a unit, numbers as numbers."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from workflow.listing.columns import Column, Type


def result_columns(names: list[str]) -> list[Column]:
    """Rank, unit, each criterion, what was added and taken off, the total. Arguments: the names of the criteria."""
    criteria = [Column(f"criterion-{at}", name, of_criterion(at), Type.NUMBER) for at, name in enumerate(names)]
    return [
        Column("place", _("Rank"), lambda row: row["place"], Type.NUMBER, 8),
        Column("unit", _("Unit"), lambda row: row["name"], width=32),
        *criteria,
        *(Column(name, label, of_sum(name), Type.NUMBER) for name, label in (
            ("added", _("Added")), ("taken_off", _("Taken off")), ("total", _("Total"))
        )),
    ]  # fmt: skip


def of_criterion(at: int) -> Any:
    """The points of one criterion; nothing where it does not concern the unit."""
    return lambda row: number(row["lines"][at][1])


def of_sum(name: str) -> Any:
    """One of the sums."""
    return lambda row: number(row[name])


def number(text: str) -> Decimal | None:
    """Points as they were frozen."""
    return Decimal(text) if text else None

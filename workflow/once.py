"""Many rows at once, of which some may be there already: those stay as they are.

The clause names its target (``ON CONFLICT (a, b) DO UPDATE``), which relatives of PostgreSQL demand; what is "updated"
is a column of the target, to the value it has. ``ignore_conflicts`` of ``bulk_create`` names none (``DO NOTHING``).
"""

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def put_once(model: type[Row], rows: Iterable[Row], *target: str, batch_size: int | None = None) -> None:
    """Write the rows that are not there yet.

    Arguments: the model; its rows, of which the first of several alike counts; the fields of the constraint by which
    two are the same; how many go in one statement.
    """
    names = [model._meta.get_field(name).attname for name in target]  # type: ignore[union-attr]  # all are columns
    found: dict[Hashable, Row] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, name) for name in names), row)
    if not found:
        return
    manager: Any = model._base_manager
    manager.bulk_create(
        found.values(),
        batch_size=batch_size,
        update_conflicts=True,
        unique_fields=list(target),
        update_fields=[target[-1]],
    )

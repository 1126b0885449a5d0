"""Migrations after which the version before still serves: ``make lint`` names the others
(``python -m tests.live_migrations``).

A new version is put in place while people work: first the database is migrated, then processes are replaced one by
one. In between the old code reads and writes the new tables. So what it names has to stay, and what it leaves out has
to have a value. A column goes in two versions: one that no longer names it (``SeparateDatabaseAndState``, with nothing
for the database but a default), and one that drops it.

What is looked at begins behind ``BASELINE``, the migrations of the first version. A migration that may stand all the
same says why: ``beside_the_old = "…"`` in its class.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import CheckConstraint, Field, UniqueConstraint

BASELINE = {"accounts": 11, "activities": 14, "campaigns": 9, "feedback": 1, "reports": 4, "workflow": 5}
ANSWER = "beside_the_old"
GOES = (migrations.RemoveField, migrations.DeleteModel)
IS_CALLED = (migrations.RenameField, migrations.RenameModel, migrations.AlterModelTable)


def trouble(operation: Operation, app: str, state: Any, made_here: set[str]) -> Iterator[str]:
    """What the old version would meet. Arguments: the operation, its app, the models as they were before it, and the
    models that the same migration has made, which no old version knows."""
    of = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from trouble(each, app, state, made_here)
    elif of in made_here or isinstance(operation, migrations.CreateModel):
        made_here.add(of)
    elif isinstance(operation, GOES):
        yield "takes away what it reads"
    elif isinstance(operation, IS_CALLED):
        yield "gives another name to what it reads"
    elif isinstance(operation, migrations.AddField) and needs_a_value(operation.field):
        yield "adds a column that it leaves out: give it null=True or db_default"
    elif isinstance(operation, migrations.AlterField):
        yield from altered(state.models[app, of].fields[operation.name], operation.field)
    elif isinstance(operation, migrations.AlterUniqueTogether):
        yield "refuses rows that it writes"
    elif isinstance(operation, migrations.AddConstraint):
        if isinstance(operation.constraint, CheckConstraint | UniqueConstraint):
            yield "refuses rows that it writes"
    elif isinstance(operation, migrations.RunSQL):
        yield "is SQL, of which nothing is known"


def needs_a_value(field: Field[Any, Any]) -> bool:
    """Whether a row without this column is refused."""
    return not (field.many_to_many or field.null or field.has_db_default() or field.generated)


def altered(before: Field[Any, Any], after: Field[Any, Any]) -> Iterator[str]:
    """What a changed column does to who writes it as it was."""
    if before.get_internal_type() != after.get_internal_type():
        yield "changes the kind of a column that it reads"
    if before.null and needs_a_value(after):
        yield "refuses rows without a value, which it writes"
    if after.max_length and (before.max_length or sys.maxsize) > after.max_length:
        yield "shortens a column that it writes"
    if after.unique and not before.unique:
        yield "refuses rows that it writes"


def found_in(migration: Any, state: Any) -> list[str]:
    """What the old version would meet after this migration. Arguments: it; the models before it, changed by it."""
    made_here: set[str] = set()
    said = []
    for operation in migration.operations:
        said += [
            f"{operation.describe()}: {each}" for each in trouble(operation, migration.app_label, state, made_here)
        ]
        operation.state_forwards(migration.app_label, state)
    return said


def behind_the_baseline(loader: MigrationLoader) -> Iterable[tuple[str, str]]:
    """The migrations of ours that are looked at."""
    ours = {each.label for each in apps.get_app_configs() if Path(each.path).parent == settings.BASE_DIR}
    for app, name in sorted(loader.disk_migrations):
        if app in ours and int(name.partition("_")[0]) > BASELINE.get(app, 0):
            yield app, name


def main() -> int:
    """Say which migrations the old version would not live with. Returns: 1 if there are any."""
    loader, status = MigrationLoader(None), 0
    for key in behind_the_baseline(loader):
        migration = loader.disk_migrations[key]
        said = found_in(migration, loader.project_state(key, at_end=False))
        if said and not getattr(migration, ANSWER, ""):
            status = 1
            for each in said:
                print(f"{'.'.join(key)}: {each}")
    if status:
        print(f"The version before would still serve: see {Path(__file__).name}, or say why it may: {ANSWER} = “…”")
    return status


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualitymonth.settings")
    django.setup()
    sys.exit(main())

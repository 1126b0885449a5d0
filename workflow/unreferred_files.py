"""Files that no row names: what a process left that ended between a file and its row is swept, and named."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField
from django.utils import timezone

from workflow.kept_files import names_under

log = logging.getLogger("qualitymonth.files")
AGE = timedelta(days=1)
"""What is younger may still get its row: a package is written for hours."""
MOST = 1000
"""So many at once are no traces of crashes: rather the wrong database, or one that was restored. A person must look."""


class TooMany(Exception):
    """More files have no row than any crash leaves; none was removed."""


def sweep() -> list[str]:
    """Remove stored files that are older than a day and that no row names.

    Returns: their names, each of which is a line of the log. Raises: TooMany.
    """
    named = set(names_in_rows())
    found = [name for name in stored(default_storage, named) if is_old(default_storage, name)]
    if len(found) > MOST:
        raise TooMany(f"{len(found)} stored files are named by no row, such as {found[0]}; none was removed")
    still = set(names_in_rows())  # a row may have come meanwhile
    gone = [name for name in found if name not in still]
    for name in gone:
        default_storage.delete(name)
        log.warning("Swept %s: no row names it, and it is older than %s", name, AGE)
    return gone


def file_fields() -> Iterator[FileField]:
    """Every field of every model that names a stored file."""
    for model in apps.get_models():
        yield from (each for each in model._meta.concrete_fields if isinstance(each, FileField))


def names_in_rows() -> Iterator[str]:
    """The names of all files that rows name."""
    for field in file_fields():
        rows = field.model._default_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
        yield from rows.values_list(field.name, flat=True).iterator()


def stored(storage: Storage, named: set[str]) -> Iterator[str]:
    """The stored files that no row names, in the folders where the fields keep theirs; others are not ours."""
    ours = {str(each.upload_to).partition("/")[0] for each in file_fields() if isinstance(each.upload_to, str)}
    ours |= {name.partition("/")[0] for name in named}
    for folder in sorted(ours):
        yield from (name for name in names_under(storage, folder) if name not in named)


def is_old(storage: Storage, name: str) -> bool:
    """Whether a file has been there for longer than a day by the real clock; False when it is gone meanwhile."""
    try:
        changed: datetime = storage.get_modified_time(name)
    except FileNotFoundError:
        return False
    return timezone.now() - changed > AGE

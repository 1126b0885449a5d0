"""A backup: the database in one snapshot, then every stored file, and a list of both with counts and SHA-256.

Files are stored once under names of their own and never changed, so copying them after the snapshot gives every file
the snapshot names; one that was removed in between asks for a newer snapshot. The list is written last: a folder
without it is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from qualitymonth.database_files import BackupError, configured
from workflow import pulse
from workflow.kept_files import names_under

LIST = "manifest.json"
FILES = "files"
CHUNK = 1 << 20
ATTEMPTS = 3


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    database: str
    database_sha256: str
    rows: dict[str, int]
    files: dict[str, str]
    missing: list[str]
    """Files that rows name and that were not there any more when the backup was made."""


def make(folder: Path) -> Manifest:
    """Make a backup while people work.

    Arguments: a folder that is new or empty. Returns: its list. Raises: BackupError.
    """
    if settings.MEDIA_ROOT and folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError(f"{folder} is among the files themselves ({settings.MEDIA_ROOT}).")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty.")
    database, copied, missing = configured(), dict[str, str](), list[str]()
    dump = folder / database.FILE
    for _attempt in range(ATTEMPTS):
        dump.unlink(missing_ok=True)
        found = database.dump(dump)
        for name in list(all_names(default_storage)):
            if name not in copied:
                copied |= copy(name, folder / FILES)
        missing = sorted(found.files - set(copied))
        if not missing:
            break
    made = Manifest(timezone.now().isoformat(), database.FILE, digest(dump), found.rows, copied, missing)
    os.sync()  # the list says that all of it is there
    (folder / LIST).write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1))
    os.sync()
    pulse.beat(pulse.BACKUP)
    return made


def all_names(storage: Storage) -> Iterator[str]:
    """The names of all stored files, but for those that are being written just now: they begin with a dot."""
    return (name for name in names_under(storage, "") if not name.rpartition("/")[2].startswith("."))


def copy(name: str, to: Path) -> dict[str, str]:
    """Copy a stored file. Returns: its name and SHA-256; nothing if it was removed just now."""
    target = to / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with default_storage.open(name) as source, target.open("wb") as file:
            return {name: passed_on(source, file)}
    except FileNotFoundError:
        target.unlink(missing_ok=True)
        return {}


def passed_on(source: Any, target: BinaryIO | None = None) -> str:
    """Read a file to its end, writing it on. Returns: its SHA-256."""
    found = hashlib.sha256()
    while chunk := source.read(CHUNK):
        found.update(chunk)
        if target:
            target.write(chunk)
    return found.hexdigest()


def digest(path: Path) -> str:
    """The SHA-256 of a file; empty when it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return passed_on(file)


def verified(folder: Path) -> Manifest:
    """The list of a backup, every file of which is there and unchanged. Raises: BackupError naming what is not."""
    try:
        kept = Manifest(**json.loads((folder / LIST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder / LIST}: {error}") from error
    wanted = {folder / FILES / name: sha for name, sha in kept.files.items()}
    wanted[folder / kept.database] = kept.database_sha256
    wrong = [str(path) for path, sha in wanted.items() if digest(path) != sha]
    if wrong:
        raise BackupError(f"{len(wrong)} missing or altered: {', '.join(wrong[:5])}")
    return kept


def restore(folder: Path) -> Manifest:
    """Put a backup back, into an empty database and beside no other files.

    Returns: its list. Raises: BackupError before anything is written if it does not hold or there is something already.
    """
    kept, database = verified(folder), configured()
    if kept.database != database.FILE:
        raise BackupError(f"{kept.database} is not of this kind of database ({database.FILE}).")
    if not database.is_empty():
        raise BackupError("The database is not empty. Restore into a new one (createdb, then DATABASE_URL).")
    there = {name: sha_of_stored(name) for name in kept.files if default_storage.exists(name)}
    if others := [name for name, sha in there.items() if sha != kept.files[name]]:
        raise BackupError(f"Other files are stored under these names: {', '.join(others[:5])}")
    for name in set(kept.files) - set(there):
        with (folder / FILES / name).open("rb") as source:
            # under the very name that rows say: save() would find a new one
            default_storage._save(name, File(source))  # type: ignore[attr-defined]
    os.sync()
    database.load(folder / kept.database)
    compare(kept, database.found().rows)
    return kept


def sha_of_stored(name: str) -> str:
    """The SHA-256 of a stored file."""
    with default_storage.open(name) as source:
        return passed_on(source)


def rehearse(folder: Path) -> Manifest:
    """Restore a backup into a scratch database, compare, and throw it away; the files are verified where they lie.

    Returns: its list. Raises: BackupError.
    """
    kept = verified(folder)
    with configured().scratch() as scratch:
        scratch.load(folder / kept.database)
        found = scratch.found()
    compare(kept, found.rows)
    if lost := sorted(found.files - set(kept.files) - set(kept.missing)):
        raise BackupError(f"{len(lost)} files that rows name are not in the backup: {', '.join(lost[:5])}")
    return kept


def compare(kept: Manifest, rows: dict[str, int]) -> None:
    """Raises: BackupError when a table holds not as many rows as the backup says."""
    if wrong := sorted(table for table in kept.rows | rows if kept.rows.get(table) != rows.get(table)):
        raise BackupError(f"Other numbers of rows than in the backup: {', '.join(wrong)}")

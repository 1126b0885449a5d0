"""Where files are kept: on the disk before anybody is told so, closed to other accounts, under names nobody guesses.

A success that was answered is there after the power failed: the file is written beside its place, made durable, moved
there, and its folder made durable; all of that before the row that names it is written. Whatever breaks it off leaves
at most a file that no row names, which ``unreferred_files`` sweeps.
"""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.translation import gettext as _

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says when there is no room for a file: the disk is full, the account's share of it is, a limit."""


class StorageFull(OSError):
    """There is no room for a file; nothing of it was kept. The message is for a person."""

    def __str__(self) -> str:
        return no_room_words()


def no_room_words() -> str:
    """That there is no room for files, and what to do."""
    return _(
        "There is no room for files on this server at the moment, so they were not kept. Please tell whoever runs the "
        "system, and send them again later; what you typed stays."
    )


UNFINISHED = "being-written-"


class Written(File):
    """A file that was written on this machine and is finished: a storage beside it takes it over without copying."""

    @classmethod
    @contextmanager
    def beside(cls, folder: Path) -> Iterator[Written]:
        """An empty file to write; what no storage took over is gone afterwards. Raises: StorageFull, OSError."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=UNFINISHED, buffering=1 << 20) as made:
                yield cls(made, name=made.name)
        except OSError as error:
            if error.errno in NO_ROOM and not isinstance(error, StorageFull):
                raise StorageFull(error.errno, error.strerror) from error
            raise

    @staticmethod
    def forget(folder: Path) -> None:
        """Remove what was begun more than a day ago by a process that was killed."""
        for path in folder.glob(f"{UNFINISHED}*"):
            if path.stat().st_mtime < time.time() - 86_400:
                path.unlink(missing_ok=True)


class Unguessable:
    """A storage whose files nobody finds by guessing: a random part stands in each name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name with 64 random bits before its ending."""
        path = Path(name)
        lot = f"{path.stem}-{secrets.token_hex(8)}{path.suffix}"
        return str(super().get_available_name(str(path.with_name(lot)), max_length))  # type: ignore[misc]


class KeptOnDisk(Unguessable, FileSystemStorage):
    """Files in a folder of this machine."""

    def _save(self, name: str, content: Any) -> str:
        """Keep a file. Returns its name. Raises: StorageFull, after which nothing of it is there; OSError."""
        place = Path(self.path(name))
        part = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            self._make(place.parent)
            self._write(part, content)
            part.rename(place)
            made_durable(place.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            if error.errno in NO_ROOM:
                raise StorageFull(error.errno, error.strerror) from error
            raise
        return name

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, each with its entry in the one above made durable."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(self.directory_permissions_mode or 0o750)
        made_durable(folder.parent)

    def _write(self, path: Path, content: Any) -> None:
        if isinstance(content, Written) and self._taken_over(path, content):
            return
        with open(path, "xb", opener=_private) as file:
            content.seek(0)
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fchmod(file.fileno(), self.file_permissions_mode or 0o640)
            os.fsync(file.fileno())

    def _taken_over(self, path: Path, content: Written) -> bool:
        """Give a finished file a name here; False where it lies on another disk."""
        content.flush()
        try:
            os.link(str(content.name), path)
        except OSError:
            return False
        os.fchmod(content.fileno(), self.file_permissions_mode or 0o640)
        os.fsync(content.fileno())
        return True


def names_under(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files stored in a folder and below it; none where there is no such folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (start + name for name in files)
    for name in folders:
        yield from names_under(storage, start + name)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def made_durable(folder: Path) -> None:
    """Wait until the entries of a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

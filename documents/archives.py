"""A ZIP file opened with suspicion: what it holds is told from its directory, nothing is unpacked to find out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from documents.refusal import Refused

MAX_PART = 24 * 1024 * 1024  # 200 pages of a notice are some 5 MB of XML
_MAX_TOTAL = 400 * 1024 * 1024
_MAX_ENTRIES = 5000
_MAX_RATIO = 300
_SMALL = 1024 * 1024
_LINK = 0o120000
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, KeyError)
"""What reading a part of a damaged or encrypted archive raises."""
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")


def opened(file: bytes | Path, *, most: int = _MAX_TOTAL) -> zipfile.ZipFile:
    """Return an archive whose directory holds nothing suspicious; most: bytes it may unpack to.

    Raises Refused: damaged, encrypted, a bomb (entries, size, ratio, entries that share their bytes), or with names
    that lead out of the folder it is unpacked in.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
        entries = archive.infolist()
    except BROKEN as error:
        raise Refused("damaged") from error
    total = sum(entry.file_size for entry in entries)
    steep = any(e.file_size > _SMALL and e.file_size > _MAX_RATIO * max(1, e.compress_size) for e in entries)
    if len(entries) > _MAX_ENTRIES or total > most or steep or _share(entries):
        raise Refused("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    for entry in entries:
        if _OUTSIDE.search(entry.orig_filename) or (entry.external_attr >> 16) & 0o170000 == _LINK:
            raise Refused("paths", entry.orig_filename)
    return archive


def _share(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries begin before the one in front ended: the same bytes are unpacked again and again."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + entry.compress_size
    return False


def part(archive: zipfile.ZipFile, name: str, most: int = MAX_PART) -> bytes:
    """Return a part, b"" when there is none.

    Raises Refused when it is larger than it says or than any document's, or damaged.
    """
    try:
        with archive.open(name) as file:
            data = file.read(most + 1)
    except KeyError:
        return b""
    except BROKEN as error:
        raise Refused("damaged") from error
    if len(data) > most:
        raise Refused("bomb")
    return data

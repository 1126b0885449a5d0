"""Archives that are handed on as archives: told from their directory, each entry judged like a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from documents import archives
from documents.answers import Judged
from documents.file_beginnings import BEGINS, HEAD, begins_as
from documents.refusal import Refused

_ENTRY = 50 * 1024 * 1024
_JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems add by themselves."""
_ALSO = (".ttf", ".otf", ".ttc", ".xml")
"""Fonts of a logo, and lists."""
_READ = {
    ".docx",
    ".xlsx",
    ".pptx",
    ".pdf",
    ".ai",
    ".rtf",
    ".doc",
    ".xls",
    ".ppt",
    ".wps",
    ".et",
    ".dps",
    ".csv",
    ".ofd",
}
"""Entries that are read to be judged: documents; of others their beginning."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")


def judge_zip(file: bytes | Path, judge: Callable[[str, bytes], Judged]) -> Judged:
    """An archive as it came; judge: who judges its entries, which are files like any other.

    Raises Refused: bombs, names that lead out, entries that are not taken in.
    """
    archive = archives.opened(file, most=1024 * 1024 * 1024)
    for entry in archive.infolist():
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or set(name.parts) & set(_JUNK) or name.name.startswith("._"):
            continue
        kind = name.suffix.lower()
        with archive.open(entry) as opened:
            head = opened.read(HEAD)
        known = kind in BEGINS and kind != ".zip" and (not head or begins_as(head, kind))
        if head.startswith(_PROGRAMS) or not (known or kind in _ALSO):
            raise Refused("inside", entry.filename)
        if kind in _READ:
            try:
                clean = judge(name.name, archives.part(archive, entry.filename, _ENTRY))
            except Refused as refused:
                raise Refused(refused.code, entry.filename) from refused
            if clean.data is not None:
                raise Refused("inside", entry.filename)
    return Judged()

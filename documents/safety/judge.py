"""The table of kinds: who judges which file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from documents.answers import Judged
from documents.file_beginnings import HEAD, OLD_OFFICE, PICTURES, begins_as
from documents.refusal import Refused

from .ofd import judge_ofd
from .old_office import judge_old
from .package import judge_package
from .plain import judge_list, judge_rtf
from .zipped import judge_zip

File = bytes | Path
_COMMANDS = bytes.fromhex("301afb1e620bd011a39b00a0c90348f6")  # of ASF: what is opened while it is played
_REFERENCE = re.compile(rb"rmra|rdrf|rmda")  # of QuickTime: the film lies elsewhere


def judge(name: str, file: File) -> Judged:
    """See documents.safety."""
    kind = PurePosixPath(name).suffix.lower()
    head = _head(file)
    if begins_as(head, ".eps"):
        raise Refused("eps")
    if not begins_as(head, ".zip", ".xls") and _hides_a_zip(file):  # old Office keeps its themes in one, at the end
        raise Refused("two-files")
    try:
        return _JUDGES.get(kind, _nothing)(file)
    except MemoryError as error:
        raise Refused("too-slow") from error


def _head(file: File) -> bytes:
    if isinstance(file, bytes):
        return file[:HEAD]
    with file.open("rb") as opened:
        return opened.read(HEAD)


def _hides_a_zip(file: File) -> bool:
    """Whether programs that unpack would find an archive behind another file."""
    return zipfile.is_zipfile(io.BytesIO(file) if isinstance(file, bytes) else file)


def _nothing(_file: File) -> Judged:
    return Judged()


def _pdf(file: File) -> Judged:
    from .pdf import judge_pdf  # noqa: PLC0415 (a list or a Word file is not to wait for what reads PDF)

    return judge_pdf(file)


def _zip(file: File) -> Judged:
    return judge_zip(file, judge)


def _ofd(file: File) -> Judged:
    return judge_ofd(file, judge)


def _old(file: File) -> Judged:
    """Old Word opens RTF under its name too."""
    return judge_rtf(file) if begins_as(_head(file), ".rtf") else judge_old(file)


def _film(file: File) -> Judged:
    head = _head(file)
    is_quicktime = begins_as(head, ".mov")
    if _COMMANDS in head or (is_quicktime and _REFERENCE.search(head)):
        raise Refused("commands")
    return Judged()


_JUDGES: dict[str, Callable[[File], Judged]] = {
    ".pdf": _pdf, ".ai": _pdf,
    ".docx": judge_package, ".xlsx": judge_package, ".pptx": judge_package,
    ".zip": _zip, ".ofd": _ofd,
    **dict.fromkeys(OLD_OFFICE, _old), ".rtf": judge_rtf,
    ".csv": judge_list,
    **dict.fromkeys((".wmv", ".mov", ".mp4", ".m4v"), _film),
    **dict.fromkeys(PICTURES, _nothing),
}  # fmt: skip

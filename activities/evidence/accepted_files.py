"""Uploaded documents and clips: what is taken in, judged by its content where that is cheap."""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MB = 1_000_000
DOCUMENT, CLIP = 50 * MB, 200 * MB
"""The largest document, the largest clip or recording."""
HEAD = 4096


def begins(*marks: bytes, at: int = 0) -> Callable[[bytes], bool]:
    """A test for files that begin with one of these bytes."""
    return lambda head: head[at:].startswith(marks)


def is_text(head: bytes) -> bool:
    """Whether it reads as a text: no NUL, and no page or picture in disguise."""
    return b"\0" not in head and not head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<", b"#!", b"mz"))


def is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


@dataclass(frozen=True)
class Sort:
    """A sort of file: how large it may be, as what it is served, and how its content begins."""

    most: int
    content_type: str
    fits: Callable[[bytes], bool]
    inside: str = ""
    """A part that a zipped document must have."""


OLE, ZIP = begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), begins(b"PK\x03\x04")
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA = begins(b"ftyp", at=4)

SORTS: dict[str, Sort] = {
    ".pdf": Sort(DOCUMENT, "application/pdf", begins(b"%PDF-")),
    ".doc": Sort(DOCUMENT, "application/msword", OLE),
    ".docx": Sort(DOCUMENT, OFFICE + "wordprocessingml.document", ZIP, "word/document.xml"),
    ".xls": Sort(DOCUMENT, "application/vnd.ms-excel", OLE),
    ".xlsx": Sort(DOCUMENT, OFFICE + "spreadsheetml.sheet", ZIP, "xl/workbook.xml"),
    ".ppt": Sort(DOCUMENT, "application/vnd.ms-powerpoint", OLE),
    ".pptx": Sort(DOCUMENT, OFFICE + "presentationml.presentation", ZIP, "ppt/presentation.xml"),
    ".wps": Sort(DOCUMENT, "application/vnd.ms-works", OLE),
    ".et": Sort(DOCUMENT, "application/octet-stream", OLE),
    ".dps": Sort(DOCUMENT, "application/octet-stream", OLE),
    ".ofd": Sort(DOCUMENT, "application/ofd", ZIP, "OFD.xml"),
    ".txt": Sort(DOCUMENT, "text/plain", is_text),
    ".csv": Sort(DOCUMENT, "text/csv", is_text),
    ".mp4": Sort(CLIP, "video/mp4", MEDIA),
    ".m4v": Sort(CLIP, "video/mp4", MEDIA),
    ".mov": Sort(CLIP, "video/quicktime", begins(b"ftyp", b"moov", b"wide", b"mdat", at=4)),
    ".webm": Sort(CLIP, "video/webm", begins(b"\x1a\x45\xdf\xa3")),
    ".avi": Sort(CLIP, "video/x-msvideo", lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI "),
    ".wmv": Sort(CLIP, "video/x-ms-wmv", begins(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")),
    ".mp3": Sort(CLIP, "audio/mpeg", is_mp3),
    ".m4a": Sort(CLIP, "audio/mp4", MEDIA),
    ".wav": Sort(CLIP, "audio/wav", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
}
"""What is taken in, by the end of the name; everything else is refused in words."""
PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp")


def sort_of(name: str) -> Sort:
    """The sort of a file by its name. Raises: ValidationError, saying what is taken in."""
    end = PurePosixPath(name).suffix.lower()
    if end in PHOTOS:
        raise ValidationError(_("This is a photo: please add it among the photos."))
    if end not in SORTS:
        raise ValidationError(
            _("Files of the kind “%(kind)s” are not taken in. Documents: PDF, Word, Excel, PowerPoint, WPS, OFD, "
              "text; clips: MP4, MOV, WebM, AVI, WMV, MP3, M4A, WAV.") % {"kind": end or name[:20]}
        )  # fmt: skip
    return SORTS[end]


def check(file: Any) -> str:
    """Judge one uploaded file.

    Arguments: Django's uploaded file.
    Returns: the SHA-256 of its content, read in chunks.
    Raises: ValidationError, in the reader's language: kind, size, empty, or not what its name says.
    """
    sort = sort_of(file.name)
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > sort.most:
        raise ValidationError(
            _("It has %(size)d MB; at most %(most)d MB are taken in. Please make it smaller, or give a link to it.")
            % {"size": -(-file.size // MB), "most": sort.most // MB}
        )
    file.seek(0)
    if not sort.fits(file.read(HEAD)) or (sort.inside and not has_part(file, sort.inside)):
        raise ValidationError(_("Its content is not what its name says. Please check the file and choose it again."))
    file.seek(0)
    mark = hashlib.sha256()
    for chunk in file.chunks():
        mark.update(chunk)
    return mark.hexdigest()


def has_part(file: Any, part: str) -> bool:
    """Whether a zipped document has its main part, and no macros."""
    try:
        with zipfile.ZipFile(file) as found:
            names = found.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return part in names and not any(name.lower().endswith("vbaproject.bin") for name in names)


def safe_name(name: str) -> str:
    """The name as it is shown and offered for saving: its last part, without what no file name may have."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join("_" if each in '<>:"|?*' or not each.isprintable() else each for each in last).rstrip(" .")
    stem, dot, end = clean.rpartition(".")
    return f"{(stem.strip(' .') or 'file')[:150]}{dot}{end[:10]}"

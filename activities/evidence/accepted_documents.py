"""Uploaded documents and clips: what is taken in, judged by its content where that is cheap."""

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.counts import thousands
from documents.file_beginnings import PICTURES, is_what_it_says, ofd_part, word_part
from workflow.judged_upload import judged

MB = 1_000_000
DOCUMENT, CLIP = 50 * MB, 200 * MB
"""The largest document, the largest clip or recording."""


@dataclass(frozen=True)
class Sort:
    """A sort of file: how large it may be, as what it is served. How it begins: ``documents.file_beginnings``."""

    most: int
    content_type: str
    inside: str = ""
    """A part that a zipped document must have."""


WORD = "word/document.xml"
"""The usual name of the part; the package may call it otherwise."""
OFD = "OFD.xml"
OFFICE = "application/vnd.openxmlformats-officedocument."

SORTS: dict[str, Sort] = {
    ".pdf": Sort(DOCUMENT, "application/pdf"),
    ".doc": Sort(DOCUMENT, "application/msword"),
    ".docx": Sort(DOCUMENT, OFFICE + "wordprocessingml.document", WORD),
    ".rtf": Sort(DOCUMENT, "application/rtf"),
    ".xls": Sort(DOCUMENT, "application/vnd.ms-excel"),
    ".xlsx": Sort(DOCUMENT, OFFICE + "spreadsheetml.sheet", "xl/workbook.xml"),
    ".ppt": Sort(DOCUMENT, "application/vnd.ms-powerpoint"),
    ".pptx": Sort(DOCUMENT, OFFICE + "presentationml.presentation", "ppt/presentation.xml"),
    ".wps": Sort(DOCUMENT, "application/vnd.ms-works"),
    ".et": Sort(DOCUMENT, "application/octet-stream"),
    ".dps": Sort(DOCUMENT, "application/octet-stream"),
    ".ofd": Sort(DOCUMENT, "application/ofd", OFD),
    ".txt": Sort(DOCUMENT, "text/plain"),
    ".csv": Sort(DOCUMENT, "text/csv"),
    ".mp4": Sort(CLIP, "video/mp4"),
    ".m4v": Sort(CLIP, "video/mp4"),
    ".mov": Sort(CLIP, "video/quicktime"),
    ".webm": Sort(CLIP, "video/webm"),
    ".avi": Sort(CLIP, "video/x-msvideo"),
    ".wmv": Sort(CLIP, "video/x-ms-wmv"),
    ".mp3": Sort(CLIP, "audio/mpeg"),
    ".m4a": Sort(CLIP, "audio/mp4"),
    ".wav": Sort(CLIP, "audio/wav"),
}
"""What is taken in, by the end of the name; everything else is refused in words."""


def sort_of(name: str) -> Sort:
    """The sort of a file by its name. Raises: ValidationError, saying what is taken in."""
    end = PurePosixPath(name).suffix.lower()
    if end in PICTURES:
        raise ValidationError(_("This is a photo: please add it among the photos."))
    if end not in SORTS:
        raise ValidationError(
            _("Files of the kind “%(kind)s” are not taken in. Documents: PDF, Word, Excel, PowerPoint, WPS, OFD, "
              "text; clips: MP4, MOV, WebM, AVI, WMV, MP3, M4A, WAV.") % {"kind": end or name[:20]}
        )  # fmt: skip
    return SORTS[end]


def check(file: Any) -> tuple[Any, str]:
    """Judge one uploaded file.

    Arguments: Django's uploaded file.
    Returns: the file to keep (the same, or made clean), and the SHA-256 of its content, read in chunks.
    Raises: ValidationError, in the reader's language: kind, size, empty, not what its name says, not to be handed on.
    """
    sort = sort_of(file.name)
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > sort.most:
        raise ValidationError(
            _("It has %(size)s MB; at most %(most)s MB are taken in. Please make it smaller, or give a link to it.")
            % {"size": thousands(-(-file.size // MB)), "most": thousands(sort.most // MB)}
        )
    if not is_what_it_says(file, file.name, SORTS) or (sort.inside and not has_part(file, sort.inside)):
        raise ValidationError(_("Its content is not what its name says. Please check the file and choose it again."))
    file = judged(file)
    mark = hashlib.sha256()
    for chunk in file.chunks():
        mark.update(chunk)
    file.seek(0)
    return file, mark.hexdigest()


def has_part(file: Any, part: str) -> bool:
    """Whether a zipped document has its main part."""
    try:
        with zipfile.ZipFile(file) as found:
            if part == OFD:
                return bool(ofd_part(found))
            return bool(word_part(found)) if part == WORD else part in found.namelist()
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError):
        return False


def safe_name(name: str) -> str:
    """The name as it is shown and offered for saving: its last part, without what no file name may have."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join("_" if each in '<>:"|?*' or not each.isprintable() else each for each in last).rstrip(" .")
    stem, dot, end = clean.rpartition(".")
    return f"{(stem.strip(' .') or 'file')[:150]}{dot}{end[:10]}"

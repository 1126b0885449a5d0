"""Uploaded pictures: judged by how they begin and what opening them costs, never by their name."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

import documents
from documents.counts import thousands
from documents.errors import DocumentError
from documents.file_beginnings import is_film

HEAD = 64
"""So many bytes tell what a file is."""
PRINT_PIXELS = 1600
THUMBNAIL_PIXELS = 400


@dataclass(frozen=True)
class Picture:
    """A picture as it was sent, and its hash."""

    file: Any
    sha256: str


def picture_from(data: bytes) -> Picture:
    """As :func:`picture_in`, of bytes."""
    return picture_in(ContentFile(data))


def picture_in(file: Any) -> Picture:
    """Judge what Django took in; what is refused by its size is not read.

    Arguments: an uploaded file. Returns: the picture; a worker makes of it what is kept (``made_anew.py``).
    Raises: ValidationError, in the user's language, when it is empty, too large, cut off, or no picture.
    """
    file.seek(0)  # it is read again when the page is shown again
    check(file.read(HEAD), file.size)
    mark = hashlib.sha256()
    for chunk in file.chunks():
        mark.update(chunk)
    file.seek(0)
    try:
        documents.pictures.judge(Path(file.temporary_file_path()) if on_disk(file) else file.read(), PRINT_PIXELS)
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    file.seek(0)
    return Picture(file, mark.hexdigest())


def on_disk(file: Any) -> bool:
    """Whether Django wrote it to a temporary file, as it does with large ones."""
    return hasattr(file, "temporary_file_path")


def check(head: bytes, size: int) -> None:
    """Refuse what is empty, a video or too large. Raises: ValidationError."""
    if not size:
        raise ValidationError(_("The file is empty."))
    if is_film(head):
        raise ValidationError(_("This is a video, no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted."))
    if size > settings.PHOTO_MAX_BYTES:
        raise ValidationError(too_large_words())


def too_large_words() -> str:
    """That it is too large, with the limit."""
    limit = settings.PHOTO_MAX_BYTES // 1_000_000
    return _("The file is larger than %(limit)s MB. Please make it smaller.") % {"limit": thousands(limit)}

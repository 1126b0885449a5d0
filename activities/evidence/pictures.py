"""Uploaded pictures: judged by what they are, re-encoded from their pixels, never trusted by name."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
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
    """A picture made here: print size as JPEG, and its hash."""

    large: bytes
    sha256: str


def picture_from(data: bytes) -> Picture:
    """Make a clean picture from an uploaded file.

    Arguments: the bytes of the file.
    Returns: the picture, upright, without metadata, at most 1600 pixels wide or high.
    Raises: ValidationError, in the user's language, when it is empty, too large or no picture.
    """
    check(data[:HEAD], len(data))
    try:
        large = documents.pictures.clean_jpeg(data, PRINT_PIXELS)
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    return Picture(large, hashlib.sha256(large).hexdigest())


def picture_in(file: Any) -> Picture:
    """Make a clean picture from Django's uploaded file; what is refused by its size is not read.

    Raises: ValidationError as :func:`picture_from` does.
    """
    file.seek(0)  # it is read again when the page is shown again
    check(file.read(HEAD), file.size)
    file.seek(0)
    return picture_from(file.read())


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

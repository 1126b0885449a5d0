"""Uploaded pictures: judged by what they are, re-encoded from their pixels, never trusted by name."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps
from pillow_heif import register_heif_opener

from documents.file_beginnings import is_film
from documents.pixels import plain

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF")
"""What is a photo; of moving or several pictures the first."""
register_heif_opener(thumbnails=False)  # what telephones send as HEIC

HEAD = 64
"""So many bytes tell what a file is."""
PRINT_PIXELS = 1600
THUMBNAIL_PIXELS = 400
MAX_PIXELS = 80_000_000


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
    large = encoded(opened(data), PRINT_PIXELS)
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
    return _("The file is larger than %(limit)d MB. Please make it smaller.") % {"limit": limit}


def opened(data: bytes) -> Image.Image:
    """Open and decode, refusing what is no photo, too many pixels, or damaged."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("The picture has too many pixels. Please make it smaller.")) from error
    except Exception as error:  # Pillow raises many kinds for hostile files
        raise ValidationError(_("This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted.")) from error
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(_("The picture has too many pixels. Please make it smaller."))
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half a photo would pass with a grey rest
    try:
        image.draft("RGB", (PRINT_PIXELS, PRINT_PIXELS))
        image.load()
        return ImageOps.exif_transpose(image)
    except Exception as error:
        raise ValidationError(_("The picture is damaged and cannot be read.")) from error


def encoded(image: Image.Image, pixels: int) -> bytes:
    """A JPEG at most ``pixels`` wide and high; transparency becomes white paper."""
    image = plain(image, image.info.get("icc_profile")).convert("RGB")
    image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
    image.info = {}  # Pillow would write comment and XMP of the upload again
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()

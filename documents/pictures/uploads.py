"""An uploaded picture, judged by its content and made anew from its pixels: nothing else of the file is kept."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageFile, ImageOps
from pillow_heif import register_heif_opener

from documents.errors import ImageError
from documents.messages import gettext as _
from documents.pixels import plain

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF")
"""What is a photo; of moving or several pictures the first."""
STILL = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 80_000_000
QUALITY = 80
register_heif_opener(thumbnails=False)  # what telephones send as HEIC


def clean_jpeg(file: bytes | Path, pixels: int) -> bytes:
    """Return a picture as JPEG: upright, without metadata, at most so many pixels wide and high.

    Raises ImageError when it is no photo, is damaged or has too many pixels.
    """
    return _encoded(_decoded(file, pixels), pixels)


def is_damaged(file: bytes | Path) -> bool:
    """Return whether a picture cannot be opened; one too large to be tried is trusted."""
    try:
        with Image.open(content(file), formats=STILL) as image:
            if image.width * image.height <= MOST_PIXELS:
                image.load()
    except Exception:  # hostile and damaged files raise anything
        return True
    return False


def content(file: bytes | Path) -> io.BytesIO | Path:
    """Return a file as Pillow opens it."""
    return io.BytesIO(file) if isinstance(file, bytes) else file


def _decoded(file: bytes | Path, pixels: int) -> Image.Image:
    try:
        image = Image.open(content(file), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ImageError(_("The picture has too many pixels. Please make it smaller.")) from error
    except Exception as error:  # Pillow raises many kinds for hostile files
        raise ImageError(_("This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted.")) from error
    if image.width * image.height > MOST_PIXELS:
        raise ImageError(_("The picture has too many pixels. Please make it smaller."))
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half a photo would pass with a grey rest
    try:
        image.draft("RGB", (pixels, pixels))
        image.load()
        return ImageOps.exif_transpose(image)
    except Exception as error:
        raise ImageError(_("The picture is damaged and cannot be read.")) from error


def _encoded(image: Image.Image, pixels: int) -> bytes:
    """A JPEG at most so many pixels wide and high; transparency becomes white paper."""
    image = plain(image, image.info.get("icc_profile")).convert("RGB")
    image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
    image.info = {}  # Pillow would write comment and XMP of the upload again
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()

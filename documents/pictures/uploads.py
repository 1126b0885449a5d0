"""An uploaded picture, judged by its content and made anew from its pixels: nothing else of the file is kept."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageFile
from pillow_heif import register_heif_opener

from documents.counts import thousands
from documents.errors import ImageError
from documents.messages import gettext as _
from documents.pixels import TooCostly, affordable, fitted, plain

from .whole import whole

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF")
"""What is a photo; of moving or several pictures the first."""
STILL = ("JPEG", "PNG", "WEBP")
QUALITY = 80
register_heif_opener(thumbnails=False)  # what telephones send as HEIC


def clean_jpeg(file: bytes | Path, pixels: int) -> bytes:
    """See documents.pictures."""
    image = _decoded(file, pixels)
    image = plain(image, image.info.get("icc_profile")).convert("RGB")  # transparency becomes white paper
    image.info = {}  # Pillow would write comment and XMP of the upload again
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def judge(file: bytes | Path, pixels: int) -> None:
    """See documents.pictures."""
    image = _opened(file)
    try:
        affordable(image, (pixels, pixels))
        came_whole = whole(file if isinstance(file, bytes) else file.read_bytes(), image.format)
    except TooCostly as error:
        raise _too_large(image) from error
    except Exception as error:
        raise _damaged() from error
    if not came_whole:
        raise _damaged()


def check(file: bytes | Path, to_print: bool) -> None:
    """See documents.pictures."""
    damaged = ImageError(_("The picture is damaged and cannot be opened."))
    try:
        image = Image.open(content(file), formats=STILL)
    except Exception as error:  # hostile and damaged files raise anything
        raise damaged from error
    try:
        fitted(image, image.size)
    except (TooCostly, MemoryError) as error:
        if to_print:
            raise _too_large(image) from error
    except Exception as error:
        raise damaged from error


def content(file: bytes | Path) -> io.BytesIO | Path:
    """Return a file as Pillow opens it."""
    return io.BytesIO(file) if isinstance(file, bytes) else file


def _decoded(file: bytes | Path, pixels: int) -> Image.Image:
    image = _opened(file)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half a photo would pass with a grey rest
    try:
        return fitted(image, (pixels, pixels))
    except (TooCostly, MemoryError) as error:
        raise _too_large(image) from error
    except Exception as error:
        raise _damaged() from error


def _opened(file: bytes | Path) -> Image.Image:
    try:
        return Image.open(content(file), formats=FORMATS)
    except Exception as error:  # Pillow raises many kinds for hostile files
        raise ImageError(_("This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted.")) from error


def _damaged() -> ImageError:
    return ImageError(_("The picture is damaged and cannot be read."))


def _too_large(image: Image.Image) -> ImageError:
    words = _("The picture has %(pixels)s million pixels, more than can be opened here. "
              "Please make it smaller, or save it as JPEG.")  # fmt: skip
    return ImageError(words % {"pixels": thousands(image.width * image.height // 1_000_000)})

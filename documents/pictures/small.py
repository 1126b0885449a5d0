"""A small picture of a picture, or of the first page of a PDF."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps

from documents.pixels import eight_bits

from .pdf_pages import first_page
from .uploads import MOST_PIXELS, STILL, content


def thumbnail(file: bytes | Path, pixels: int, *, pdf: bool = False) -> bytes | None:
    """Return a PNG at most so many pixels wide and high, its transparency kept; None for what cannot be shown.

    file: a picture, or a PDF, of which the first page is shown.
    """
    try:
        if pdf:
            return _png(first_page(file, 2 * pixels), pixels)
        image = Image.open(content(file), formats=STILL)
        if image.width * image.height > MOST_PIXELS:
            return None
        return _png(ImageOps.exif_transpose(image), pixels)
    except Exception:  # a thumbnail is a courtesy: hostile and damaged files raise anything
        return None


def _png(image: Image.Image, pixels: int) -> bytes:
    image = eight_bits(image).convert("RGBA")
    image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()

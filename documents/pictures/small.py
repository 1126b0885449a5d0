"""A small picture of a picture, or of the first page of a PDF."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from documents.pixels import fitted

from .pdf_pages import first_page
from .uploads import STILL, content


def thumbnail(file: bytes | Path, pixels: int, *, pdf: bool = False) -> bytes | None:
    """See documents.pictures."""
    try:
        if pdf:
            return _png(first_page(file, 2 * pixels), pixels)
        image = Image.open(content(file), formats=STILL)
        return _png(fitted(image, (pixels, pixels)), pixels)
    except Exception:  # a thumbnail is a courtesy: hostile and damaged files raise anything
        return None


def _png(image: Image.Image, pixels: int) -> bytes:
    image = image.convert("RGBA")
    image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()

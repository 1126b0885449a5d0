"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image

from documents.pdf_forms import with_forms

SHADES = 32  # colours of a page without pictures: black, red and what lies between; a third of the size
_one_at_a_time = Lock()  # pdfium is not made for threads


def page_sizes(pdf: bytes, scale: float) -> list[tuple[int, int]]:
    """Return the size of every page in pixels; scale: pixels a point."""
    with _opened(pdf) as document:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    return [(round(width * scale), round(height * scale)) for width, height in sizes]


def page_picture(pdf: bytes, number: int, scale: float) -> bytes:
    """Return one page as PNG, counted from 1; a page with photos keeps its colours."""
    with _opened(pdf) as document:
        page = document[number - 1]
        image = page.render(scale=scale).to_pil()
        photos = any(each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=3))
        page.close()
    out = io.BytesIO()
    (image if photos else image.quantize(SHADES)).save(out, "PNG")
    return out.getvalue()


def first_page(pdf: bytes | Path, pixels: int) -> Image.Image:
    """Return the first page as a picture of about so many pixels along its longer side."""
    with _opened(pdf) as document:
        page = document[0]
        scale = pixels / max(*page.get_size(), 1)  # a page may call itself a kilometre wide
        image: Image.Image = page.render(scale=scale).to_pil()
        page.close()
    return image


@contextmanager
def _opened(pdf: bytes | Path) -> Iterator[pypdfium2.PdfDocument]:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        with_forms(document)
        try:
            yield document
        finally:
            document.close()

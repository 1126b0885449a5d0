"""Pictures as people hand them in: judged by what they are, made anew from their pixels; pages of a PDF as pictures.

Every process calls these; all of them work in the child for what strangers hand in (``documents.elsewhere.STRANGERS``).
A file is its bytes, or a path that this process and its child can read.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from documents.elsewhere import STRANGERS
from documents.errors import Unavailable

_ROOM = "documents.pictures."


def clean_jpeg(file: bytes | Path, pixels: int) -> bytes:
    """Return a picture as JPEG: upright, without metadata, at most so many pixels wide and high.

    Raises ImageError when it is no photo, is damaged or would take too much memory.
    """
    return cast(bytes, STRANGERS.call(f"{_ROOM}uploads", "clean_jpeg", file, pixels))


def judge(file: bytes | Path, pixels: int) -> None:
    """Raise ImageError when a file is no photo, is cut off, or would take too much memory; nothing is unpacked.

    pixels: how wide and high it is to become, as for :func:`clean_jpeg`, which tells whether it can be opened.
    """
    STRANGERS.call(f"{_ROOM}uploads", "judge", file, pixels)


def check(file: bytes | Path, *, to_print: bool = False) -> None:
    """Raise ImageError when a picture cannot be opened; one too large to be tried is trusted unless it is to_print."""
    STRANGERS.call(f"{_ROOM}uploads", "check", file, to_print)


def thumbnail(file: bytes | Path, pixels: int, *, pdf: bool = False) -> bytes | None:
    """Return a PNG at most so many pixels wide and high, its transparency kept; None for what cannot be shown.

    file: a picture, or a PDF, of which the first page is shown.
    """
    try:
        return cast("bytes | None", STRANGERS.call(f"{_ROOM}small", "thumbnail", file, pixels, pdf=pdf))
    except (MemoryError, Unavailable):  # a thumbnail is a courtesy
        return None


def page_sizes(pdf: bytes, scale: float) -> list[tuple[int, int]]:
    """Return the size of every page in pixels; scale: pixels a point."""
    return cast("list[tuple[int, int]]", STRANGERS.call(f"{_ROOM}pdf_pages", "page_sizes", pdf, scale))


def page_picture(pdf: bytes, number: int, scale: float) -> bytes:
    """Return one page as PNG, counted from 1; a page with photos keeps its colours."""
    return cast(bytes, STRANGERS.call(f"{_ROOM}pdf_pages", "page_picture", pdf, number, scale))

"""The pages of a scan as pictures: of a PDF, of a photograph; two pages in one picture are parted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from documents.file_beginnings import HEAD, begins_as
from documents.in_child import Stop
from documents.pixels import TooCostly, fitted, plain
from documents.sources.ofd.pictures import pictures_of

DPI = 200
MOST = 2400  # pixels of a side: A4 at 200 dpi has 2,339
MAX_PAGES = 60
_WIDE = 1.2  # times its height: a picture of two pages, or a page lying
_GUTTER, _EMPTY = (0.44, 0.56), 0.02
_BLANK = 6.0  # how much the greys of a page differ that has nothing on it


def pages_of(data: bytes) -> tuple[int, Iterator[Any]]:
    """Return how many pictures a file has, and each as an array of RGB, no larger than it is read.

    Raises Stop: damaged, encrypted, more pages than are read, a picture too large to be opened.
    """
    if begins_as(data[:HEAD], ".pdf"):
        return _of_pdf(data)
    if begins_as(data[:HEAD], ".ofd"):
        pictures = pictures_of(data)
        if len(pictures) > MAX_PAGES:
            raise Stop("scan-too-long")
        return len(pictures), (picture for each in pictures for picture in _of_picture(each))
    return 1, _of_picture(data)


def _of_pdf(data: bytes) -> tuple[int, Iterator[Any]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if "password" in str(error).lower() else "damaged") from error
    if len(document) > MAX_PAGES:
        raise Stop("scan-too-long")
    return len(document), (_rendered(document[index]) for index in range(len(document)))


def _rendered(page: Any) -> Any:
    scale = min(DPI / 72, MOST / max(*page.get_size(), 1.0))
    picture = np.asarray(page.render(scale=scale).to_pil().convert("RGB"))
    page.close()
    return picture


def _of_picture(data: bytes) -> Iterator[Any]:
    try:
        image = Image.open(io.BytesIO(data))
        yield np.asarray(plain(fitted(image, (2 * MOST, 2 * MOST))).convert("RGB"))
    except TooCostly as error:
        raise Stop("too-slow") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Stop("damaged") from error


def parted(picture: Any) -> list[Any]:
    """Return a picture as the pages it shows: two where an empty strip parts it in the middle from top to foot."""
    height, width = picture.shape[:2]
    if width < _WIDE * height:
        return [picture]
    grey = picture.mean(axis=2)
    dark = (grey < grey.mean() - 40).mean(axis=0)
    first, last = (round(part * width) for part in _GUTTER)
    empty = np.flatnonzero(dark[first:last] < _EMPTY / 10) + first
    if len(empty) < 0.015 * width:
        return [picture]
    middle = int(np.median(empty))
    halves = [picture[:, :middle], picture[:, middle:]]
    return halves if all(has_ink(half) for half in halves) else [picture]


def has_ink(picture: Any) -> bool:
    """Return whether anything stands on a page."""
    grey = picture[::4, ::4].mean(axis=2)
    return bool(np.percentile(grey, 50) - np.percentile(grey, 0.3) > _BLANK * 5 and grey.std() > _BLANK)

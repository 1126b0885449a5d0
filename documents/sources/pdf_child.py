"""The process that reads a PDF: bytes on standard input, text on standard output, a reason on standard error.

pypdfium2 gives the signs of a page; where a page has ruled lines, pdfplumber tells the cells of its tables.
"""

from __future__ import annotations

import io
import time
from typing import Any

import pdfplumber
import pypdfium2

from documents.in_child import Stop
from documents.pdf_forms import with_forms

from .pdf_pages import Page, text_of_pages
from .pdf_signs import signs_of
from .pdf_tables import tables_of
from .sign_lines import UNREAD, lines_of
from .table_cells import PageTable, within

MAX_PAGES = 200
# tables cost some 0.2 s a page: after this many seconds the rest is read as plain text
_TABLE_SECONDS = 9.0
_RULED = 6
_SPARSE = 15
_GARBLED = 0.2


def read(data: bytes) -> str:
    """Return the text of a PDF; raises Stop with the reason."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if "password" in str(error).lower() else "damaged") from error
    with_forms(document)
    count = len(document)
    if count > MAX_PAGES:
        raise Stop("too-long")
    pages = [_Page(document, index) for index in range(count)]
    if sum(len(page.signs) for page in pages) < _SPARSE * max(1, count):
        raise Stop("scan" if any(page.pictures for page in pages) else "empty")
    read_not = sum(sign.char == UNREAD for page in pages for sign in page.signs)
    if read_not > _GARBLED * sum(len(page.signs) for page in pages):
        raise Stop("garbled")
    return text_of_pages(_laid_out(data, pages)).replace(UNREAD, "□")


class _Page:
    """A page: its signs, whether it carries pictures and how many ruled lines."""

    def __init__(self, document: Any, index: int) -> None:
        page = _flat(document, index)
        self.index = index
        self.width, self.height = page.get_size()
        kinds = [item.type for item in page.get_objects(max_depth=3)]
        self.pictures = kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
        self.rules = kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH)
        self.signs = signs_of(page)
        page.close()


def _flat(document: pypdfium2.PdfDocument, index: int) -> Any:
    """A page with what was typed into its fields or written across it: pdfium gives the text of neither by itself."""
    page = document[index]
    pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[index]


def _laid_out(data: bytes, pages: list[_Page]) -> list[Page]:
    """The lines of each page, and the tables of those with ruled lines."""
    tables = _tables(data, pages)
    laid_out = []
    for page in pages:
        own = tables.get(page.index, [])
        outside = [sign for sign in page.signs if not any(within(table.box, sign) for table in own)]
        laid_out.append(Page(page.width, page.height, lines_of(outside), own))
    return laid_out


def _tables(data: bytes, pages: list[_Page]) -> dict[int, list[PageTable]]:
    """The tables of the pages with ruled lines; of none where the file hinders it: its lines are read anyhow."""
    found: dict[int, list[PageTable]] = {}
    if not any(page.rules >= _RULED for page in pages):
        return found
    started = time.monotonic()
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in pages:
                goes_on = bool(page.rules and found.get(page.index - 1))
                if page.rules < _RULED and not goes_on:
                    continue
                if time.monotonic() - started > _TABLE_SECONDS:
                    break
                ruled = document.pages[page.index]
                found[page.index] = tables_of(ruled, page.signs)
                ruled.close()
    except MemoryError:
        raise
    except Exception:
        return found  # whatever is wrong with the file, its signs have been read already
    return found

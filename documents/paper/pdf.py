"""Set a document: outline → HTML → PDF, to the page of GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pikepdf

from documents.answers import Printable
from documents.errors import GlyphError
from documents.layout.document_images import prepare_images
from documents.layout.glyph_check import missing_glyphs, replace_missing
from documents.outline import Document

from . import page_numbers, weasyprint_engine
from .html import to_html


def to_pdf(
    document: Document,
    files: Mapping[str, bytes] | None = None,
    *,
    variant: str | None = None,
    tags: bool = False,
    substitute: bool = False,
) -> bytes:
    """Set a document as PDF; the same input gives the same bytes on one machine.

    files: the images it names; variant: "pdf/a-2u" or "pdf/ua-1"; tags: a tagged PDF; substitute: print 〓 for a
    character that no font has instead of refusing.
    Raises GlyphError, ImageError or RefusedAddress (all DocumentError), each naming the place.
    """
    if substitute:
        document = replace_missing(document)
    missing = missing_glyphs(document)
    if missing:
        raise GlyphError("; ".join(map(str, missing[:10])))
    printable = prepare_images(document, files or {})
    laid, html, data, _ = _laid_out(document, printable, archival=bool(variant))
    pdf = weasyprint_engine.write(laid, identity(html, data), variant=variant, tags=tags)
    return _number_pages(pdf, document, weasyprint_engine.bare_pages(laid) if document.imprint else 0)


def imprint_stands_apart(document: Document, files: Mapping[str, bytes] | None = None) -> bool:
    """Return whether the imprint stands on the back of the last sheet, as the style of the house may want it.

    documents.word asks for it: a Word file has no pages before it is printed. Raises what to_pdf() raises.
    """
    if document.house.imprint == "last" or not document.imprint:
        return False
    laid, _, _, is_apart = _laid_out(document, prepare_images(document, files or {}), archival=False)
    return is_apart or weasyprint_engine.bare_pages(laid) > 0


def _laid_out(
    document: Document, printable: Mapping[str, Printable], *, archival: bool
) -> tuple[Any, str, dict[str, bytes], bool]:
    """Lay a document out; returns that, its HTML, its images, and whether its imprint stands apart."""
    sizes = {name: (image.width, image.height) for name, image in printable.items()}
    data = {name: image.data for name, image in printable.items()}
    html = to_html(document, sizes)
    laid = weasyprint_engine.lay_out(html, data, archival=archival)
    is_apart = bool(document.imprint and document.house.imprint == "even" and len(laid.pages) % 2)
    if is_apart:
        html = to_html(document, sizes, imprint_apart=True)
        laid = weasyprint_engine.lay_out(html, data, archival=archival)
    return laid, html, data, is_apart


def identity(html: str, data: Mapping[str, bytes]) -> bytes:
    """Return a digest of all that is printed."""
    digest = sha256(html.encode())
    for name in sorted(data):
        digest.update(name.encode() + b"\0" + sha256(data[name]).digest())
    return digest.digest()


def _number_pages(pdf: bytes, document: Document, bare: int) -> bytes:
    place = document.house.numbers
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        letter = document.form == "letter"
        numbers = page_numbers.running_numbers(len(opened.pages), skip_first=letter, skip_last=bare)
        if place != "none":
            page_numbers.stamp(opened, numbers, centred=place == "centre")
        return page_numbers.save(opened)

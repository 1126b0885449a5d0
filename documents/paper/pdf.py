"""Set a document: outline → HTML → PDF, to the page of GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256

import pikepdf

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
    html = to_html(document, {name: (image.width, image.height) for name, image in printable.items()})
    data = {name: image.data for name, image in printable.items()}
    laid = weasyprint_engine.lay_out(html, data, archival=bool(variant))
    pdf = weasyprint_engine.write(laid, identity(html, data), variant=variant, tags=tags)
    letter = document.form == "letter"
    return _number_pages(pdf, skip_first=letter, skip_last=bool(document.imprint) and weasyprint_engine.ends_bare(laid))


def identity(html: str, data: Mapping[str, bytes]) -> bytes:
    """Return a digest of all that is printed."""
    digest = sha256(html.encode())
    for name in sorted(data):
        digest.update(name.encode() + b"\0" + sha256(data[name]).digest())
    return digest.digest()


def _number_pages(pdf: bytes, skip_first: bool, skip_last: bool) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = page_numbers.running_numbers(len(opened.pages), skip_first=skip_first, skip_last=skip_last)
        page_numbers.stamp(opened, numbers)
        return page_numbers.save(opened)

"""Set a document: outline → HTML → PDF, to the page of GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
from django.template import Context, Engine

from . import engine, images, stamp
from .errors import GlyphError, ImageError
from .glyphs import missing_glyphs, replace_missing
from .messages import gettext as _
from .outline import Blocks, Document, Figure
from .view import Sizes, document_view

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def to_html(document: Document, sizes: Sizes | None = None) -> str:
    """Return a document as HTML, as tests read it and as WeasyPrint sets it.

    sizes: pixels of the images by name; without it an image takes the width the outline gives it.
    """
    return render("documents/document.html", document_view(document, sizes or {}))


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
    laid = engine.lay_out(html, data, archival=bool(variant))
    pdf = engine.write(laid, identity(html, data), variant=variant, tags=tags)
    letter = document.form == "letter"
    return _number_pages(pdf, skip_first=letter, skip_last=bool(document.imprint) and engine.ends_bare(laid))


def render(template: str, context: dict[str, Any]) -> str:
    """Render a template of documents; apart from Django's settings, so that a worker needs none."""
    return str(_engine().get_template(template).render(_context(context)))


def prepare_images(document: Document, files: Mapping[str, bytes]) -> dict[str, images.Printable]:
    """Make every image of a document printable, once each.

    Raises ImageError naming the image that is missing, broken or too large.
    """
    wanted: dict[str, float] = {}
    for figure in figures(document):
        wanted[figure.name] = max(wanted.get(figure.name, 0.0), 156.0 * min(figure.width, 1.0))
    printable = prepare_named(wanted, files)
    _check_all_there(document.seals, files)
    return printable | {name: images.prepare_seal(name, files[name]) for name in document.seals}


def prepare_named(wanted: Mapping[str, float], files: Mapping[str, bytes]) -> dict[str, images.Printable]:
    """Make images printable. wanted: the largest width of each in mm."""
    _check_all_there(wanted, files)
    return {name: images.prepare(name, files[name], width) for name, width in wanted.items()}


def _check_all_there(names: Iterable[str], files: Mapping[str, bytes]) -> None:
    absent = [name for name in names if name not in files]
    if absent:
        raise ImageError(_("The image “%(name)s” is named in the text but was not handed over.") % {"name": absent[0]})


def figures(document: Document) -> Iterator[Figure]:
    """Yield the figures of the body and the annexes."""
    for blocks in (document.body, *(annex.body for annex in document.annexes)):
        yield from figures_in(blocks)


def figures_in(blocks: Blocks) -> Iterator[Figure]:
    """Yield the figures of some blocks."""
    return (block for block in blocks if isinstance(block, Figure))


def identity(html: str, data: Mapping[str, bytes]) -> bytes:
    """Return a digest of all that is printed."""
    digest = sha256(html.encode())
    for name in sorted(data):
        digest.update(name.encode() + b"\0" + sha256(data[name]).digest())
    return digest.digest()


def _number_pages(pdf: bytes, skip_first: bool, skip_last: bool) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = stamp.running_numbers(len(opened.pages), skip_first=skip_first, skip_last=skip_last)
        stamp.stamp(opened, numbers)
        return stamp.save(opened)


@cache
def _engine() -> Engine:
    loader = ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
    return Engine(
        dirs=[str(TEMPLATES)],
        loaders=[loader],
        libraries={"setting": "documents.templatetags.setting"},
        debug=False,
    )


def _context(values: dict[str, Any]) -> Any:
    return Context(values, use_l10n=False, use_tz=False)

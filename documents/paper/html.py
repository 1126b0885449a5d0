"""A document as HTML, by the templates under templates/documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from documents.layout.document_view import Sizes, document_view
from documents.outline import Document

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def to_html(document: Document, sizes: Sizes | None = None, *, imprint_apart: bool = False) -> str:
    """Return a document as HTML, as tests read it and as WeasyPrint sets it.

    sizes: pixels of the images by name; without it an image takes the width the outline gives it; imprint_apart: the
    imprint stands on the back of the last sheet, where nothing else does.
    """
    return render("documents/document.html", document_view(document, sizes or {}, imprint_apart=imprint_apart))


def render(template: str, context: dict[str, Any]) -> str:
    """Render a template of documents; apart from Django's settings, so that a worker needs none."""
    return str(_engine().get_template(template).render(_context(context)))


@cache
def _engine() -> Engine:
    loader = ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
    return Engine(
        dirs=[str(TEMPLATES)],
        loaders=[loader],
        libraries={"setting": "documents.paper.inline_html"},
        debug=False,
    )


def _context(values: dict[str, Any]) -> Any:
    return Context(values, use_l10n=False, use_tz=False)

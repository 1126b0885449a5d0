"""The one file that touches WeasyPrint: HTML in, laid-out pages or PDF bytes out, nothing fetched from outside."""

from __future__ import annotations

import gc
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

import weasyprint
from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from documents.errors import RefusedAddress
from documents.layout import fonts
from documents.layout.printable_images import SCHEME
from documents.messages import gettext as _

from . import font_embedding, justification
from .stylesheet import stylesheet

WEASYPRINT = "70.0"
_CMYK = re.compile(r"(?:color|background): device-cmyk\([^)]*\);?")
_SHARP = "img { image-rendering: crisp-edges }"  # PDF/A forbids images that ask to be interpolated (6.2.8)
_LEFT_PAGES = re.compile(r"@page (?:wide)?:left \{[^}]*\}")
_one_at_a_time = threading.RLock()  # Pango's font map is shared in a process and knows no threads
_log = logging.getLogger(__name__)

if weasyprint.__version__ != WEASYPRINT:
    raise RuntimeError(f"documents needs WeasyPrint {WEASYPRINT}: its line justification is extended here.")
# WeasyPrint lets Pillow print half a photo, in the whole process; here a photo is whole or refused
ImageFile.LOAD_TRUNCATED_IMAGES = False
justification.extend()
font_embedding.extend()


class ClosedFetcher:
    """Serves the images that the caller handed over by name; every other address is refused and remembered."""

    _fail_on_errors = False  # WeasyPrint asks its fetcher for this

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.refused: list[str] = []

    def __call__(self, url: str) -> Any:
        """Return the response for a named image.

        url: "named:" and the name. Raises RefusedAddress for anything else, before any file or network is touched.
        """
        name = unquote(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if name is None or name not in self.files:
            self.refused.append(url)
            raise RefusedAddress(f"refused: {url[:200]}")
        return URLFetcherResponse(url, self.files[name])

    fetch = __call__


@cache
def _configuration() -> Any:
    fonts.configure()
    return FontConfiguration()


@cache
def _style(archival: bool, mirrored: bool) -> Any:
    """One font configuration and one parsed stylesheet a process: a third of the memory of one each."""
    source = _CMYK.sub("", stylesheet()) + _SHARP if archival else stylesheet()
    source = source if mirrored else _LEFT_PAGES.sub("", source)
    return weasyprint.CSS(string=source, font_config=_configuration(), url_fetcher=ClosedFetcher({}))


def lay_out(html: str, files: Mapping[str, bytes], *, archival: bool = False, mirrored: bool = True) -> Any:
    """Lay HTML out in pages.

    html: made by documents.paper.html; files: named images; archival: screen red instead of printing red (PDF/A);
    mirrored: False sets every page as an odd one, for the binder to move.
    Returns WeasyPrint's document. Raises RefusedAddress when anything but a named image was asked for.
    """
    with _one_at_a_time:
        configuration, css = _configuration(), _style(archival, mirrored)
    fetcher = ClosedFetcher(files)
    with _one_at_a_time, _few_collections():
        laid = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=configuration, stylesheets=[css])
    _report(fetcher)
    return laid


def bare_pages(laid: Any) -> int:
    """Return how many pages at the end bear nothing but the imprint: that of the imprint, and a blank one before it."""
    count = 0
    while count < len(laid.pages) - 1 and _is_bare(laid.pages[-1 - count]):
        count += 1
    return count


def _is_bare(sheet: Any) -> bool:
    flow = sheet._page_box.children[0]  # footnotes and margins follow it
    found = [*flow.descendants()] if hasattr(flow, "descendants") else []
    return not any(getattr(box, "text", "").strip() or hasattr(box, "replacement") for box in found)


def write(laid: Any, identity: bytes, *, variant: str | None = None, tags: bool = False) -> bytes:
    """Write laid-out pages as PDF.

    identity: what makes the file identifier, so that the same input gives the same bytes; variant: pdf/a-2u, pdf/ua-1.
    """
    with _one_at_a_time, _few_collections():
        pdf: bytes = laid.write_pdf(
            pdf_identifier=sha256(identity).digest()[:16], pdf_variant=variant, pdf_tags=tags or bool(variant)
        )
    _report(laid.url_fetcher)
    return pdf


def write_bare(laid: Any) -> tuple[bytes, dict[str, Any]]:
    """Write laid-out pages without fonts; returns the PDF and the use of each font (font_uses.FontUse)."""
    with font_embedding.without_fonts() as uses:
        pdf = write(laid, b"")
    return pdf, uses


def write_with_glyphs(laid: Any, uses: Mapping[str, Any]) -> bytes:
    """Write laid-out pages with more glyphs in their fonts than they show; they must show every font of uses."""
    with font_embedding.with_glyphs(uses):
        return write(laid, b"")


def _report(fetcher: ClosedFetcher) -> None:
    if fetcher.refused:
        _log.error("refused to fetch: %s", fetcher.refused)
        raise RefusedAddress(
            _("The document asked for something that nobody handed over: %(address)s")
            % {"address": fetcher.refused[0][:200]}
        )


@contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage seldom: 10 to 20 % of the time of long documents goes there."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)

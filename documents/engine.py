"""The one file that touches WeasyPrint: HTML in, laid-out pages or PDF bytes out, nothing fetched from outside."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from . import fonts
from .errors import RefusedAddress
from .images import SCHEME
from .style import stylesheet

WEASYPRINT = "70.0"
_CMYK = re.compile(r"(?:color|background): device-cmyk\([^)]*\);?")
_log = logging.getLogger(__name__)


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
        return _weasyprint().urls.URLFetcherResponse(url, self.files[name])

    fetch = __call__


@cache
def _weasyprint() -> Any:
    fonts.configure()
    import weasyprint
    import weasyprint.urls

    from . import justify

    if weasyprint.__version__ != WEASYPRINT:
        raise RuntimeError(f"documents needs WeasyPrint {WEASYPRINT}: its line justification is extended here.")
    justify.extend()
    return weasyprint


@cache
def _tools(print_red: bool) -> tuple[Any, Any]:
    """One font configuration and one parsed stylesheet a process: a third of the memory of one each."""
    weasyprint = _weasyprint()
    configuration = weasyprint.text.fonts.FontConfiguration()
    source = stylesheet() if print_red else _CMYK.sub("", stylesheet())
    return configuration, weasyprint.CSS(string=source, font_config=configuration, url_fetcher=ClosedFetcher({}))


def lay_out(html: str, files: Mapping[str, bytes], *, archival: bool = False) -> Any:
    """Lay HTML out in pages.

    html: made by documents.setting; files: named images; archival: screen red instead of printing red (PDF/A).
    Returns WeasyPrint's document. Raises RefusedAddress when anything but a named image was asked for.
    """
    weasyprint = _weasyprint()
    configuration, css = _tools(not archival)
    fetcher = ClosedFetcher(files)
    with _few_collections():
        laid = weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=configuration, stylesheets=[css])
    _report(fetcher)
    return laid


def write(laid: Any, identity: bytes, *, variant: str | None = None, tags: bool = False) -> bytes:
    """Write laid-out pages as PDF.

    identity: what makes the file identifier, so that the same input gives the same bytes; variant: pdf/a-2u, pdf/ua-1.
    """
    with _few_collections():
        pdf: bytes = laid.write_pdf(
            pdf_identifier=sha256(identity).digest()[:16], pdf_variant=variant, pdf_tags=tags or bool(variant)
        )
    _report(laid.url_fetcher)
    return pdf


def _report(fetcher: ClosedFetcher) -> None:
    if fetcher.refused:
        _log.error("refused to fetch: %s", fetcher.refused)
        raise RefusedAddress(f"The document asked for something that nobody handed over: {fetcher.refused[0][:200]}")


@contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage seldom: 10 to 20 % of the time of long documents goes there."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)

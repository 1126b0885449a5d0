"""Keep fonts out of chapters and build the one subset of each that a book shares.

WeasyPrint writes a font when it writes a PDF. A chapter only notes which glyphs of which font it drew; the binder then
lets WeasyPrint build each font once, for the glyphs of all chapters. WeasyPrint keeps glyph numbers when it subsets
and names a font by a stable hash of its description, which is what makes this sound. Pinned in weasyprint_engine.py,
which alone imports this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pydyf
from weasyprint import pdf as weasyprint_pdf

from .font_uses import FontUse, Uses

_handler: ContextVar[Callable[..., Any] | None] = ContextVar("fonts", default=None)


def extend() -> None:
    """Let WeasyPrint ask here before it writes fonts; does nothing the second time."""
    original = weasyprint_pdf.build_fonts_dictionary
    if getattr(original, "asks", False):
        return

    def build(pdf: Any, fonts: Any, compress: Any, subset: Any, options: Any) -> Any:
        handler = _handler.get()
        return (handler or original)(pdf, fonts, compress, subset, options)

    build.asks = True  # type: ignore[attr-defined]
    build.original = original  # type: ignore[attr-defined]
    weasyprint_pdf.build_fonts_dictionary = build


@contextmanager
def without_fonts() -> Iterator[Uses]:
    """Write PDFs without fonts inside this block; the dictionary given is filled with what they would have needed."""
    uses: Uses = {}

    def note(pdf: Any, fonts: Any, *_: Any) -> Any:
        for font in fonts.values():
            use = uses.setdefault(font.hash, FontUse(font.family, int(font.weight), {}, {}))
            use.unicode.update({str(glyph): text for glyph, text in font.to_unicode.items()})
            use.widths.update({str(glyph): width for glyph, width in font.widths.items()})
        return pydyf.Dictionary()

    token = _handler.set(note)
    try:
        yield uses
    finally:
        _handler.reset(token)


@contextmanager
def with_glyphs(uses: Mapping[str, FontUse]) -> Iterator[None]:
    """Write PDFs inside this block with these glyphs in each font besides those they draw themselves.

    Raises RuntimeError when a font of uses is not among those drawn: then its glyphs would be lost.
    """
    build = weasyprint_pdf.build_fonts_dictionary

    def widen(pdf: Any, fonts: Any, compress: Any, subset: Any, options: Any) -> Any:
        found = {font.hash for font in fonts.values()}
        if absent := sorted(set(uses) - found):
            raise RuntimeError(f"fonts that chapters used are gone: {[uses[name].family for name in absent]}")
        for font in fonts.values():
            use = uses.get(font.hash)
            if use:
                font.to_unicode.update({int(glyph): text for glyph, text in use.unicode.items()})
                font.widths.update({int(glyph): width for glyph, width in use.widths.items()})
                font.to_unicode = dict(sorted(font.to_unicode.items()))
        return build.original(pdf, fonts, compress, subset, options)

    token = _handler.set(widen)
    try:
        yield
    finally:
        _handler.reset(token)

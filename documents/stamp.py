"""Put page numbers on finished pages: — 1 — outside, the dash 7 mm below the type area (7.5 of the standard)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from . import engine, fonts, page

CHARACTERS = "— 0123456789"
FONT = Name("/QMNumber")
_HTML = '<html lang="zh-CN"><body><p class="song" style="font-size:14pt;letter-spacing:0">{}</p></body></html>'


def running_numbers(pages: int, *, first: int = 1, skip_first: bool = False) -> list[int | None]:
    """Return the number of each page; None where none is printed."""
    return [None if skip_first and index == 0 else first + index for index in range(pages)]


def stamp(pdf: pikepdf.Pdf, numbers: Sequence[int | None]) -> None:
    """Print numbers on the pages of a PDF, odd ones right, even ones left; marked as artefacts for readers aloud."""
    if not any(numbers):
        return
    font = _font(pdf)
    for sheet, number in zip(pdf.pages, numbers, strict=True):
        if number is not None:
            _stamp_page(pdf, sheet, number, font)


def save(pdf: pikepdf.Pdf) -> bytes:
    """Write a PDF compactly, the same bytes for the same content."""
    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return out.getvalue()


def _stamp_page(pdf: pikepdf.Pdf, sheet: pikepdf.Page, number: int, font: pikepdf.Object) -> None:
    text = f"— {number} —"
    width = _width(text) * page.SMALL
    margin = (page.MARGIN_OUTER * page.MM) + page.CELL
    across, down = float(sheet.mediabox[2]), float(sheet.mediabox[3])
    paper = page.PAPER[0] * page.MM
    x = paper - margin - width if number % 2 else margin
    y = (page.MARGIN_FOOT - page.PAGE_NUMBER_GAP) * page.MM - _dash_height() * page.SMALL
    # a landscape page is the upright one turned: its number stands where it stands on the others
    matrix = f"1 0 0 1 {x:.3f} {y:.3f}" if across < down else f"0 -1 1 0 {y:.3f} {paper - x:.3f}"
    glyphs = "".join(f"{_glyphs()[char][0]:04x}" for char in text)
    content = f"/Artifact BMC q BT /QMNumber {page.SMALL:g} Tf 0 g {matrix} Tm <{glyphs}> Tj ET Q EMC"
    resources = sheet.obj.get("/Resources", Dictionary())
    own_fonts = Dictionary(resources.get("/Font", Dictionary()))
    own_fonts[FONT] = font
    own = Dictionary(resources)
    own["/Font"] = own_fonts
    sheet.obj["/Resources"] = own
    sheet.contents_add(pdf.make_stream(b"q"), prepend=True)
    sheet.contents_add(pdf.make_stream(f"Q {content}".encode()))


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Copy the font of the numbers into a PDF: WeasyPrint's own embedding of the Song face, one subset for all."""
    with pikepdf.open(io.BytesIO(_sample())) as sample:
        found = sample.pages[0].obj["/Resources"]["/Font"]
        return pdf.copy_foreign(pdf_object(found))


def pdf_object(found: Any) -> pikepdf.Object:
    """Return the only entry of a font dictionary."""
    (only,) = (found[name] for name in found.keys())  # noqa: SIM118 - a pikepdf object is no dict
    return only


@cache
def _sample() -> bytes:
    laid = engine.lay_out(_HTML.format(CHARACTERS), {})
    return engine.write(laid, b"page numbers")


@cache
def _glyphs() -> dict[str, tuple[int, float]]:
    return fonts.glyphs(CHARACTERS, "song")


def _width(text: str) -> float:
    return sum(_glyphs()[char][1] for char in text)


@cache
def _dash_height() -> float:
    """How far above the baseline the dash stands, in em."""
    heights = fonts.metrics("song", "—")
    return (heights.ink_top + heights.ink_bottom) / 2




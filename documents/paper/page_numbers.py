"""Put page numbers on finished pages: — 1 — outside, the dash 7 mm below the type area (7.5 of the standard)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary

from documents.layout import fonts, page

from . import weasyprint_engine

CHARACTERS = "— 0123456789·"
SAMPLE = (
    f'<html lang="zh-CN"><body><p class="song" style="font-size:14pt;letter-spacing:0">{CHARACTERS}</p></body></html>'
)


def running_numbers(pages: int, *, skip_first: bool = False, skip_last: int = 0) -> list[int | None]:
    """Return the number of each page; None where none is printed: page 1 of a letter, the last ones without text."""
    silent = {1} if skip_first else set()
    silent |= set(range(pages - skip_last + 1, pages + 1))
    return [None if number in silent else number for number in range(1, pages + 1)]


def stamp(pdf: pikepdf.Pdf, numbers: Sequence[int | None], *, centred: bool = False) -> None:
    """Print numbers on the pages of a PDF, odd ones right, even ones left; marked as artefacts for readers aloud.

    centred: in the middle of the type area instead.
    """
    if not any(numbers):
        return
    name, font = _font(pdf)
    before = pdf.make_stream(b"q")
    for sheet, number in zip(pdf.pages, numbers, strict=True):
        if number is None:
            continue
        fonts_here = sheet.obj["/Resources"].get("/Font", Dictionary())
        fonts_here[name] = font
        sheet.obj["/Resources"]["/Font"] = fonts_here
        after = f"Q {number_content(number, float(sheet.mediabox[2]), float(sheet.mediabox[3]), name[1:], centred)}"
        sheet.obj["/Contents"] = Array([before, sheet.obj["/Contents"], pdf.make_stream(after.encode())])


def number_content(number: int, width: float, height: float, font: str, centred: bool = False) -> str:
    """Return the drawing of a page number; width and height of the page in points; font: name in its resources."""
    text = f"— {number} —"
    margin = page.MARGIN_OUTER * page.MM + page.CELL
    paper = page.PAPER[0] * page.MM
    x = paper - margin - text_width(text, page.SMALL) if number % 2 else margin
    if centred:
        left = page.MARGIN_BINDING if number % 2 else page.MARGIN_OUTER
        x = (left + page.TYPE_AREA[0] / 2) * page.MM - text_width(text, page.SMALL) / 2
    y = (page.MARGIN_FOOT - page.PAGE_NUMBER_GAP) * page.MM - _dash_height() * page.SMALL
    # a landscape page is the upright one turned: its number stands where it stands on the others
    matrix = f"1 0 0 1 {x:.3f} {y:.3f}" if width < height else f"0 -1 1 0 {y:.3f} {paper - x:.3f}"
    return f"/Artifact BMC BT /{font} {page.SMALL:g} Tf 0 g {matrix} Tm <{glyph_codes(text)}> Tj ET EMC"


def glyph_codes(text: str) -> str:
    """Return text as the hexadecimal glyph numbers of the Song face; only the characters of CHARACTERS."""
    return text.translate(_codes())


def text_width(text: str, size: float) -> float:
    """Return the width of text in points in the Song face; only the characters of CHARACTERS."""
    return sum(_glyphs()[char][1] for char in text) * size


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


def _font(pdf: pikepdf.Pdf) -> tuple[str, pikepdf.Object]:
    """Copy the font of the numbers into a PDF: WeasyPrint's own embedding of the Song face, one subset for all."""
    with pikepdf.open(io.BytesIO(_sample())) as sample:
        found = sample.pages[0].obj["/Resources"]["/Font"]
        (name,) = list(found.keys())
        # its own name, since a font of the same name in the document holds other glyphs
        return f"{name}N", pdf.copy_foreign(found[name])


@cache
def _sample() -> bytes:
    return weasyprint_engine.write(weasyprint_engine.lay_out(SAMPLE, {}), b"page numbers")


@cache
def _glyphs() -> dict[str, tuple[int, float]]:
    return fonts.glyphs(CHARACTERS, "song")


@cache
def _codes() -> dict[int, str]:
    return {ord(char): f"{glyph:04x}" for char, (glyph, _width) in _glyphs().items()}


@cache
def _dash_height() -> float:
    """How far above the baseline the dash stands, in em."""
    heights = fonts.metrics("song", "—")
    return (heights.ink_top + heights.ink_bottom) / 2

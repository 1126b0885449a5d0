"""Set a book as one WeasyPrint document: the way to a tagged book or PDF/A, since a merge loses the tag tree.

Time and memory grow with the length: good for some 300 chapters. documents.binding is the way for everything else.
"""

from __future__ import annotations

from dataclasses import replace

from . import engine, fonts, page, setting
from .binding import Book
from .chapters import Chapter, chapter_images
from .glyphs import replace_missing
from .heads import WIDTH
from .images import Printable
from .outline import Figure
from .text import clean
from .titles import balance
from .view import blocks_view

NUMBERS = (
    "@page :right { @bottom-right { content: '— ' counter(page) ' —'; %s padding-right: %.2fpt } }"
    "@page :left { @bottom-left { content: '— ' counter(page) ' —'; %s padding-left: %.2fpt } }"
    "@page cover { @bottom-right { content: none } @bottom-left { content: none } }"
    ".cover { page: cover; break-after: page } .chapter { break-before: page }"
    ".entry a { color: black; text-decoration: none }"
    ".entry { position: relative; padding-right: 0 }"
    ".entry a::after { content: leader('·') target-counter(attr(href), page) }"
)


def set_whole(book: Book, *, tags: bool = True, variant: str | None = None) -> bytes:
    """Set a book in one piece.

    tags: with the tree that readers aloud follow; variant: "pdf/a-2u" or "pdf/ua-1".
    Raises DocumentError naming the chapter of a broken image.
    """
    parts, files = [], {}
    sections = [("", chapter) for chapter in book.chapters]
    sections += [(_label(book, number), annex) for number, annex in enumerate(book.annexes, start=1)]
    for index, (label, chapter) in enumerate(sections):
        renamed, images = _renamed(index, chapter)
        files.update({name: image.data for name, image in images.items()})
        sizes = {name: (image.width, image.height) for name, image in images.items()}
        parts.append(_part(f"c{index}", label, renamed, sizes))
    title = replace_missing(clean(book.title))
    context = {
        "language": book.language,
        "headline": " ".join(title.split()),
        "covertitle": balance(title, 34, WIDTH),
        "subtitle": balance(replace_missing(clean(book.subtitle)), 22, WIDTH),
        "lines": [replace_missing(clean(line)) for line in book.cover],
        "foreword": blocks_view(replace_missing(book.foreword), {}),
        "parts": parts,
        "numbers": numbers_css(),
    }
    html = setting.render("documents/book.html", context)
    laid = engine.lay_out(html, files, archival=bool(variant))
    return engine.write(laid, setting.identity(html, files), variant=variant, tags=tags)


def numbers_css() -> str:
    """Return the CSS of page numbers in the margin."""
    song, body = fonts.metrics("song", "—"), fonts.metrics("fangsong")
    # the margin box begins where the last line box ends, a little below the type area
    below = page.PITCH - page.BODY - body.em_below_line_top(page.PITCH / page.BODY) * page.BODY
    dash = ((1 - song.ascent - song.descent) / 2 + song.ascent - (song.ink_top + song.ink_bottom) / 2) * page.SMALL
    gap = page.PAGE_NUMBER_GAP * page.MM - below - dash
    face = (
        f"font-family: '{fonts.faces()['song'].family}'; font-size: 14pt; line-height: 14pt; letter-spacing: 0;"
        f" white-space: nowrap; vertical-align: top; padding-top: {gap:.2f}pt;"
    )
    return NUMBERS % (face, page.CELL, face, page.CELL)


def _label(book: Book, number: int) -> str:
    return "附件" if len(book.annexes) == 1 else f"附件{number}"


def _part(anchor: str, label: str, chapter: Chapter, sizes: dict[str, tuple[int, int]]) -> dict[str, object]:
    title = clean(chapter.title)
    return {
        "anchor": anchor,
        "label": label,
        "headline": " ".join(f"{label} {title}".split()),
        "title": balance(title, page.TITLE, WIDTH),
        "blocks": blocks_view(chapter.blocks, sizes),
    }


def _renamed(index: int, chapter: Chapter) -> tuple[Chapter, dict[str, Printable]]:
    """Give the images of a chapter names that no other chapter has."""
    images = {f"{index}/{name}": image for name, image in chapter_images(chapter).items()}
    blocks = tuple(
        replace(block, name=f"{index}/{block.name}") if isinstance(block, Figure) else block
        for block in replace_missing(chapter.blocks)
    )
    return replace(chapter, title=replace_missing(chapter.title), blocks=blocks), images

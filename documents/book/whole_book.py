"""Set a book as one WeasyPrint document: the way to a tagged book or PDF/A, since a merge loses the tag tree.

Time and memory grow with the length: good for some 300 chapters. documents.book.binding is the way for everything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.errors import DocumentError
from documents.layout import fonts, page
from documents.layout.document_view import labelled
from documents.layout.first_page_head import WIDTH
from documents.layout.glyph_check import replace_missing
from documents.layout.title_shape import balance
from documents.messages import gettext as _
from documents.outline import Block, Figure, Gallery
from documents.paper import html, weasyprint_engine
from documents.paper.pdf import identity
from documents.text import clean

from .book import Book, Chapter
from .chapter_setting import chapter_images, part_view

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
    files: dict[str, bytes] = {}
    (foreword,) = _parts("f", [("", Chapter("foreword", "前　言", book.foreword, book.files))], files)
    parts = _parts("c", [*(("", chapter) for chapter in book.chapters), *labelled(book.annexes)], files)
    title = replace_missing(clean(book.title))
    context = {
        "language": book.language,
        "headline": " ".join(title.split()),
        "covertitle": balance(title, 34, WIDTH),
        "subtitle": balance(replace_missing(clean(book.subtitle)), 22, WIDTH),
        "lines": [replace_missing(clean(line)) for line in book.cover],
        "foreword": foreword["blocks"],
        "parts": parts,
        "numbers": numbers_css(),
    }
    text = html.render("documents/book.html", context)
    laid = weasyprint_engine.lay_out(text, files, archival=bool(variant))
    return weasyprint_engine.write(laid, identity(text, files), variant=variant, tags=tags)


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


def _parts(mark: str, sections: list[tuple[str, Chapter]], files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the sections as values for the template; their images are added to files under names of their own."""
    parts = []
    for index, (label, part) in enumerate(sections):
        chapter = part.whole()
        anchor = f"{mark}{index}"
        try:
            images = {f"{anchor}/{name}": image for name, image in chapter_images(chapter).items()}
        except DocumentError as error:
            named = {"part": chapter.title, "reason": error}
            raise DocumentError(_("“%(part)s” could not be set: %(reason)s") % named) from error
        files.update({name: image.data for name, image in images.items()})
        sizes = {name: (image.width, image.height) for name, image in images.items()}
        parts.append({"anchor": anchor} | part_view(label, _renamed(anchor, replace_missing(chapter)), sizes))
    return parts


def _renamed(anchor: str, chapter: Chapter) -> Chapter:
    """Give the images of a chapter names that no other chapter has."""
    return replace(chapter, blocks=tuple(_block_renamed(anchor, block) for block in chapter.blocks))


def _block_renamed(anchor: str, block: Block) -> Block:
    if isinstance(block, Figure):
        return replace(block, name=f"{anchor}/{block.name}")
    if isinstance(block, Gallery):
        return Gallery(tuple(replace(figure, name=f"{anchor}/{figure.name}") for figure in block.figures))
    return block

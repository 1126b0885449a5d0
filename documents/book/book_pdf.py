"""Write the parts of a book into one PDF: pages, numbers, shared fonts and images, contents, links, bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from documents.layout import page
from documents.paper import page_numbers
from documents.paper.font_uses import Uses, merge_uses

from . import chapter_fragments
from .book_fonts import kept_fonts, number_glyphs
from .chapter_fragments import FONTS, Fragment, Item, Leaf
from .pdf_writer import PdfFile, chunks, text_string

_SHIFT = (page.MARGIN_BINDING - page.MARGIN_OUTER) * page.MM  # from an odd page to an even one
# from the top of a body line to its baseline: Chinese characters reach 0.88 em above it
_BASELINE = page.HALF_LEADING + 0.88 * page.BODY
_DOT = 4.5  # points from dot to dot in the contents


@dataclass(slots=True)
class Section:
    """A part of a book on the shelf; first: its first page in the book, from 1."""

    key: str
    title: str
    path: Path
    first: int = 0


@dataclass(slots=True)
class _Node:
    """A bookmark while the tree is built."""

    number: int
    label: str
    page: int
    y: float
    open: bool
    children: list[_Node] = field(default_factory=list)


class BookFile:
    """One book being written. Heads of the parts are read once, one at a time: memory does not grow with their number.

    shelf: where fonts are kept that were built for the same glyphs before.
    """

    def __init__(
        self, out: BinaryIO, front: list[Section], contents: Section | None, body: list[Section], shelf: Path
    ) -> None:
        self.pdf, self.shelf = PdfFile(out), shelf
        self.front, self.contents, self.body = front, contents, body
        self._sheets: list[int] = []
        self.missing: list[str] = []
        self._marks: list[tuple[int, str, int, float, bool]] = []
        self._uses: Uses = {}
        self._glyphs: dict[str, int] = {}
        self._images: dict[str, int] = {}
        self._digest = sha256()

    def __enter__(self) -> BookFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._images.clear()

    def write(self, title: str, language: str) -> None:
        """Write the whole book; the contents at last, when every page number is known."""
        self.tree, self.fonts = self.pdf.reserve(), self.pdf.reserve()
        self._frames()
        for section in self.front:
            self._copy(section)
        if self.contents:
            self._copy(self.contents, drawn=False)
        for section in self.body:
            self._copy(section)
        if self.contents:
            self._copy(self.contents, counted=False)
        self._write_fonts()
        kids = " ".join(f"{number} 0 R" for number in self._sheets)
        self.pdf.put(self.tree, f"<</Type /Pages /Count {self.pages} /Kids [{kids}]>>")
        self._finish(title, language)

    @property
    def pages(self) -> int:
        """How many pages were given out."""
        return len(self._sheets)

    def first_pages(self) -> list[int]:
        """Return the first page of each chapter and annex, as printed and as counted."""
        return [section.first for section in self.body]

    def _take_in(self, section: Section, head: Fragment, stream: BinaryIO) -> None:
        """Give a part the next pages of the book, and learn its bookmarks and glyphs."""
        section.first = self.pages + 1
        self._marks += [(m.level, m.label, self.pages + m.page, m.y, m.open) for m in head.marks]
        first = self.pdf.reserve(len(head.leaves))
        self._sheets += range(first, first + len(head.leaves))
        self.missing += head.missing
        self._digest.update(head.digest.encode())
        if any(bits & ~self._glyphs.get(name, 0) for name, bits in head.glyphs.items()):
            merge_uses(self._uses, chapter_fragments.fonts_of(stream))
            for name, bits in head.glyphs.items():
                self._glyphs[name] = self._glyphs.get(name, 0) | bits

    def _frames(self) -> None:
        """What stands before the content of every page: saved state, and the shift of even pages."""
        self.frame = {}
        for name, content in (
            ("odd", "q"),
            ("even", f"q 1 0 0 1 {-_SHIFT:.3f} 0 cm"),
            ("turned", f"q 1 0 0 1 0 {_SHIFT:.3f} cm"),
        ):
            number = self.pdf.reserve()
            self.pdf.put_stream(number, "<<>>", [content.encode()], len(content))
            self.frame[name] = number

    def _copy(self, section: Section, *, counted: bool = True, drawn: bool = True) -> None:
        """Write a part. counted: give it the next pages; drawn: write it; the contents come twice, once for each."""
        with section.path.open("rb") as stream:
            head, start = chapter_fragments.load(stream)
            if counted:
                self._take_in(section, head, stream)
            if drawn:
                self._draw(section, head, start, stream)

    def _draw(self, section: Section, head: Fragment, start: int, stream: BinaryIO) -> None:
        numbers = self._numbers(head)
        for item, number in zip(head.items, numbers, strict=True):
            if item.same and self._images.get(item.same) != number:
                continue  # the same image stands in the book already
            text = self._text(item, numbers)
            if item.length is None:
                self.pdf.put(number, text)
            else:
                self.pdf.put_stream(number, text, chunks(stream, start + item.start, item.length), item.length)
        extras = self._contents_extras(head) if section is self.contents else {}
        for index, leaf in enumerate(head.leaves):
            drawing, links = extras.get(index, ("", ""))
            self._page(section, section.first + index, leaf, numbers, drawing, links)

    def _numbers(self, head: Fragment) -> list[int]:
        first = self.pdf.reserve(len(head.items))
        numbers = list(range(first, first + len(head.items)))
        for index, item in enumerate(head.items):
            if item.same:
                numbers[index] = self._images.setdefault(item.same, numbers[index])
        return numbers

    def _text(self, item: Item, numbers: list[int]) -> str:
        parts = []
        for piece in item.text:
            if isinstance(piece, str):
                parts.append(piece)
            else:
                parts.append(f"{self.fonts if piece == FONTS else numbers[piece]} 0 R")
        return "".join(parts)

    def _page(self, section: Section, number: int, leaf: Leaf, numbers: list[int], drawing: str, links: str) -> None:
        even = number % 2 == 0
        turned = leaf.width > leaf.height
        frame = self.frame[("turned" if turned else "even") if even else "odd"]
        plain = section.key == "cover" and section in self.front
        mark = "" if plain else page_numbers.number_content(number, leaf.width, leaf.height, self._song())
        shift = -_SHIFT if even else 0
        drawn = f"q 1 0 0 1 {shift:.3f} 0 cm {drawing} Q " if drawing else ""
        content = f"Q {drawn}{mark}".encode()
        after = self.pdf.reserve()
        self.pdf.put_stream(after, "<<>>", [content], len(content))
        annotations = f"/Annots [{links}]" if links else ""
        self.pdf.put(
            self._sheets[number - 1],
            f"<</Type /Page /Parent {self.tree} 0 R /MediaBox [0 0 {leaf.width:g} {leaf.height:g}]"
            f" /Resources {numbers[leaf.resources]} 0 R"
            f" /Contents [{frame} 0 R {numbers[leaf.content]} 0 R {after} 0 R]{annotations}>>",
        )

    def _contents_extras(self, head: Fragment) -> dict[int, tuple[str, str]]:
        """Return for each page of the contents the dots and page numbers to draw, and the links."""
        drawn: dict[int, list[str]] = {}
        linked: dict[int, list[str]] = {}
        assert self.contents is not None
        for index, section in enumerate(self.body):
            sheet, x, top = head.anchors[f"e{index}"]
            even = (self.contents.first + sheet) % 2 == 0
            baseline = top - _BASELINE
            drawn.setdefault(sheet, []).append(_leader(x, baseline, section.first, self._song()))
            left = page.MARGIN_BINDING * page.MM - (_SHIFT if even else 0)
            box = f"{left:.2f} {baseline - 5:.2f} {left + page.TYPE_AREA[0] * page.MM:.2f} {baseline + page.BODY:.2f}"
            target = self._sheets[section.first - 1]
            number = self.pdf.reserve()
            self.pdf.put(
                number,
                f"<</Type /Annot /Subtype /Link /Rect [{box}] /Border [0 0 0] /F 4 /Dest [{target} 0 R /Fit]>>",
            )
            linked.setdefault(sheet, []).append(f"{number} 0 R")
        return {sheet: (" ".join(drawn[sheet]), " ".join(linked[sheet])) for sheet in drawn}

    def _song(self) -> str:
        """Return the name of the Song face in the resources of the book, and see that it has the digits."""
        if not hasattr(self, "_song_name"):
            uses = number_glyphs()
            (self._song_name,) = uses
            merge_uses(self._uses, uses)
        return self._song_name

    def _write_fonts(self) -> None:
        self._song()
        root, items, start, path = kept_fonts(self._uses, self.shelf)
        first = self.pdf.reserve(len(items))
        numbers = [self.fonts if index == root else first + index for index in range(len(items))]
        with path.open("rb") as stream:
            for item, number in zip(items, numbers, strict=True):
                text = self._text(item, numbers)
                if item.length is None:
                    self.pdf.put(number, text)
                else:
                    self.pdf.put_stream(number, text, chunks(stream, start + item.start, item.length), item.length)
        self.pdf.put(first + root, "null")

    def _finish(self, title: str, language: str) -> None:
        outlines = self._write_marks()
        catalog, info = self.pdf.reserve(2), 0
        info = catalog + 1
        self.pdf.put(
            catalog,
            f"<</Type /Catalog /Pages {self.tree} 0 R /Lang {text_string(language)} /Outlines {outlines} 0 R"
            " /PageMode /UseOutlines /ViewerPreferences <</DisplayDocTitle true>>>>",
        )
        self.pdf.put(info, f"<</Title {text_string(title)} /Producer {text_string('Quality Month')}>>")
        self.pdf.finish(catalog, info, self._digest.digest()[:16])

    def _write_marks(self) -> int:
        root = _Node(self.pdf.reserve(), "", 0, 0.0, True)
        path = [root]
        for level, label, sheet, y, is_open in self._marks:
            node = _Node(self.pdf.reserve(), label, sheet, y, is_open)
            del path[max(level, 1) :]
            path[-1].children.append(node)
            path.append(node)
        for text in _outline(root, self._sheets):
            self.pdf.put(*text)
        return root.number


def _outline(root: _Node, sheets: list[int]) -> Iterator[tuple[int, str]]:
    """Yield every bookmark as number and text (ISO 32000-1, 12.3.3)."""
    waiting: list[tuple[_Node, int, int, int]] = [(root, 0, 0, 0)]
    while waiting:
        node, parent, before, after = waiting.pop()
        parts = ["<<"]
        if parent:
            parts.append(f"/Title {text_string(node.label)} /Parent {parent} 0 R")
            parts.append(f"/Dest [{sheets[node.page]} 0 R /XYZ 0 {node.y:.2f} null]")
        if before:
            parts.append(f"/Prev {before} 0 R")
        if after:
            parts.append(f"/Next {after} 0 R")
        if node.children:
            shown = _shown(node) if node.open else -_shown(node)
            parts.append(f"/First {node.children[0].number} 0 R /Last {node.children[-1].number} 0 R /Count {shown}")
        yield node.number, " ".join([*parts, ">>"])
        numbers = [0, *(child.number for child in node.children), 0]
        waiting += [
            (child, node.number, numbers[index], numbers[index + 2]) for index, child in enumerate(node.children)
        ]


def _shown(node: _Node) -> int:
    return sum(1 + (_shown(child) if child.open and child.children else 0) for child in node.children)


def _leader(x: float, baseline: float, number: int, font: str) -> str:
    """Draw dots from the end of a title to its page number, on an odd page; all dots of a page stand on one grid."""
    right = page.MARGIN_BINDING * page.MM + page.TYPE_AREA[0] * page.MM
    text = str(number)
    start = right - page_numbers.text_width(text, page.BODY)
    dots = int((start - 4 - (x + 6)) / _DOT)
    first = start - 4 - dots * _DOT
    offset = first - (first % _DOT)
    spacing = _DOT - page_numbers.text_width("·", page.SMALL)
    row = (
        f"BT /{font} {page.SMALL:g} Tf {spacing:.4f} Tc 1 0 0 1 {offset:.3f} {baseline:.3f} Tm"
        f" <{page_numbers.glyph_codes('·' * max(dots, 0))}> Tj ET"
    )
    return (
        f"/Artifact BMC {row} EMC BT 0 Tc /{font} {page.BODY:g} Tf 1 0 0 1 {start:.3f} {baseline:.3f} Tm"
        f" <{page_numbers.glyph_codes(text)}> Tj ET"
    )

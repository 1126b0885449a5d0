"""An OFD from its bytes to its text: page by page, then what stands on every page is left out and lines are joined."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from documents.in_child import Stop
from documents.sources.pdf_pages import Page, text_of_pages
from documents.sources.pdf_sign import Sign
from documents.sources.sign_lines import UNREAD, lines_of, once
from documents.sources.table_cells import PageTable, within

from . import tags
from .beside import Annotation, annotations_of, attachments_of, seals_of
from .document import PageEntry, bodies_of, pages_of
from .numbers import POINTS
from .package import Package
from .page import Drawing, Drawn, shown, size_of
from .strange import mark_strange
from .tables import tables_of
from .texts import Run

MAX_PAGES = 200
_MARGIN = 6.0  # points by which a sign may stick out of the page
_SPARSE, _GARBLED = 15, 0.2  # as documents.sources.pdf_child
_COVERS = 0.4  # of a page that a picture covers which is a scan
_TALL = 1.8
_FEW = 12  # characters to each side of a place
_MOST_PLACES = 20

Remark = tuple[str, list[str]]


class Reader:
    """Reads an OFD; remarks: what people have to know of it besides its text."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.bodies, signatures = bodies_of(self.package)
        self.entries = list(pages_of(self.package, self.bodies))
        if len(self.entries) > MAX_PAGES:
            raise Stop("too-long")
        if not self.entries:
            raise Stop("damaged")
        self.found: dict[str, list[str]] = {}
        self._tagged = tags.tagged(self.package, self.bodies)
        self._wanted = {each for _, element in self._tagged for each in tags.objects_of(element)}
        self._said: dict[tuple[str, str], str] = {}
        self._drawings = {id(body): Drawing(body.resources) for body in self.bodies}
        self.fields: list[tuple[str, str]] = []
        self._notice("seals", [name or "?" for name in seals_of(self.package, signatures)])

    @property
    def remarks(self) -> list[Remark]:
        """What is to be said, each with its places or names."""
        return list(self.found.items())

    def text(self) -> str:
        """Return the text. Raises Stop: a scan, empty, unreadable, more than a document holds."""
        drawn = [(entry, *self.drawn(entry)) for entry in self.entries]
        mark_strange([run for _, each, _ in drawn for run in each.runs])
        pages = [self.page(entry, each, size) for entry, each, size in drawn]
        signs = sum(len(line.text) for page in pages for line in page.lines)
        signs += sum(len(cell) for page in pages for table in page.tables for row in table.rows for cell in row)
        if signs < _SPARSE * max(1, len(pages)):
            self._refuse(drawn)
        self._beside()
        text = text_of_pages(pages)
        if text.count(UNREAD) > _GARBLED * max(1, sum(not each.isspace() for each in text)):
            raise Stop("garbled")
        self.fields = tags.fields(self._tagged, lambda page, key: self._said.get((page, key), ""))
        return text.replace(UNREAD, "□")

    def _refuse(self, drawn: list[tuple[PageEntry, Drawn, tuple[float, float]]]) -> None:
        """A file without text is a scan, or it is empty, or its pages are missing."""
        if any(each.pictures for _, each, _ in drawn):
            raise Stop("scan")
        if self.found.get("missing") or self.package.damaged:
            raise Stop("damaged")
        if not any(each.runs for _, each, _ in drawn):
            raise Stop("empty")

    # --- pages ------------------------------------------------------------------------------------------------

    def drawn(self, entry: PageEntry) -> tuple[Drawn, tuple[float, float]]:
        """Return what a page shows, its templates before or behind it, and its width and height in points."""
        root = self.package.xml(entry.part) if entry.part else None
        if root is None:
            self._notice("missing", [str(entry.number)])
            return Drawn(), (595.0, 842.0)
        if entry.part in self.package.damaged:
            self._notice("damaged", [str(entry.number)])
        area = next(root.iterchildren("Area"), None)
        left, top, width, height = size_of(area, entry.body.area)
        matrix = (POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS)
        page = Drawn()
        drawing = self._drawings[id(entry.body)]
        for each in root.iterchildren("PageRes"):
            more = self.package.xml(self.package.place(entry.part, each.text))
            if more is not None:
                drawing.resources.add(more)
        before, behind = self._templates(entry, root)
        for content in (*before, *root.iterchildren("Content"), *behind):
            drawing.draw(content, page, matrix)
        if drawing.went_round:
            self._notice("round", [])
        for run in page.runs:
            for key in ((entry.key, run.key), ("", run.key)):
                if key in self._wanted:
                    self._said[key] = self._said.get(key, "") + run.text
        return page, (width * POINTS, height * POINTS)

    def _templates(self, entry: PageEntry, root: Any) -> tuple[list[Any], list[Any]]:
        """What the template pages of a page draw: in its ground, and over it."""
        before: list[Any] = []
        behind: list[Any] = []
        for each in root.iterchildren("Template"):
            part, order = entry.body.templates.get(each.get("TemplateID", ""), ("", ""))
            if not part or part == entry.part:
                self._notice("missing" if not part else "round", [str(entry.number)] if not part else [])
                continue
            template = self.package.xml(part)
            is_over = (each.get("ZOrder") or order) == "Foreground"
            (behind if is_over else before).extend(template.iterchildren("Content") if template is not None else ())
        return before, behind

    def page(self, entry: PageEntry, drawn: Drawn, size: tuple[float, float]) -> Page:
        """Return the lines and tables of a page; what lies across it is no line."""
        signs, across, (width, height), turn = shown(self._without_marks(drawn.runs), *size)
        if across:
            self._notice("watermarks", [run.text for run in across])
        on_page = [
            sign
            for sign in signs
            if -_MARGIN <= sign.middle[0] <= width + _MARGIN and -_MARGIN <= sign.middle[1] <= height + _MARGIN
        ]
        seen = list(once(on_page))
        tables = tables_of([rule.turned_back(turn, *size) for rule in drawn.rules], seen)
        self._doubts(entry, drawn, seen, size)
        return Page(width, height, lines_of(_outside(seen, tables)), tables)

    def _without_marks(self, runs: list[Run]) -> list[Run]:
        """The texts without a watermark that lies level: large, pale, and with text in it."""
        sizes = [run.size for run in runs for _ in run.signs]
        least = _TALL * median(sizes) if sizes else 0.0
        marks = [run for run in runs if run.is_pale and run.size > least and run.turn is not None]
        if not marks:
            return runs
        own = {id(run) for run in marks}
        rest = [run for run in runs if id(run) not in own]
        if not any(_lies_over(mark, run) for mark in marks for run in rest):
            return runs
        self._notice("watermarks", [run.text for run in marks])
        return rest

    def _doubts(self, entry: PageEntry, drawn: Drawn, signs: list[Sign], size: tuple[float, float]) -> None:
        """What of a page nobody can read: characters without a code, a picture that fills it."""
        area = size[0] * size[1]
        if len(signs) < _SPARSE and any(wide * high > _COVERS * area for wide, high in drawn.pictures):
            self._notice("pictures", [str(entry.number)])
        if any(sign.char == UNREAD for sign in signs):
            for line in lines_of(signs):
                if UNREAD in line.text:
                    at = line.text.index(UNREAD)
                    near = line.text[max(0, at - _FEW) : at + _FEW].replace(UNREAD, "□")
                    self._notice("unread", [f"{entry.number} {near}"])

    # --- what lies beside -------------------------------------------------------------------------------------

    def _beside(self) -> None:
        numbers = {entry.key: str(entry.number) for entry in self.entries}
        for body in self.bodies:
            said = Counter(annotations_of(self.package, body))
            for each in said:
                self._annotation(each, numbers.get(each.page, ""))
            self._notice("attachments", list(attachments_of(self.package, body)))

    def _annotation(self, each: Annotation, number: str) -> None:
        if each.kind == "Stamp":
            self._notice("stamps", [each.text] if each.text else [])
        elif each.text:
            is_mark = each.kind == "Watermark"
            self._notice("watermarks" if is_mark else "written", [each.text if is_mark else f"{number} {each.text}"])

    def _notice(self, kind: str, places: list[str]) -> None:
        if not places and kind not in ("round",):
            return
        known = self.found.setdefault(kind, [])
        known += [each for each in places if (each not in known or kind == "seals") and len(known) < _MOST_PLACES]


def _outside(signs: list[Sign], tables: list[PageTable]) -> list[Sign]:
    return [sign for sign in signs if not any(within(table.box, sign) for table in tables)] if tables else signs


def _lies_over(mark: Run, run: Run) -> bool:
    """Whether a character of a mark holds one of a text."""
    return any(
        large.left < x < large.right and large.top < y < large.bottom
        for large in mark.signs
        for x, y in (sign.middle for sign in run.signs)
    )

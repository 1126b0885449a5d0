"""Set a document as editable Word: the same outline, page, grid and faces as the PDF.

Seals are left to the PDF unless the caller asks for them: on a file that anyone can edit a seal proves nothing, and
whoever has the file has the picture of the seal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from docx.oxml import parse_xml

from documents.answers import Printable
from documents.layout import page, tables
from documents.layout.document_images import prepare_images
from documents.layout.document_view import document_view, printed
from documents.layout.first_page_head import head
from documents.layout.fonts import width
from documents.layout.signatures import SEAL, Closing, JointRow, Line, SealPlace
from documents.outline import Block, Blocks, Document, Figure, Gallery, Heading, ListBlock, Paragraph, Table
from documents.text import clean

from .head_markup import head_xml, letterhead, room_above_title
from .markup import (
    BODY,
    INDENTED,
    NAMESPACES,
    PITCH,
    Ink,
    Place,
    TableCell,
    TableRow,
    border,
    has_address,
    paragraph,
    run,
    table,
    twips,
)
from .page_setup import blank, packed, section
from .pictures import Pictures

WIDTH = page.TYPE_AREA[0] * page.MM
HEIGHT = page.TYPE_AREA[1] * page.MM
_LINE = 24.0  # of the imprint, in points
TITLE = Ink(face="title", size=page.TITLE, tracking=0)
_SPACES = re.compile(r"[\t\n\r ]+")
_FACES = {"hei": Ink(face="hei"), "kai": Ink(face="kai"), "": BODY}


def to_docx(
    document: Document,
    files: Mapping[str, bytes] | None = None,
    *,
    seals: bool = False,
    imprint_apart: bool = False,
) -> bytes:
    """Set a document as .docx; the same input gives the same bytes.

    files: the images it names; seals: print its seals too, at the place they have in the PDF; imprint_apart: the
    imprint stands on the back of the last sheet, where nothing else does (documents.paper.imprint_stands_apart).
    Raises ImageError (a DocumentError) naming the image that cannot be printed.
    """
    images = prepare_images(document, files or {})
    return _Writer(document, images, document.seals if seals else (), imprint_apart).write()


class _Writer:
    """Collects the body of one Word file."""

    def __init__(
        self, document: Document, images: Mapping[str, Printable], seals: tuple[str, ...], apart: bool
    ) -> None:
        self.document, self.images, self.seals, self.apart = document, images, seals, apart
        self.file = blank()
        self.turned = False
        self.parts: list[str] = []
        self.pictures, self.letterhead = Pictures(self.file.part), ""
        self.view = document_view(document, {name: (one.width, one.height) for name, one in images.items()})

    def write(self) -> bytes:
        self._head()
        self._body()
        for annex, (_, source) in zip(self.view["annexes"], printed(self.document.annexes), strict=True):
            self._annex(annex, source.body)
        apart = self.apart and bool(self.view["imprint"])
        numbers = self.document.house.numbers
        last = section(self.file, letterhead=self.letterhead, numbers=numbers)
        if apart:
            last = section(self.file, numbers="none", back=True)
            self.parts.append(self._section(letterhead=self.letterhead))
        self._imprint()
        root = parse_xml(f"<w:body {NAMESPACES}>{''.join(self.parts)}{last}</w:body>")
        old = self.file.element.body
        old.getparent().replace(old, root)
        return packed(self.file, self.view["headline"], self.view["author"], self.document.language)

    def _head(self) -> None:
        found = head(self.document)
        if found:
            self.parts += head_xml(found, self.document.form)
            self.letterhead = letterhead(found) if self.document.form == "letter" and "masthead" in found else ""
        lines = self.view["title"]
        if lines:
            above = room_above_title(self.document.form) if found and "masthead" in found else 2 * PITCH
            place = Place(align="center", before=above, style="Title", keep_next=True)
            self.parts.append(paragraph([run("\n".join(lines), TITLE)], place))
        self.parts += _subtitle(self.view["subtitle"])
        if self.view["addressees"]:
            self.parts.append(paragraph([run(self.view["addressees"])], Place(before=PITCH, line=self._line())))

    def _body(self) -> None:
        gap = PITCH if self.view["below_head"] or (self.view["title"] and not self.view["addressees"]) else 0
        blocks = list(self._blocks(self.document.body, self.view["blocks"], gap))
        sealed = self.view["closing"]
        # the last paragraph goes with the signature to a new page; but not the only one, since text begins on page 1
        if sealed and len(blocks) > 2 and blocks[-1].startswith("<w:p>"):
            blocks[-1] = blocks[-1].replace("<w:widowControl", "<w:keepNext/><w:widowControl", 1)
        start = len(self.parts)
        self.parts += blocks
        for index, entry in enumerate(self.view["attendance"]):
            hang = float(entry["hang"])
            place = Place(left=2 * page.CELL + hang, first=-hang, before=0 if index else PITCH)
            self.parts.append(paragraph([run(f"{entry['label']}：", Ink(face="hei")), run(entry["names"])], place))
        notes = self.view["annex_notes"]
        gap = self.view["closer"].gap if self.view["closer"] else PITCH
        for index, note in enumerate(notes):
            indent, hang = float(note["indent"]), float(note["hang"])
            keep = not self.view["long_note"] or index >= len(notes) - 2  # the signature stands below text
            place = Place(align="left", left=indent, first=-hang, before=0 if index else gap, keep_next=keep)
            self.parts.append(paragraph([run(note["label"] + note["title"])], place))
        if sealed:
            self.parts += _closing(
                sealed, [self._seal(sealed, *one) for one in zip(self.seals, sealed.seals, strict=False)]
            )
        self.parts += [paragraph([run(f"（{note}）")], INDENTED) for note in self.view["notes"]]
        self.parts[start:] = [_closer(part, self._line()) for part in self.parts[start:]]

    def _line(self) -> float:
        """Return the distance of two lines of the text, closer where page 1 would have none otherwise."""
        closer = self.view["closer"]
        return closer.line * PITCH / page.PITCH if closer else PITCH

    def _seal(self, found: Closing, name: str, place: SealPlace) -> str:
        """Hang a seal on the last line of the closing."""
        above = sum(_below(row, last=row is found.rows[-1]) + row.space + _high(row) for row in found.rows)
        above += found.space + PITCH * (len(found.lines) - 1)
        return self.pictures.behind(self.images[name], SEAL, (place.left, place.top - above), "印章")

    def _annex(self, annex: dict[str, Any], body: Blocks) -> None:
        if annex["turned"] and not self.turned:  # one turned annex behind another begins its page by itself
            self.parts.append(self._section())
        self.turned = annex["turned"]
        new_page = not annex["turned"]
        if annex["label"]:
            self.parts.append(paragraph([run(annex["label"], Ink(face="hei"))], Place(page_break=new_page)))
        place = Place(align="center", before=PITCH, style="Title", keep_next=True)
        if not annex["label"]:
            place = replace(place, before=0.0, page_break=new_page)
        self.parts.append(paragraph([run("\n".join(annex["title"]), TITLE)], place))
        self.parts += _subtitle(annex["subtitle"])
        self.parts += self._blocks(body, annex["blocks"], PITCH, annex["turned"])

    def _blocks(self, blocks: Blocks, views: list[dict[str, Any]], gap: float, turned: bool = False) -> Iterator[str]:
        """Yield the paragraphs of some blocks. gap: above the first; turned: all of it stands on turned pages."""
        for index, (block, view) in enumerate(zip(blocks, views, strict=True)):
            own_pages = view["kind"] == "table" and view["landscape"] and not turned
            if own_pages:
                yield self._section()
            yield from self._block(block, view, 0 if index else gap)
            if own_pages:
                yield self._section(landscape=True)
        if turned:
            yield self._section(landscape=True)

    def _section(self, *, landscape: bool = False, letterhead: str = "") -> str:
        """End the pages of one direction, in a paragraph too low to need a page of its own."""
        numbers = self.document.house.numbers
        setup = section(self.file, landscape=landscape, letterhead=letterhead, numbers=numbers)
        height = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return f"<w:p><w:pPr>{height}{setup}</w:pPr></w:p>"

    def _block(self, block: Block, view: dict[str, Any], before: float) -> Iterator[str]:
        match block:
            case Heading():
                yield _heading(view, before)
            case Paragraph():
                yield _paragraph(view, before)
            case ListBlock():
                for index, item in enumerate(block.items):
                    place = Place(first=INDENTED.first, before=0 if index else before, anywhere=has_address(item))
                    yield paragraph([run(block.mark(index) + _flat(item))], place)
            case Table():
                yield from self._table(block, before)
            case Figure():
                yield from self._figure(block, float(view["width"]))
            case Gallery():
                yield from (self._row(row) for row in view["places"])
                yield paragraph([], Place(line=PITCH / 4))

    def _table(self, block: Table, before: float) -> Iterator[str]:
        how = tables.plan(block)
        if block.caption:
            ink = Ink(face="hei", size=14, tracking=0)
            place = Place(align="center", line=22, before=before or PITCH / 4, keep_next=True)
            yield paragraph([run(_flat(block.caption), ink)], place)
        room = HEIGHT if how.landscape else WIDTH
        widths = [room * share / 100 for share in how.shares]
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        if before and not block.caption:
            yield paragraph([], Place(line=before))
        rules = "".join(border(side, 0.5) for side in sides)
        padding = (0.2 * how.size, 0.3 * how.size)
        yield table(_rows(block, how, widths), widths, rules, '<w:jc w:val="center"/>', padding)
        if not how.landscape:
            yield paragraph([], Place(line=PITCH / 4))

    def _figure(self, block: Figure, width: float) -> Iterator[str]:
        place = Place(align="center", line=0, keep_next=bool(block.caption))
        words = clean(block.caption) or block.name
        yield paragraph([self.pictures.inline(self.images[block.name], width, words)], place)
        if block.caption:
            yield paragraph([run(_flat(block.caption), Ink(size=14, tracking=0))], Place(align="center", line=22))

    def _row(self, row: list[tuple[Figure, dict[str, Any]]]) -> str:
        """Images beside one another, in a table without rules; a row is never divided."""
        cells = []
        for figure, size in row:
            words = clean(figure.caption) or figure.name
            picture = self.pictures.inline(self.images[figure.name], float(size["width"]), words)
            below = [run(_flat(figure.caption), Ink(size=12, tracking=0))] if figure.caption else []
            place = Place(align="center", line=0, keep_next=True)
            content = paragraph([picture], place) + paragraph(below, Place(align="center", line=18))
            cells.append(TableCell(content, float(size["cell"]), align="top"))
        line = TableRow(tuple(cells), whole=True)
        return table([line], [cell.width for cell in cells], "", '<w:jc w:val="center"/>', (3.0, 0.0))

    def _imprint(self) -> None:
        imprint = self.view["imprint"]
        if imprint:
            pages = printed(self.document.annexes)
            blocks = pages[-1][1].body if pages else self.document.body
            if blocks and isinstance(blocks[-1], Table) and not self.apart:
                # tables do not give way to frames: below one the imprint needs its height in the text as well
                self.parts.append(paragraph([], Place(line=sum(_imprint_heights(imprint)), keep_next=True)))
            self.parts += _imprint(imprint)
            self.parts.append(paragraph([], Place(line=1)))  # a frame needs a paragraph to stand by


def _closer(part: str, line: float) -> str:
    """Return paragraphs whose lines of the usual height have another."""
    return part.replace(f'w:line="{twips(PITCH)}"', f'w:line="{twips(line)}"')


def _subtitle(lines: list[str]) -> list[str]:
    return [paragraph([run(line, Ink(face="kai"))], Place(align="center", keep_next=True)) for line in lines]


def _paragraph(view: dict[str, Any], before: float) -> str:
    first = 0.0 if view["align"] else INDENTED.first
    broken = has_address(view["text"])
    place = Place(view["align"] or "both", first=first, before=before, keep_next=view["keeps"], anywhere=broken)
    lead = [run(_flat(view["lead"]), Ink(face="hei"))] if view["lead"] else []
    return paragraph([*lead, run(_flat(view["text"]))], place)


def _heading(view: dict[str, Any], before: float) -> str:
    runs = [run(_flat(view["lead"]), _FACES[view["face"]]), *([run(_flat(view["rest"]))] if view["rest"] else [])]
    proper = view["tag"].startswith("h")
    style = f"Heading{view['level']}" if proper else ""
    broken = has_address(view["rest"])
    place = Place(first=INDENTED.first, before=before, style=style, keep_next=proper, anywhere=broken)
    return paragraph(runs, place)


def _closing(found: Closing, seals: list[str]) -> Iterator[str]:
    """The places of the PDF, as indents; each row of joint signatures as a table without rules."""
    for row in found.rows:
        place = Place(align="center", before=row.space, keep_next=True)
        cells = tuple(
            TableCell(paragraph([run("\n".join(cell.lines))], place), cell.width, align="top") for cell in row.cells
        )
        indent = f'<w:tblInd w:w="{twips(row.left)}" w:type="dxa"/>'
        yield table([TableRow(cells)], [cell.width for cell in row.cells], "", indent)
        below = _below(row, last=row is found.rows[-1])
        if below:  # two tables without a paragraph between them would be one
            yield paragraph([], Place(line=below, keep_next=True))
    lines = found.lines or ((Line("", 0.0),) if seals else ())
    for index, line in enumerate(lines):
        last = index == len(lines) - 1
        runs = [*(seals if last else ()), run(line.text)]
        space = found.space if not index else 0.0
        if (
            space and last and seals
        ):  # programs differ in whether a picture is measured from above the space or below it
            yield paragraph([], Place(line=space, keep_next=True))
            space = 0.0
        yield paragraph(runs, Place(align="left", left=line.left, before=space, keep_next=not last))


def _high(row: JointRow) -> float:
    return PITCH * max(len(cell.lines) for cell in row.cells)


def _below(row: JointRow, *, last: bool) -> float:
    """Return the room below the names of a row of joint signatures, for the lower halves of their seals."""
    return 0.0 if last else max(row.height - row.space - _high(row), 1.0)


def _rows(block: Table, how: tables.Plan, widths: list[float]) -> Iterator[TableRow]:
    """Yield all rows with vertical spans carried on, as Word wants them."""
    spans = {(span.row, span.column): span for span in block.spans}
    below: dict[tuple[int, int], int] = {}
    for span in block.spans:
        for line in range(span.row + 1, span.row + span.rows):
            below[line, span.column] = span.columns
    for index, row in enumerate((*block.head, *block.rows)):
        head = index < len(block.head)
        ink = Ink(face="hei" if head else "fangsong", size=how.size, tracking=0)
        cells, column = [], 0
        while column < block.columns:
            found = spans.get((index, column))
            carried = below.get((index, column))
            columns = min(carried or (found.columns if found else 1), block.columns - column)
            text = "" if carried else (row[column] if column < len(row) else "")
            align = "center" if head or how.centred[column] else "left"
            content = paragraph([run(clean(text), ink)], Place(align=align, line=how.size * 1.4))
            merge = "continue" if carried else ("restart" if found and found.rows > 1 else "")
            cells.append(TableCell(content, sum(widths[column : column + columns]), columns, merge))
            column += columns
        height = tables.least_height(block, row) * how.size if not head else 0.0
        yield TableRow(tuple(cells), head, tables.keeps_whole(row, how), height)


def _imprint(imprint: dict[str, Any]) -> Iterator[str]:
    """Lines in a frame on the lower edge of the type area, rules in frames of their own.

    One frame for both would be simpler, but LibreOffice drops a frame whose paragraphs have different borders.
    """
    ink = Ink(size=page.SMALL, tracking=0)
    texts, heights = [], _imprint_heights(imprint)
    for sent in imprint["copies"]:
        left = page.CELL + sent["hang"]
        place = Place(left=left, right=page.CELL, first=-sent["hang"], line=_LINE, frame=_frame())
        texts.append(paragraph([run(sent["label"] + sent["names"], ink)], place))
    if imprint["issuer"] or imprint["issued"]:
        day = f"{imprint['issued']}印发" if imprint["issued"] else ""
        place = Place(align="left", first=page.CELL, line=_LINE, tabs=(WIDTH - page.CELL,), frame=_frame())
        texts.append(paragraph([run(f"{imprint['issuer']}\t{day}", ink)], place))
    if imprint["ruled"]:
        for index in range(len(heights) + 1):
            thick = 1.0 if index in {0, len(heights)} else 0.75
            place = Place(line=1, borders=border("top", thick), frame=_frame(sum(heights[index:])))
            yield paragraph([], place)
    yield from texts


def _imprint_heights(imprint: dict[str, Any]) -> list[float]:
    """Return the heights of all copies and of the issuing office, of those that are printed."""
    room = WIDTH - 2 * page.CELL
    copies = sum(ceil(width(sent["names"]) * page.SMALL / (room - sent["hang"])) for sent in imprint["copies"])
    return [_LINE * copies] * bool(copies) + [_LINE] * bool(imprint["issuer"] or imprint["issued"])


def _frame(above_foot: float | None = None) -> str:
    """Return a frame as wide as the type area: on its lower edge, or with its top so many points above it."""
    if above_foot is None:
        where = 'w:vAnchor="margin" w:yAlign="bottom"'
    else:
        foot = (page.MARGIN_TOP + page.TYPE_AREA[1]) * page.MM
        where = f'w:vAnchor="page" w:y="{twips(foot - above_foot)}"'
    return f'<w:framePr w:w="{twips(WIDTH)}" w:hSpace="0" w:wrap="around" w:hAnchor="margin" w:xAlign="left" {where}/>'


def _flat(text: str) -> str:
    return _SPACES.sub(" ", clean(text))

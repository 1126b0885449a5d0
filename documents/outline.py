"""The outline of an official document: what it says, free of how it looks.

Everything here is plain text in frozen dataclasses; nothing is ever read as HTML, CSS or a field code.
from_text() and to_text() are inverse to each other on every outline made from text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal, TypeAlias

from documents.cells import Row, bars_as_tabs, filled, is_form, rows_of, wide_cells
from documents.numbering import ENUMERATED, join, ordinal, recognise
from documents.text import cells_whole, clean

Form = Literal["document", "letter", "order", "minutes", "bulletin", "sheet"]
FORMS: tuple[Form, ...] = ("document", "letter", "order", "minutes", "bulletin", "sheet")

BULLET = "•"
LONGEST_HEAD = 20  # characters of a cell that names its column
# □ and ■ are the boxes of a form
_BULLETS = re.compile(r"(?:[•●◆▪‣○◇][ \t\u3000]*|[-*–][ \t\u3000]+)(?=[^ \t\u3000])")
_SENTENCE = re.compile(r"[^。！？；：]*[。：！？]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line of level 1-4 (一、 （一） 1. （1）); the text may run on after its first sentence."""

    level: int
    number: str
    text: str

    @property
    def lead(self) -> str:
        """The part set in the face of the heading: all of it, or its first sentence when text runs on."""
        found = _SENTENCE.match(self.text)
        return found.group() if found else self.text

    @property
    def rest(self) -> str:
        """The text that runs on after the first sentence."""
        return self.text[len(self.lead) :]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; only the align "justify" carries the indent of two characters."""

    text: str
    align: Literal["justify", "left", "center", "right"] = "justify"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list: ordered ones are numbered ①②③ (51. and so on beyond ㊿), plain ones carry a bullet."""

    items: tuple[str, ...]
    ordered: bool = False

    def mark(self, index: int) -> str:
        """Return the printed mark of the item at index (from 0)."""
        return enumerator(index + 1) if self.ordered else BULLET


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that covers more than one: row and column count from 0 over head and rows together."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    head: rows repeated on every page; widths: relative, one a column; landscape: None lets the width decide.
    """

    head: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    spans: tuple[Span, ...] = ()
    caption: str = ""
    widths: tuple[float, ...] = ()
    landscape: bool | None = None

    @property
    def columns(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in (*self.head, *self.rows)), default=0)

    @property
    def is_form(self) -> bool:
        """Whether it is a form to be filled in: labels, and empty cells beside them."""
        return not self.head and len({len(row) for row in self.rows}) == 1 and is_form(self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image by the name under which the caller hands over its bytes; width is a share of the type area."""

    name: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Gallery:
    """Images in rows, two to a line, three in the last row of an odd number, each row as wide as the text."""

    figures: tuple[Figure, ...]


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Figure | Gallery
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How serious a paper is, below its urgency: a coloured shape, and the words that say it without colour."""

    shape: str
    text: str
    colour: Literal["blue", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of the first page (7.2 of the standard).

    bodies: issuing bodies, the leading one first; suffix: 文件 or nothing; copy_number: up to 6 digits;
    secrecy: 绝密, 机密 or 秘密, and its term (1年); urgency: 特急 or 加急; signers: for a document to a superior;
    issue: the running number of a bulletin or of minutes (第3期); mark: the grade of a supervision slip (督办单).
    """

    bodies: tuple[str, ...] = ()
    suffix: str = "文件"
    copy_number: str = ""
    secrecy: str = ""
    term: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()
    issue: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: set on a new page, numbered when there are several; without body it is named and sent apart.

    heading: the title above it, where that is another than the one by which the document names it; subtitle: lines
    below it; bare: it has its page though there is no body; noted: named in the note below the text; marked: 附件
    stands on its page. What a document issues (印发) is neither noted nor marked.
    """

    title: str
    body: Blocks = ()
    heading: str = ""
    subtitle: tuple[str, ...] = ()
    bare: bool = False
    noted: bool = True
    marked: bool = True

    @property
    def has_page(self) -> bool:
        """Whether it is printed with the document."""
        return bool(self.body) or self.bare


@dataclass(frozen=True, slots=True)
class Attendance:
    """A line of minutes: label 出席, 请假 or 列席, and the names as written."""

    label: str
    names: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint at the foot of the last page: copies go to, office that issues it, day of issue.

    others: lines above the copies, each with its label and the names as written (发, 分送, 抄报).
    """

    copy_to: tuple[str, ...] = ()
    issuer: str = ""
    issued: Date | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What offices do differently within the standard.

    imprint: at the foot of the "last" page, or of the last "even" one, the back of the last sheet; numbers: of pages,
    "outside" as the standard has them, in the "centre", or "none".
    """

    imprint: Literal["last", "even"] = "last"
    numbers: Literal["outside", "centre", "none"] = "outside"


@dataclass(frozen=True, slots=True)
class Document:
    """One official document.

    form: which page of the standard it takes; signature: the bodies that sign, in order; sealed: leave the room of the
    seal (date empty 4, name centred above it); seals: names of seal images in files, one a signature; subtitle: lines
    below the title.
    """

    form: Form = "document"
    masthead: Masthead = Masthead()
    number: str = ""
    title: str = ""
    addressees: tuple[str, ...] = ()
    body: Blocks = ()
    annexes: tuple[Annex, ...] = ()
    signature: tuple[str, ...] = ()
    date: Date | None = None
    notes: tuple[str, ...] = ()
    imprint: Imprint | None = None
    language: str = "zh-CN"
    sealed: bool = True
    attendance: tuple[Attendance, ...] = ()
    seals: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    house: HouseStyle = HouseStyle()


def enumerator(value: int) -> str:
    """Return ①…㊿ for 1-50 and "51." beyond, the marks of an ordered list."""
    for first, start, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if start <= value <= end:
            return chr(ord(first) + value - start)
    return f"{value}."


def from_text(text: str) -> Blocks:
    """Read plain text as an outline: a line is a block, by its numbering; a run of lines with tabs or bars is a table.

    Control characters, lone surrogates and direction overrides are dropped; blank lines separate nothing.
    """
    blocks: list[Block] = []
    lines = bars_as_tabs(filled(cells_whole(clean(text)).split("\n")))
    while lines:
        if not lines[0].strip():  # cells of no table
            del lines[0]
            continue
        block, used = _take(lines)
        blocks.append(block)
        del lines[:used]
    return tuple(blocks)


def to_text(blocks: Blocks) -> str:
    """Write an outline as plain text, a line a block (row, item), from which from_text() reads it again."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _take(lines: list[str]) -> tuple[Block, int]:
    for reader in (_table, _bullets, _enumerated):
        found = reader(lines)
        if found:
            return found
    line = _flat(lines[0])
    numbering = recognise(line)
    if numbering and numbering.level < ENUMERATED:
        return Heading(numbering.level, numbering.number, numbering.text), 1
    return Paragraph(line), 1


def _flat(line: str) -> str:
    return line.replace("\t", " ").strip()


def _table(lines: list[str]) -> tuple[Block, int] | None:
    """Read a run of tabbed lines. A form has no head, and the last cell of a row takes what is left of it."""
    rows, used = rows_of(lines)
    if len(rows) < 2 or not any(rows[0]):
        return None
    if is_form(rows):
        return Table(rows=tuple(rows), spans=tuple(Span(row, at, 1, wide) for row, at, wide in wide_cells(rows))), used
    heads = 1 if _is_head(rows[0]) else 0
    return Table(head=tuple(rows[:heads]), rows=tuple(rows[heads:])), used


def _is_head(row: Row) -> bool:
    """Return whether a row names columns: short words, no sentence, and no running number in front."""
    return not row[0].isdigit() and all(len(cell) <= LONGEST_HEAD and cell[-1:] not in "。；，" for cell in row if cell)


def _bullets(lines: list[str]) -> tuple[Block, int] | None:
    items: list[str] = []
    for line in lines:
        found = _BULLETS.match(_flat(line))
        if not found:
            break
        items.append(_flat(line)[found.end() :])
    return (ListBlock(tuple(items)), len(items)) if items else None


def _enumerated(lines: list[str]) -> tuple[Block, int] | None:
    items: list[str] = []
    for line in lines:
        found = recognise(_flat(line))
        if not found or not found.text or found.level != ENUMERATED:
            break
        if ordinal(found.number) != len(items) + 1:
            break
        items.append(found.text)
    return (ListBlock(tuple(items), ordered=True), len(items)) if len(items) > 1 else None


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [join(block.number, block.text)]
        case Paragraph():
            return [block.text]
        case ListBlock():
            return [f"{block.mark(index)}{item}" for index, item in enumerate(block.items)]
        case Table():
            caption = [block.caption] if block.caption else []
            rows = ("\t".join(" ".join(cell.split()) for cell in row) for row in (*block.head, *block.rows))
            return [*caption, *rows]
        case Figure():
            return [block.caption] if block.caption else []
        case Gallery():
            return [figure.caption for figure in block.figures if figure.caption]

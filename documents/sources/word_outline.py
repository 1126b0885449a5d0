"""Read a Word file as an outline: paragraphs with the numbering Word would print, tables with spans, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from documents.errors import DocumentError
from documents.messages import gettext as _
from documents.outline import Block, Blocks, Figure, Row, Span, Table, from_text
from documents.refusal import Refused
from documents.text import clean

from .word_file import PICTURES, WordFile, columns, opened, text_of
from .word_numbering import W

_BARE = {"nil", "none"}
_DEEPEST_HEAD = 4
_SAME = 0.05  # widths that differ by less are the same
_LEAST = 0.05  # of the table: two characters or so


def read_docx(data: bytes) -> tuple[Blocks, dict[str, bytes]]:
    """Read a .docx.

    Returns its blocks in order and its pictures by name. A nested table becomes lines of text in its cell.
    Raises DocumentError when it is no Word file, a broken one, or holds parts in another format.
    """
    try:
        word = opened(data)
        if word.foreign:  # paper without a part of its text would look whole
            raise Refused("foreign")
        reader = _Reader(word)
        return reader.blocks(), reader.files
    except Refused as refused:
        if refused.code not in ("damaged", "binary"):
            raise
        reason = {"reason": str(refused)[:120]}
        raise DocumentError(_("This is no Word file (.docx) that can be read: %(reason)s") % reason) from refused


class _Reader:
    """Walks the body of one file."""

    def __init__(self, word: WordFile) -> None:
        self.word = word
        self.files: dict[str, bytes] = {}

    def blocks(self) -> Blocks:
        found: list[Block] = []
        lines = self.word.letterhead()
        turned = _turned(self.word.body)
        for child in self.word.body.iterchildren():
            others: list[Block] = []
            if child.tag == f"{W}p":
                lines.append(_text(child))
                others += self._figures(child)
            elif child.tag == f"{W}tbl" and _is_layout(child):
                lines += _layout_lines(child)
            elif child.tag == f"{W}tbl":
                others.append(replace(self._table(child), landscape=True if child in turned else None))
            if others:
                found += [*from_text("\n".join(lines)), *others]
                lines = []
        return (*found, *from_text("\n".join(lines)))

    def _figures(self, paragraph: Any) -> Iterator[Figure]:
        """Yield the pictures of a paragraph: of DrawingML, and of VML as files of Word 2003 have them."""
        for element in paragraph.iter(*PICTURES):
            picture = self.word.picture(element)
            if picture is not None:
                name = f"图片{len(self.files) + 1}"  # as whoever made the file counts them
                self.files[name] = picture
                yield Figure(name)

    def _table(self, element: Any) -> Table:
        rows: list[Row] = []
        spans: dict[tuple[int, int], Span] = {}
        open_spans: dict[int, tuple[int, int]] = {}
        said = 0
        for index, row in enumerate(_rows(element)):
            if row.find(f"{W}trPr/{W}tblHeader") is not None and said == index:
                said += 1
            rows.append(self._row(row, index, spans, open_spans))
        kept = tuple(span for span in spans.values() if span.rows > 1 or span.columns > 1)
        heads = _heads(rows, kept, said)
        return Table(tuple(rows[:heads]), tuple(rows[heads:]), kept, widths=_widths(element, rows))

    def _row(
        self, row: Any, index: int, spans: dict[tuple[int, int], Span], open_spans: dict[int, tuple[int, int]]
    ) -> Row:
        cells: list[str] = []
        for cell in _cells(row):
            column = len(cells)
            width, merge = _spanning(cell)
            if merge == "continue" and column in open_spans:
                start = open_spans[column]
                known = spans[start]
                spans[start] = Span(known.row, known.column, index - known.row + 1, known.columns)
                cells += [""] * width
                continue
            open_spans[column] = (index, column)
            spans[index, column] = Span(index, column, 1, width)
            cells += [_cell_text(cell), *([""] * (width - 1))]
        return tuple(cells)


def _turned(body: Any) -> set[Any]:
    """Return the tables that stand on turned pages: a section says so at its end."""
    turned: set[Any] = set()
    tables: list[Any] = []
    for child in body.iterchildren():
        end = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
        if child.tag == f"{W}tbl":
            tables.append(child)
        if end is not None:
            size = end.find(f"{W}pgSz")
            if size is not None and size.get(f"{W}orient") == "landscape":
                turned.update(tables)
            tables = []
    return turned


def _widths(table: Any, rows: list[Row]) -> tuple[float, ...]:
    """Return how wide the columns are drawn, none of them too narrow for a word.

    Columns of one width were left so by whoever made the table: unless it is to be filled in, the text decides.
    """
    said = [column.get(f"{W}w", "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    drawn = [int(width) if width.isascii() and width.isdecimal() else 0 for width in said]
    count = max(map(len, rows), default=0)
    if len(drawn) != count or min(drawn, default=0) <= 0:
        return ()
    below = [row for row in rows[1:] if len(row) == count]
    empty = bool(below) and any(not any(row[column] for row in below) for column in range(count))
    if max(drawn) - min(drawn) < _SAME * max(drawn) and not empty:
        return ()
    least = sum(drawn) * min(_LEAST, 0.5 / count)
    return tuple(max(width, least) for width in drawn)


def _heads(rows: list[Row], spans: tuple[Span, ...], said: int) -> int:
    """Return how many rows head a table: those it says, else the first that names each column.

    A row over the whole width heads what stands below it. No cell reaches from the head into the rows: where one
    would, the head is as deep as it, or, in a form whose labels stand beside the lines to be filled in, there is none.
    """
    heads = said
    if not said:
        while heads < len(rows) - 1 and _is_over_all(rows, spans, heads):
            heads += 1
        if heads < len(rows) - 1 and _names_columns(rows, spans, heads):
            heads += 1
        elif heads:
            heads = 0
    deep = max([heads, *(span.row + span.rows for span in spans if span.row < heads)])
    return deep if deep < len(rows) and deep <= _DEEPEST_HEAD else 0


def _is_over_all(rows: list[Row], spans: tuple[Span, ...], row: int) -> bool:
    """Whether a row is one cell over the whole width."""
    return any(span.row == row and span.column == 0 and span.columns == len(rows[row]) > 1 for span in spans)


def _names_columns(rows: list[Row], spans: tuple[Span, ...], row: int) -> bool:
    """Whether every cell of a row says something: a row with empty cells is to be filled in."""
    covered = {
        column for span in spans if span.row == row for column in range(span.column + 1, span.column + span.columns)
    }
    return all(cell for column, cell in enumerate(rows[row]) if column not in covered)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph, behind the number that Word puts before it."""
    text = text_of(paragraph)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    if style is not None and style.get(f"{W}val") == "Title":
        text = text.replace("\n", "")  # broken for its shape
    return text if text.strip() else ""


def _spanning(cell: Any) -> tuple[int, str]:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return columns(cell), "" if merge is None else merge.get(f"{W}val", "continue")


def _rows(table: Any) -> list[Any]:
    return list(table.iterchildren(f"{W}tr"))


def _cells(row: Any) -> list[Any]:
    return list(row.iterchildren(f"{W}tc"))


def _is_layout(table: Any) -> bool:
    """Return whether a table is said to have no rules: it only sets text side by side, as names of joint signatures."""
    rules = table.find(f"{W}tblPr/{W}tblBorders")
    if rules is None or table.find(f".//{W}tcBorders") is not None:
        return False
    styled = table.find(f"{W}tblPr/{W}tblStyle") is not None
    return all(rule.get(f"{W}val") in _BARE for rule in rules) and (len(rules) > 0 or not styled)


def _layout_lines(table: Any) -> list[str]:
    """Return the text of a table without rules: cells of one line beside one another, others one after the other."""
    lines: list[str] = []
    for row in _rows(table):
        cells = [[text_of(paragraph).replace("\n", "") for paragraph in cell.iter(f"{W}p")] for cell in _cells(row)]
        single = all(len(cell) == 1 for cell in cells)
        lines += ["　　".join(cell[0] for cell in cells)] if single else [line for cell in cells for line in cell]
    return lines


def _cell_text(cell: Any) -> str:
    lines = (clean(text_of(paragraph)).strip() for paragraph in cell.iter(f"{W}p"))
    return "\n".join(line for line in lines if line)

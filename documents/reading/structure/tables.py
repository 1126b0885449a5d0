"""Tables in the text: rows of cells parted by tabs (or | or wide gaps), with cells broken over lines put together."""

from __future__ import annotations

import re

from documents.numbering import ordinal
from documents.reading.phrases.dates import is_date_line
from documents.reading.phrases.spans import Span
from documents.reading.phrases.units import is_body_name

from .cell_lines import one_cell_a_line
from .columns import Cell, Table, kind_of_column, kinds_of
from .lines import Line

_GAP = re.compile(r"\t|\||(?<=\S)[ \u3000]{2,}(?=\S)")
_COLUMNS = re.compile(r"\S[ \u3000]{2,}\S+[ \u3000]{2,}\S")
_HEAD = 16  # the longest heading of a column
_WHOLE_DATE = re.compile(r"\d{1,2}(?:月\d{1,2}日|[./]\d{1,2}(?!\d)|月(?:底|末|[上中下]旬))")
_ROW_NUMBER = re.compile(r"\(?\d{1,3}\)?[.、]?$|[一二三四五六七八九十]{1,3}、?$")


def find_tables(source: str, lines: list[Line]) -> list[Table]:
    """Return the tables whose header row names at least three columns; the lines they take are marked by index."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        header = _cells(source, line) if line.table or _COLUMNS.search(line.text) else []
        kinds = kinds_of(header)
        if _is_header(header, kinds, line):
            table = Table(kinds, header, start=index, end=index + 1)
            _second_header(source, lines, table)
            _read_rows(source, lines, table)
            tables.append(table)
            index = table.end
        elif (found := one_cell_a_line(source, lines, index)) is not None:
            tables.append(found)
            index = found.end
        else:
            index += 1
    return tables


def _is_header(header: list[Cell], kinds: list[str], line: Line) -> bool:
    if all(cell.flow.text.endswith(("：", "_")) for cell in header if len(cell.flow)):
        return False  # labels of a form above its table
    if (
        sum(len(cell.flow) > 0 for cell in header) < 3
        or any(len(cell.flow) > _HEAD for cell in header)
        or is_row_of_pairs(line.text)
    ):
        return False
    known = [kind for kind in kinds if kind]
    return line.table or len(known) >= 3


def is_row_of_pairs(text: str) -> bool:
    """Return whether a row is label, blank, label, blank: of a form, and no header of columns."""
    cells = [cell.strip() for cell in text.strip("|").split("\t" if "\t" in text else "|")]
    return len(cells) > 1 and all(cells[0::2][: (len(cells) + 1) // 2]) and not any(cells[1::2])


def _second_header(source: str, lines: list[Line], table: Table) -> None:
    """A header of two rows: 责任单位 above 牵头 and 配合; the lower row names the columns where it says anything."""
    line = lines[table.end] if table.end < len(lines) else None
    cells = _cells(source, line) if line is not None and line.table else []
    texts = [cell.flow.text for cell in cells]
    kinds = [kind_of_column(text) for text in texts]
    if len(cells) != len(table.header) or not any(kinds) or any(len(text) > _HEAD or text.isdigit() for text in texts):
        return
    if sum(bool(text) for text in texts) == sum(bool(kind) for kind in kinds) and texts != _texts(table.header):
        table.dividers.append(table.header[0].spans[0]._replace(end=table.header[-1].spans[-1].end))
        table.header = [lower if text else upper for text, lower, upper in zip(texts, cells, table.header, strict=True)]
        table.kinds = kinds_of(table.header)
        table.end += 1


def _texts(cells: list[Cell]) -> list[str]:
    return [cell.flow.text for cell in cells]


def _cells(source: str, line: Line, *, wide: bool = True) -> list[Cell]:
    """The cells of a line; a leading tab makes an empty first cell."""
    raw = line.text.strip("|") if "|" in line.text else line.text
    offset = line.span.start + line.text.find(raw[:1]) if raw else line.span.start
    gap = _GAP if wide and not line.table else re.compile(r"\t|\|")
    cells, start = [], 0
    for match in [*gap.finditer(raw), None]:
        end = match.start() if match else len(raw)
        piece = raw[start:end]
        left = len(piece) - len(piece.lstrip())
        cells.append(Cell(source, (Span(offset + start + left, offset + start + max(left, len(piece.rstrip()))),)))
        start = match.end() if match else end
    return cells


def _read_rows(source: str, lines: list[Line], table: Table) -> None:
    """Take rows while they fit; a line without a new number goes on with the cells of the row above."""
    width = len(table.header)
    while table.end < len(lines):
        line = lines[table.end]
        cells = _cells(source, line)
        if _starts_row(cells, table, line):
            table.rows.append(
                (cells + [Cell(source)] * width)[:width] if len(cells) <= width else _squeeze(cells, width)
            )
        elif _is_divider(cells, table, line) or _heads_rows(source, lines, table):
            table.dividers.append(line.span)
        elif table.rows and (_continues(line, cells, table) or _row_follows(source, lines, table)):
            _continue(table.rows[-1], cells, width)
        else:
            break
        table.end += 1


def _is_divider(cells: list[Cell], table: Table, line: Line) -> bool:
    """A ruler of signs, the header once more on the next page, or a row that only heads the rows below it."""
    texts = [cell.flow.text for cell in cells]
    if set(line.text) <= set("|-—： ") or texts == [cell.flow.text for cell in table.header]:
        return True
    filled = [text for text in texts if text]
    return line.table and len(filled) == 2 and len(table.header) > 3 and _ROW_NUMBER.match(filled[0]) is not None


def _heads_rows(source: str, lines: list[Line], table: Table) -> bool:
    """Whether a short line right above a row of the table is the name of the rows below it: 一、质量提升."""
    line = lines[table.end]
    following = lines[table.end + 1] if table.end + 1 < len(lines) else None
    if (
        line.table
        or following is None
        or not following.table
        or len(line.text) > 2 * _HEAD
        or line.text[-1] in "。，、："
    ):
        return False
    return _starts_row(_cells(source, following), table, following)


def _row_follows(source: str, lines: list[Line], table: Table) -> bool:
    """Whether the row with the next number stands within the next lines, so that this one still is of the table."""
    column = table.column("number")
    last = ordinal(table.rows[-1][column].flow.text) if column is not None else 0
    for line in lines[table.end + 1 : table.end + 4]:
        cells = _cells(source, line)
        if last and _starts_row(cells, table, line) and ordinal(cells[column or 0].flow.text) == last + 1:
            return True
    return False


def _starts_row(cells: list[Cell], table: Table, line: Line) -> bool:
    """A new row has its number where the header has one; without such a column it has more than half the cells."""
    column = table.column("number")
    if column is not None and column < len(cells):
        numbered = _ROW_NUMBER.match(cells[column].flow.text) is not None
        return len(cells) > 2 and (numbered or _owes_by_itself(cells, table))
    return line.table and len([cell for cell in cells if len(cell.flow)]) * 2 > len(table.header)


def _owes_by_itself(cells: list[Cell], table: Table) -> bool:
    """A row whose number is missing has a unit and a whole date of its own, as the row above it has.

    What goes on with the row above, over a page, breaks off in one of them.
    """
    units, dates = table.column("responsible"), table.column("deadline")
    if units is None or dates is None or len(cells) != len(table.header) or not table.rows:
        return False
    above = table.rows[-1]
    return all(
        len(row[units].flow) > 0 and _WHOLE_DATE.search(row[dates].flow.text) is not None for row in (above, cells)
    )


def _squeeze(cells: list[Cell], width: int) -> list[Cell]:
    """Too many cells: the surplus belongs to the last."""
    last = cells[width - 1]
    for cell in cells[width:]:
        last = last.joined(cell)
    return [*cells[: width - 1], last]


_ENDS_TABLE = re.compile(r"附\s*(?:件|表)|注\s*：|备注：|说明：|填[报表]|联系|请|抄送")


def _continues(line: Line, cells: list[Cell], table: Table) -> bool:
    """Whether a line without a row number goes on with the row above: broken off there, or more cells after it."""
    if line.table:
        return True
    if line.numbering is not None and line.numbering.level <= 2:
        return False
    if _ENDS_TABLE.match(line.text) or len(line.text) > 120:
        return False
    filled = [cell for cell in table.rows[-1] if len(cell.flow)]
    last = filled[-1].flow.text if filled else ""
    if last[-1:] in "、，" or last.count("(") > last.count(")"):
        return True
    return len(last) > 12 and last[-1:] not in "。；" and not is_body_name(line.text) and not is_date_line(line.text)


def _continue(row: list[Cell], cells: list[Cell], width: int) -> None:
    """Join a broken line: its first cell goes on with the last filled cell, the others follow it."""
    filled = [index for index, cell in enumerate(row) if len(cell.flow)]
    position = filled[-1] if filled else 0
    if len(cells) == width and not len(cells[0].flow):
        position = 0
    for offset, cell in enumerate(cells):
        target = min(position + offset, width - 1)
        row[target] = row[target].joined(cell)

"""A table whose cells came one a line: 序号, the other heads, then 1 and its cells, 2 and its cells."""

from __future__ import annotations

import re

from .columns import Cell, Table, kinds_of
from .lines import Line


def one_cell_a_line(source: str, lines: list[Line], index: int) -> Table | None:
    """Return the table that begins at a line, None when none does."""
    if lines[index].table or not re.fullmatch("序号|编号", lines[index].text):
        return None
    first = next((at for at, line in enumerate(lines[index : index + 9], index) if line.text == "1"), index)
    header = [Cell(source, (line.span,)) for line in lines[index:first]]
    table, width = Table(kinds_of(header), header, start=index, end=first), first - index
    while (row := _serial_row(lines, table, width)) and len(row) > 2:
        cells = _cells_of_lines(source, row, width)
        table.rows.append(_with_gap(cells, table.kinds, source))
        table.end += len(row)
    after = lines[table.end].text if table.end < len(lines) else ""
    if after.isdigit() or any(line.table for line in lines[index : table.end]) or len(table.rows) < 2:
        return None
    return table if width >= 3 and sum(map(bool, table.kinds)) >= 3 else None


def _serial_row(lines: list[Line], table: Table, width: int) -> list[Line]:
    """The lines of the row with the next number: one a column, less for an empty cell, more for a broken one."""
    number = len(table.rows) + 1
    if table.end >= len(lines) or lines[table.end].text != str(number):
        return []
    row = lines[table.end : table.end + 2 * width]
    early = next((at for at, line in enumerate(row) if line.text == str(number + 1)), width)
    return row[:early] if early >= width - 1 else []


def _cells_of_lines(source: str, row: list[Line], width: int) -> list[Cell]:
    """The cells of a row that came one a line; of more lines than columns a long one goes on with the next."""
    cells = [Cell(source, (line.span,)) for line in row]
    while len(cells) > width:
        at = max(range(1, len(cells) - 1), key=lambda index: len(cells[index].flow))
        cells[at : at + 2] = [cells[at].joined(cells[at + 1])]
    return cells


def _with_gap(cells: list[Cell], kinds: list[str], source: str) -> list[Cell]:
    """A row with its empty cell put in: that of whoever assists, else the last."""
    if len(cells) == len(kinds):
        return cells
    at = kinds.index("assisting") if "assisting" in kinds else len(cells)
    return [*cells[:at], Cell(source), *cells[at:]]

"""The tables of a Word file as sheets."""

from __future__ import annotations

from documents.outline import Table
from documents.safety.judge import judge
from documents.sheets.said import Said, row
from documents.sources.word_outline import read_docx


def sheets_in(data: bytes) -> list[Said]:
    """Return the tables of a .docx, each called by its number. Raises Refused."""
    judge("list.docx", data)
    tables = [block for block in read_docx(data)[0] if isinstance(block, Table)]
    return [_said(str(number), table) for number, table in enumerate(tables, 1)]


def _said(name: str, table: Table) -> Said:
    lines = (row(at, list(cells)) for at, cells in enumerate([*table.head, *table.rows], 1))
    merged = [(each.row + 1, each.column + 1, each.row + each.rows, each.column + each.columns) for each in table.spans]
    return Said(name, list(filter(None, lines)), merged=merged)

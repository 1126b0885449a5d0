"""Lists that are handed in, as they stand in the cells: a workbook, the tables of a Word file, a table of a page.

The file is judged (``documents.safety``) and read in a process of its own with little memory. This room reads only;
what a cell means, whoever asked for the list knows (``workflow.sheets``).
"""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass

from documents.in_child import answer_of
from documents.refusal import Refused
from documents.sheets.said import CELLS, MOST_ROWS, ROWS, SHEETS
from documents.text import cells_whole

MOST_BYTES = 20 * 1024 * 1024
Row = tuple[int, list[str]]
"""A row that is not empty: its number as the program shows it, and its cells from column A on."""


@dataclass(frozen=True, slots=True)
class HandedSheet:
    """One sheet of a workbook, or one table of another file.

    is_hidden: the whole sheet is; hidden: numbers of rows that are hidden or filtered away; merged: first row, first
    column, last row, last column, counted from 1; uncomputed: formulas without a stored value; wrong: cells that show
    an error (#N/A); long: numbers of which only 15 digits are left. Cells as people name them: C7.
    """

    name: str
    rows: list[Row]
    is_hidden: bool = False
    hidden: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncomputed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    long: tuple[str, ...] = ()


def tables_of(data: bytes) -> list[HandedSheet]:
    """Return the sheets of a workbook (.xlsx, .xls, .et), or the tables of a Word file (.docx) or of a page of HTML.

    What a file is, its content tells. Raises Refused with what to do: macros, a password, far too large …
    """
    if len(data) > MOST_BYTES:
        raise Refused("list-too-big")
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty")
    try:
        said = answer_of("sheets.child", data)
    except Refused as refused:
        if refused.code == "too-slow":
            raise Refused("list-too-large") from refused
        raise
    gc.disable()  # half a million texts, and none of them is garbage
    try:
        return [_sheet(each) for each in said.split(SHEETS)]
    finally:
        gc.enable()


def _sheet(said: str) -> HandedSheet:
    about, *lines = said.split(ROWS)
    found = json.loads(about)
    tuples = {name: tuple(map(_hashable, value)) for name, value in found.items() if isinstance(value, list)}
    rows: list[Row] = []
    for line in lines:
        number, _, cells = line.partition(CELLS)
        rows.append((int(number), cells.split(CELLS)))
    return HandedSheet(**{**found, **tuples, "rows": rows})


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def table_of_text(text: str) -> list[HandedSheet]:
    """Return a table that was pasted as text: a row a line, tabs between the cells. Raises Refused when it is none."""
    lines = cells_whole(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    rows = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in enumerate(lines, 1)]
    if not any("\t" in line for line in lines):
        raise Refused("no-list")
    if len(rows) > MOST_ROWS:
        raise Refused("list-too-large")
    return [HandedSheet("", [(number, cells) for number, cells in rows if any(cells)])]

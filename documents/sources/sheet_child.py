"""The process that reads a spreadsheet: bytes on standard input, text on standard output, a reason on standard error.

A cell in the last row of a sheet makes a grid of a million rows, which only the limit of this process stops.
"""

from __future__ import annotations

import io
from itertools import islice
from typing import Any

import python_calamine

from documents.in_child import Stop

from .sheet_formats import Formats, formats_of
from .sheet_marks import HIDDEN, marks_of
from .sheet_numbers import number_shown
from .sheets import holds_tasks, lines_of

_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 5000, 60, 400_000
_VISIBLE = python_calamine.SheetVisibleEnum.Visible


def read(data: bytes) -> str:
    """Return the tables of a spreadsheet that hold tasks, HIDDEN behind them where rows of them are hidden.

    Raises Stop with the reason.
    """
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == _VISIBLE]
        formats = formats_of(data, _MOST_ROWS)
        sheets = {name: _lines(workbook.get_sheet_by_name(name), formats.get(name, {})) for name in names}
    except python_calamine.PasswordError as error:
        raise Stop("encrypted") from error
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise Stop("spreadsheet") from error
    tasks = {name: lines for name, lines in sheets.items() if holds_tasks(lines)}
    if not tasks:
        raise Stop("spreadsheet")
    text = "\n".join(line for lines in tasks.values() for line in lines)
    if len(text) > _MOST_CHARACTERS:
        raise Stop("too-long")
    hidden = marks_of(data)
    return text + (HIDDEN if any(hidden[name].hidden for name in tasks if name in hidden) else "")


def _lines(sheet: python_calamine.CalamineSheet, formats: Formats) -> list[str]:
    if sheet.total_height > _MOST_ROWS:
        raise Stop("too-long")
    rows = [row[:_MOST_COLUMNS] for row in islice(sheet.iter_rows(), _MOST_ROWS)]
    # rows are counted from the first of the sheet, cells of a row from the first that is filled in any
    before = sheet.start[1] if sheet.start else 0
    _show(rows, formats, before)
    merged = [
        ((top, left - before), (bottom, right - before))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if left >= before
    ]
    return lines_of(rows, merged)


def _show(rows: list[list[Any]], formats: Formats, before: int) -> None:
    """Write numbers as their cells show them; before: how many columns the rows leave out."""
    for (row, column), code in formats.items():
        at = column - before
        if row < len(rows) and 0 <= at < len(rows[row]) and isinstance(rows[row][at], float):
            shown = number_shown(rows[row][at], code)
            rows[row][at] = rows[row][at] if shown is None else shown

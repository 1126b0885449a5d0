"""A workbook (.xlsx, .xls, .et) as its sheets: each cell as its program shows it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from documents.file_beginnings import HEAD, begins_as
from documents.refusal import Refused
from documents.safety.judge import judge
from documents.safety.package import judge_package
from documents.sheets.said import MOST_COLUMNS, MOST_ROWS, Said, row
from documents.sources.sheet_formats import Formats, formats_of
from documents.sources.sheet_marks import Marks, cell_name, marks_in, marks_of, named
from documents.sources.sheet_numbers import number_shown

_VISIBLE = python_calamine.SheetVisibleEnum.Visible
_EXACT = 10**15
"""From here on a number has more digits than a program keeps."""
_TOLD = 1000
"""So many cells of a kind are told."""
_BROKEN = (python_calamine.CalamineError, ValueError, OSError, OverflowError)


def sheets_in(data: bytes) -> list[Said]:
    """Return the sheets of a workbook. Raises Refused: what the judge says, encrypted, damaged, too large."""
    marks = _marks_of_today(data) if begins_as(data[:HEAD], ".xlsx") else _marks_of_old(data)
    try:
        return list(_sheets(data, marks))
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except _BROKEN as error:
        raise Refused("damaged") from error


def _marks_of_today(data: bytes) -> dict[str, Marks]:
    """Judge an .xlsx, and look at each of its parts meanwhile."""
    found: dict[str, Marks] = {}
    judge_package(data, look=lambda part, content: found.update({part: marks_in(content)}))
    return named(data, found)


def _marks_of_old(data: bytes) -> dict[str, Marks]:
    judge("list.xls", data)
    return marks_of(data)


def _sheets(data: bytes, marks: dict[str, Marks]) -> Iterator[Said]:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    formats = formats_of(data, MOST_ROWS)
    for about in workbook.sheets_metadata:
        if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(about.name)
            found = _sheet(sheet, formats.get(about.name, {}), marks.get(about.name, Marks()))
            found.is_hidden = about.visible != _VISIBLE
            yield found


def _sheet(sheet: Any, formats: Formats, marks: Marks) -> Said:
    said = Said(sheet.name, hidden=marks.hidden, uncomputed=marks.uncomputed[:_TOLD], wrong=marks.wrong[:_TOLD])
    cells = _Cells(formats)
    before = [""] * (sheet.start[1] if sheet.start else 0)  # calamine leaves them out; rows it counts from the first
    for number, values in enumerate(sheet.iter_rows()):
        if line := row(number + 1, before + cells.row(number, len(before), values[:MOST_COLUMNS])):
            said.rows.append(line)
            if len(said.rows) > MOST_ROWS:
                raise Refused("list-too-large")
    merged = sheet.merged_cell_ranges or ()
    said.merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged]
    said.long = cells.long[:_TOLD]
    return said


class _Cells:
    """The cells of one sheet as texts; long: those of numbers of which only fifteen digits are left."""

    def __init__(self, formats: Formats) -> None:
        self.formats, self.shown = formats, {**_SHOWN, float: self.number}
        self.formatted = {row for row, _column in formats}
        self.long: list[str] = []
        self.has_long = False

    def row(self, number: int, before: int, values: list[Any]) -> list[str]:
        """One row, its values from column ``before`` on."""
        texts = [value if type(value) is str else self.shown[type(value)](value) for value in values]
        if number in self.formatted:
            for at, value in enumerate(values):
                code = self.formats.get((number, before + at)) if type(value) is float else None
                texts[at] = (number_shown(value, code) if code else None) or texts[at]
        if self.has_long:
            self.has_long = False
            large = (at for at, value in enumerate(values) if type(value) is float and abs(value) >= _EXACT)
            self.long += [cell_name(number, before + at) for at in large]
        return texts

    def number(self, value: float) -> str:
        """A number, a whole one without a point."""
        if abs(value) >= _EXACT:
            self.has_long = True
        return str(int(value)) if value.is_integer() else f"{value:.12g}"


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"


_SHOWN: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "是" if value else "否",
    int: str,
    date: date.isoformat,
    datetime: _moment,
    time: lambda value: f"{value.hour}:{value.minute:02d}",
    timedelta: str,
}
"""How a cell that holds neither text nor a number with a point is read: a day as 2015-09-20."""

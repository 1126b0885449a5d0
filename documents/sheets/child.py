"""The process that reads a list: bytes on standard input, its sheets as JSON on standard output.

It judges the file first, as every file of a stranger is judged, and holds both within the memory of ``in_child``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import lxml.html
import python_calamine

from documents.file_beginnings import HEAD, begins_as
from documents.in_child import Stop
from documents.outline import Table
from documents.refusal import Refused
from documents.safety.judge import judge
from documents.sheets import CELLS, MOST_COLUMNS, MOST_ROWS, ROWS, SHEETS
from documents.sources.docx_archive import holds_workbook
from documents.sources.html_body import is_page
from documents.sources.sheet_formats import formats_of
from documents.sources.sheet_marks import Marks, cell_name, marks_of
from documents.sources.sheet_numbers import number_shown
from documents.sources.word_outline import read_docx

_VISIBLE = python_calamine.SheetVisibleEnum.Visible
_EXACT = 10**15
"""From here on a number has more digits than a program keeps."""
_PARTING: dict[int, str | None] = {**dict.fromkeys(map(ord, CELLS + ROWS + SHEETS), " "), 0: None}
"""What no cell holds on the way out; NUL no database keeps."""
_BROKEN = (python_calamine.CalamineError, ValueError, OSError, OverflowError)
Said = dict[str, Any]


def read(data: bytes) -> str:
    """Return the sheets of a file (see ``documents.sheets.HandedSheet``). Raises Stop with the reason.

    What is told of each is JSON; its rows, which may be fifty thousand, are parted by signs no cell holds.
    """
    try:
        sheets = _sheets(data)
        if not sheets:  # a page or a Word file without a table, a workbook of charts
            raise Refused("no-list")
        return SHEETS.join(map(_written, sheets))
    except Refused as refused:
        raise Stop("list-too-large" if refused.code == "bomb" else refused.code) from refused


def _written(sheet: Said) -> str:
    rows = sheet.pop("rows")
    about = json.dumps(sheet, ensure_ascii=False)
    return ROWS.join([about, *(f"{number}{CELLS}{CELLS.join(cells)}" for number, cells in rows)])


def _sheets(data: bytes) -> list[Said]:
    head = data[:HEAD]
    if begins_as(head, ".xlsx") and holds_workbook(data):
        judge("list.xlsx", data)
        return list(_workbook(data))
    if begins_as(head, ".docx"):
        judge("list.docx", data)
        return _word(data)
    if begins_as(head, ".xls"):
        judge("list.xls", data)
        return list(_workbook(data))
    if is_page(data):
        return _page(data)
    raise Refused("no-list-file")


def _workbook(data: bytes) -> Iterator[Said]:
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        marks, formats = marks_of(data), formats_of(data, MOST_ROWS)
        for about in workbook.sheets_metadata:
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(about.name)
                found = _sheet(sheet, formats.get(about.name, {}), marks.get(about.name, Marks()))
                yield found | {"is_hidden": about.visible != _VISIBLE}
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except _BROKEN as error:
        raise Refused("damaged") from error


def _sheet(sheet: Any, formats: dict[tuple[int, int], str], marks: Marks) -> Said:
    before = sheet.start[1] if sheet.start else 0  # columns that calamine leaves out; rows it counts from the first
    rows: list[tuple[int, list[str]]] = []
    long: list[str] = []
    for number, cells in enumerate(sheet.iter_rows()):
        said = [""] * before
        for value in cells[:MOST_COLUMNS]:
            if type(value) is str:
                said.append(value if value.isalnum() or not value else _lines(value))
            elif type(value) is float and value.is_integer() and abs(value) < _EXACT and not formats:
                said.append(str(int(value)))
            else:
                at = len(said)
                if type(value) is float and abs(value) >= _EXACT:
                    long.append(cell_name(number, at))
                said.append(shown(value, formats.get((number, at))))
        while said and not said[-1]:
            said.pop()
        if said:
            rows.append((number + 1, said))
        if len(rows) > MOST_ROWS:
            raise Refused("list-too-large")
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return {"name": sheet.name.translate(_PARTING), "rows": rows, "merged": merged, "long": long, **marks.said()}


def shown(value: Any, code: str | None = None) -> str:
    """Return a cell as it is read: a day as 2015-09-20, a whole number without a point, its lines as they are."""
    if type(value) is str:
        return value if value.isalnum() else _lines(value)
    match value:
        case bool():
            return "是" if value else "否"
        case float() if code and (said := number_shown(value, code)) is not None:
            return said
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.12g}"
        case datetime() if (value.hour, value.minute) == (0, 0):
            return value.date().isoformat()
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value.hour}:{value.minute:02d}"
        case timedelta():
            return str(value)
    return _lines(str(value))


def _lines(text: str) -> str:
    text = text.translate(_PARTING)
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _word(data: bytes) -> list[Said]:
    """The tables of a Word file."""
    tables = [block for block in read_docx(data)[0] if isinstance(block, Table)]
    found = []
    for number, table in enumerate(tables, 1):
        grid = [*table.head, *table.rows]
        rows = [(at, list(map(shown, cells))) for at, cells in enumerate(grid, 1) if any(cells)]
        merged = [
            (each.row + 1, each.column + 1, each.row + each.rows, each.column + each.columns) for each in table.spans
        ]
        found.append({"name": str(number), "rows": rows, "merged": merged})
    return found


def _page(data: bytes) -> list[Said]:
    """The tables of a page of HTML, as programs put them into the clipboard."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    root = lxml.html.document_fromstring(text)
    found = []
    for number, table in enumerate(root.iter("table"), 1):
        rows, merged = _grid(table)
        found.append({"name": str(number), "rows": rows, "merged": merged})
    return found


def _grid(table: Any) -> tuple[list[tuple[int, list[str]]], list[tuple[int, int, int, int]]]:
    """The cells of a table in their columns; one that covers several stands in the first."""
    taken: dict[tuple[int, int], str] = {}
    merged = []
    lines = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    for top, line in enumerate(lines[: MOST_ROWS + 1]):
        left = 0
        for cell in line.iterchildren("td", "th"):
            while (top, left) in taken:
                left += 1
            tall, wide = (_number(cell.get(name)) for name in ("rowspan", "colspan"))
            for row in range(top, top + min(tall, len(lines) - top)):
                taken.update({(row, column): "" for column in range(left, left + wide)})
            taken[top, left] = " ".join(cell.text_content().split())
            if tall > 1 or wide > 1:
                merged.append((top + 1, left + 1, top + tall, left + wide))
            left += wide
    rows: dict[int, list[str]] = {}
    for (row, column), text in sorted(taken.items()):
        cells = rows.setdefault(row + 1, [])
        cells.extend([""] * (column - len(cells)))
        cells.append(text)
    return [(number, cells) for number, cells in rows.items() if any(cells)], merged


def _number(said: str | None) -> int:
    return min(max(int(said), 1), MOST_COLUMNS) if said and said.isdecimal() and len(said) < 6 else 1

"""Lists with whatever is wrong with a list, as workbooks of today (xlsxwriter) and as old ones ([MS-XLS], BIFF8)."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from tests.excel import fill
from tests.office_files import compound, record

Grid = list[list[Any]]
Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Odd:
    """What is odd about the first sheet: cells that are merged, formulas nobody reckoned, errors, hidden rows."""

    merged: tuple[int, int, int, int] | None = None
    """First row, first column, last row, last column."""
    formulas: frozenset[Place] = field(default_factory=frozenset)
    errors: frozenset[Place] = field(default_factory=frozenset)
    hidden: frozenset[int] = field(default_factory=frozenset)
    since_1904: bool = False
    has_macro: bool = False


def xlsx(sheets: dict[str, Grid], odd: Odd) -> bytes:
    """A workbook of these sheets; those that begin with _ are hidden."""
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd", "date_1904": odd.since_1904}
    book = xlsxwriter.Workbook(file, options)
    for name, grid in sheets.items():
        page = book.add_worksheet(name)
        if name.startswith("_"):
            page.hide()
        fill(page, grid)
    first = book.worksheets()[0]
    for number, at in odd.formulas:
        first.write_formula(number, at, "=A1&B1", None, "")
    for number, at in odd.errors:
        first.write_formula(number, at, "=1/0", None, "#DIV/0!")
    for number in odd.hidden:
        first.set_row(number, None, None, {"hidden": True})
    if odd.merged:
        top, left, bottom, right = odd.merged
        first.merge_range(top, left, bottom, right, "merged")
    book.close()
    return with_macro(file.getvalue()) if odd.has_macro else file.getvalue()


def with_macro(data: bytes) -> bytes:
    """The same with a program in it."""
    whole = io.BytesIO(data)
    with zipfile.ZipFile(whole, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    return whole.getvalue()


def xls(sheets: dict[str, Grid], odd: Odd) -> bytes:
    """The same as an old workbook, which WPS calls .et."""
    parts = [_sheet(grid, odd if number == 0 else Odd()) for number, grid in enumerate(sheets.values())]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6))
    head += record(0x22, struct.pack("<H", odd.since_1904)) + _format(0) + _format(14)
    names = [_name(name) for name in sheets]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for name, shown, part in zip(names, sheets, parts, strict=True):
        head += record(0x85, struct.pack("<IBB", start, shown.startswith("_"), 0) + name)
        start += len(part)
    streams = {"Workbook": head + record(0x0A) + b"".join(parts)}
    return compound(streams | ({"_VBA_PROJECT_CUR/VBA/dir": b"x"} if odd.has_macro else {}))


def _name(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _format(code: int) -> bytes:
    """How numbers are shown; 14 is a day."""
    return record(0xE0, struct.pack("<HHH", 0, code, 0) + bytes(14))


def _sheet(grid: Grid, odd: Odd) -> bytes:
    width = max(map(len, grid), default=0)
    found = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    found += record(0x200, struct.pack("<IIHHH", 0, len(grid), 0, width, 0))
    for number, row in enumerate(grid):
        shown = 0x20 if number in odd.hidden else 0
        found += record(0x208, struct.pack("<HHHHHHHH", number, 0, width, 0xFF, 0, 0, 0x100 | shown, 0))
        found += b"".join(_cell(number, at, value, odd) for at, value in enumerate(row))
    if odd.merged:
        top, left, bottom, right = odd.merged
        found += record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))
    return found + record(0x0A)


def _cell(number: int, at: int, value: Any, odd: Odd) -> bytes:
    if (number, at) in odd.formulas:
        return record(0x06, struct.pack("<HHHQHIH", number, at, 0, 0xFFFF000000000003, 0, 0, 0))
    if (number, at) in odd.errors:
        return record(0x205, struct.pack("<HHHBB", number, at, 0, 0x2A, 1))
    if isinstance(value, date):
        days = (value - (date(1904, 1, 1) if odd.since_1904 else date(1899, 12, 30))).days
        return record(0x203, struct.pack("<HHHd", number, at, 1, days))
    if isinstance(value, (int, float)):
        return record(0x203, struct.pack("<HHHd", number, at, 0, value))
    text = str(value)
    return record(0x204, struct.pack("<HHHHB", number, at, 0, len(text), 1) + text.encode("utf-16-le")) if text else b""


MAKERS = {"xlsx": xlsx, "xls": xls, "et": xls}

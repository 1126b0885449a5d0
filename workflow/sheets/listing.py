"""A list of a page as an Excel file: its rows as they are filtered, its columns as they are chosen.

Rows are written as they are read, so ten thousand take no more memory than one. What a person typed is text whatever it
begins with; a day is a day and a number a number, so that Excel sorts and adds them up; telephone and document numbers
are text, since Excel would take them for numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from workflow import clock
from workflow.sheets.columns import Column, Holds
from workflow.sheets.template import LONGEST_CELL, OPTIONS, cell_format, head_format, sheet_name, tall

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_listing(file: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Write a list into a file opened for writing.

    Arguments: the file; what the list is called; its columns; its rows, a value for each column: text, a number, a day,
    a moment, or nothing. Returns: how many rows there are.
    """
    import xlsxwriter  # noqa: PLC0415 (a web process that writes no list does not hold it)

    book = xlsxwriter.Workbook(file, OPTIONS)
    page = book.add_worksheet(sheet_name(title))
    formats = [book.add_format(cell_format(column)) for column in columns]
    moments = book.add_format(cell_format(Column("", "")) | {"num_format": "yyyy-mm-dd hh:mm"})
    for at, (column, format_) in enumerate(zip(columns, formats, strict=True)):
        page.set_column(at, at, column.width, format_)
    head = book.add_format(head_format())
    page.set_row(0, 30)
    for at, column in enumerate(columns):
        page.write_string(0, at, str(column.label), head)
    page.freeze_panes(1, 1)
    kinds = [column.holds for column in columns]
    number = 0
    widths = [column.width for column in columns]
    for number, row in enumerate(rows, 1):
        tall(page, number, ((value, width) for value, width in zip(row, widths, strict=True) if type(value) is str))
        for at, value in enumerate(row):
            _cell(page, number, at, kinds[at], value, formats[at], moments)
    page.autofilter(0, 0, max(number, 1), len(columns) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    book.close()
    return number


def _cell(page: Any, row: int, at: int, holds: Holds, value: Any, format_: Any, moments: Any) -> None:
    if type(value) is str and value:
        page.write_string(row, at, value[:LONGEST_CELL], format_)
    elif value is None or value == "":
        page.write_blank(row, at, None, format_)
    elif isinstance(value, datetime):
        page.write_datetime(row, at, timezone.make_naive(value) if value.tzinfo else value, moments)
    elif isinstance(value, date):
        page.write_datetime(row, at, value, format_)
    elif isinstance(value, int | float) and not isinstance(value, bool) and holds is not Holds.WORDS:
        page.write_number(row, at, value, format_)
    else:
        page.write_string(row, at, str(value)[:LONGEST_CELL], format_)


def excel_file(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A list as an answer to be saved. Arguments: as for :func:`write_listing`."""
    file = io.BytesIO()
    write_listing(file, title, columns, rows)
    return xlsx_answer(file.getvalue(), title)


def xlsx_answer(data: bytes, title: str) -> HttpResponse:
    """A workbook as an answer to be saved, named after the list and the day."""
    answer = HttpResponse(data, content_type=XLSX)
    name = f"{title} {clock.today():%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer

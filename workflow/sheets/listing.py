"""A list of a page as an Excel file: its rows as they are filtered, its columns as they are chosen.

Rows are written as they are read, so ten thousand take no more memory than one. What a person typed is text whatever it
begins with; a day is a day and a number a number, so that Excel sorts and adds them up; telephone and document numbers
are text, since Excel would take them for numbers.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import IO, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from workflow import clock
from workflow.listing.columns import Column, Type
from workflow.sheets.template import LONGEST_CELL, OPTIONS, Format, cell_format, head_format, sheet_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN_AS = {Type.NUMBER: "#,##0.##", Type.DAY: "yyyy-mm-dd", Type.MOMENT: "yyyy-mm-dd hh:mm"}


def write_listing(
    file: IO[bytes],
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    step: Callable[[int], object] = lambda done: None,
) -> int:
    """Write a list into a file opened for writing.

    Arguments: the file; what the list is called; its columns; its rows, whatever the columns take their values from;
    what is told how many are written.
    Returns: how many rows there are.
    """
    import xlsxwriter  # noqa: PLC0415 (a web process that writes no list does not hold it)

    book = xlsxwriter.Workbook(file, OPTIONS)
    page = book.add_worksheet(sheet_name(title))
    head, plain = book.add_format(head_format()), book.add_format(cell_format())
    midnight = book.add_format(cell_format() | {"num_format": 'yyyy-mm-dd" 24:00"'})
    formats = [book.add_format(_format_of(column)) for column in columns]
    page.set_row(0, 30)
    for at, (column, format_) in enumerate(zip(columns, formats, strict=True)):
        page.set_column(at, at, column.width, format_)
        page.write_string(0, at, str(column.label), head)
    page.freeze_panes(1, 1)
    cells = [(column.value, column.type, format_) for column, format_ in zip(columns, formats, strict=True)]
    number = 0
    for number, row in enumerate(rows, 1):
        for at, (value_of, type_, format_) in enumerate(cells):
            value = value_of(row)
            if value is None or value == "":
                page.write_blank(number, at, None, format_)
            elif type_ is Type.NUMBER:
                page.write_number(number, at, value, format_)
            elif type_ is Type.DAY:
                page.write_datetime(number, at, value, format_)
            elif type_ is Type.MOMENT:
                _moment(page, number, at, timezone.make_naive(value), format_, midnight)
            else:
                page.write_string(number, at, str(value)[:LONGEST_CELL], plain)
        step(number)
    page.autofilter(0, 0, max(number, 1), len(columns) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    book.close()
    return number


def _format_of(column: Column) -> Format:
    return cell_format() | {"num_format": _SHOWN_AS.get(column.type, "@")}


def _moment(page: Any, row: int, at: int, value: datetime, format_: Any, midnight: Any) -> None:
    """A moment; a deadline at 24:00 stands on its own day, as everywhere, not at the beginning of the next."""
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        page.write_datetime(row, at, value - timedelta(days=1), midnight)
    else:
        page.write_datetime(row, at, value, format_)


def excel_file(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """A list as an answer to be saved. Arguments: as for :func:`write_listing`."""
    file = io.BytesIO()
    write_listing(file, title, columns, rows)
    return xlsx_answer(file.getvalue(), title)


def xlsx_answer(data: bytes, title: str) -> HttpResponse:
    """A workbook as an answer to be saved, named after the list and the day."""
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, file_name(title)) or "attachment"
    return answer


def file_name(title: str) -> str:
    """What a list of today is called when it is saved."""
    return f"{title} {clock.today():%Y-%m-%d}.xlsx"

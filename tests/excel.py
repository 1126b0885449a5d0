"""A list out as Excel, changed as somebody changes it there, and in again."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.pages import press
from workflow.models import SheetImport

Grid = list[list[Any]]


def fetched(client: Client, address: str, **query: str) -> dict[str, Grid]:
    """The file as it goes out, its sheets as grids. Arguments: who; the page of the list; what of it."""
    answer = client.get(address, query or {"file": "list"})
    assert answer["Content-Disposition"].startswith("attachment")
    return sheets_of(answer)


def sheets_of(answer: Any) -> dict[str, Grid]:
    """The sheets of a workbook that is an answer, as grids."""
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def workbook(sheets: dict[str, Grid]) -> bytes:
    """A workbook of these sheets as a program saves it; what begins with _ is hidden."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    for name, grid in sheets.items():
        page = book.add_worksheet(name)
        if name.startswith("_"):
            page.hide()
        fill(page, grid)
    book.close()
    return file.getvalue()


def fill(page: Any, grid: Grid) -> None:
    """Write what stands in a grid; days as days."""
    for number, row in enumerate(grid):
        for at, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, at, value)
            elif value != "":
                page.write(number, at, value)


def handed_in(client: Client, address: str, sheets: dict[str, Grid]) -> Any:
    """The answer to a file that is handed in on the page of a list."""
    return press(client, address, file=SimpleUploadedFile("list.xlsx", workbook(sheets)))


def edited(client: Client, address: str, edit: Callable[[Grid], Any] = lambda grid: None) -> Any:
    """The answer to the file as somebody changed its first sheet. Arguments: who; the page; what is changed."""
    sheets = fetched(client, address)
    edit(next(iter(sheets.values())))
    return handed_in(client, address, sheets)


def row_of(grid: Grid, name: Any) -> list[Any]:
    """The row in which a cell says this."""
    return next(row for row in grid if name in row)


def newest() -> SheetImport:
    """The file that was handed in last."""
    return SheetImport.objects.latest("pk")


def written(client: Client) -> Any:
    """The answer to the press that writes what was handed in last."""
    return press(client, newest().get_absolute_url(), "Write all of it")


def wrong() -> dict[tuple[int, str], tuple[str, str]]:
    """What is wrong with it: by row and column the text of the cell and what is said."""
    return {(row, label): (cell, said) for row, label, _letter, cell, said in newest().report["wrong"]}

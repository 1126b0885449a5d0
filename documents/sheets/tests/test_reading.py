"""A list that is handed in, cell by cell: by whatever program, with whatever is wrong with it."""

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
import pytest
import xlsxwriter

from documents.refusal import Refused
from documents.sheets import HandedSheet, table_of_text, tables_of

HEAD = ["单位", "日期", "电话"]


def workbook(fill: Any, **options: Any) -> bytes:
    """A workbook with a row of heads, as a function fills it further."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    page = book.add_worksheet("表")
    page.write_row(0, 0, HEAD)
    fill(book, page)
    book.close()
    return file.getvalue()


def read(data: bytes) -> HandedSheet:
    return tables_of(data)[0]


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as error:
        tables_of(data)
    return error.value.code


def test_cells_are_read_as_they_are_shown() -> None:
    """Days of either calendar, an id number as text, a number too long for Excel, lines in a cell, an error."""

    def fill(book: Any, page: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_datetime(1, 1, datetime(2015, 9, 20), day)
        page.write_string(1, 2, "440301199001011234")
        page.write_number(2, 2, 440301199001011234)
        page.write_number(3, 2, 13800138000)
        page.write_string(3, 0, " 市 水务局 \n 排水处 ")
        page.write_formula(4, 0, "=1/0", None, "#DIV/0!")
        page.write_formula(5, 0, "=A2&A3", None, "")
        page.write_formula(5, 1, "=1+1", None, 2)
        page.write_number(6, 2, 0.98, book.add_format({"num_format": "0%"}))

    for calendar in ({}, {"date_1904": True}):
        found = read(workbook(fill, **calendar))
        assert found.rows[1:] == [
            (2, ["", "2015-09-20", "440301199001011234"]),
            (3, ["", "", "440301199001011328"]),  # what Excel kept of it
            (4, ["市 水务局\n排水处", "", "13800138000"]),
            (6, ["", "2"]),
            (7, ["", "", "98%"]),
        ]
        assert (found.long, found.wrong, found.uncomputed) == (("C3",), ("A5",), ("A6",))


def test_what_nobody_sees_in_the_file_is_named() -> None:
    """Hidden and filtered rows, merged cells, a hidden sheet."""

    def fill(book: Any, page: Any) -> None:
        for row in range(1, 6):
            page.write_row(row, 0, [f"单位{row}", "", ""])
        page.set_row(2, None, None, {"hidden": True})
        page.autofilter(0, 0, 5, 2)
        page.filter_column(0, "x == 单位1")
        page.set_row(4, None, None, {"hidden": True})
        page.merge_range(5, 1, 6, 1, "合并")
        book.add_worksheet("底稿").hide()

    sheets = tables_of(workbook(fill))
    assert (sheets[0].hidden, sheets[0].merged, len(sheets[0].rows)) == ((3, 5), ((6, 2, 7, 2),), 6)
    assert [(each.name, each.is_hidden) for each in sheets] == [("表", False), ("底稿", True)]


def test_a_file_that_is_far_too_large_or_hostile_is_refused_in_words() -> None:
    """A cell in the last row makes a grid of a million; a macro; a picture; something else altogether."""

    def last_row(_book: Any, page: Any) -> None:
        page.write_row(1_048_575, 0, ["x"] * 12)

    with_macro, plain = io.BytesIO(), workbook(lambda book, page: None)
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(with_macro, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"x")
    assert refused(workbook(last_row)) == "list-too-large"
    assert refused(with_macro.getvalue()) == "macros"
    assert refused(b"\x89PNG\r\n\x1a\n") == "no-list-file"
    assert refused(b"PK\x03\x04 nothing") == "damaged"
    assert refused(b" ") == "empty"


def test_rows_formatted_to_the_end_cost_nothing() -> None:
    def fill(book: Any, page: Any) -> None:
        red = book.add_format({"bg_color": "red"})
        for row in range(1, 200_000):
            page.set_row(row, None, red)
        page.write_row(1, 0, ["市水务局"])

    assert read(workbook(fill, constant_memory=False)).rows[1:] == [(2, ["市水务局"])]


def test_tables_of_word_of_the_clipboard_and_of_plain_text() -> None:
    document, file = docx.Document(), io.BytesIO()
    table = document.add_table(2, 3)
    for at, text in enumerate(HEAD):
        table.cell(0, at).text = text
    table.cell(1, 0).text, table.cell(1, 2).text = "市水务局", "13800000000"
    document.save(file)
    rows = [(1, HEAD), (2, ["市水务局", "", "13800000000"])]
    assert read(file.getvalue()).rows == rows
    page = "<html><body><table><tr><td>单位<td>日期<td>电话<tr><td>市水务局<td><td> 13800000000</table></body></html>"
    assert read(page.encode()).rows == rows
    spanned = page.replace("<tr><td>市水务局", "<tr><td rowspan=2>市水务局").replace("</table>", "<tr><td>x</table>")
    assert (read(spanned.encode()).rows[2], read(spanned.encode()).merged) == ((3, ["", "x"]), ((2, 1, 3, 1),))
    assert table_of_text("单位\t日期\t电话\r\n市水务局\t\t13800000000")[0].rows == rows
    with pytest.raises(Refused):
        table_of_text("没有表格")


def test_a_file_without_a_table_is_refused_in_words() -> None:
    """A page, a Word file, whatever they are called."""
    paper = io.BytesIO()
    docx.Document().save(paper)
    found = [refused(data) for data in (b"<html><script>word</script></html>", paper.getvalue())]
    assert found == ["no-list", "no-list"]


def test_no_cell_holds_a_sign_no_database_keeps() -> None:
    """NUL, as Excel writes it into an .xlsx and an .xls may hold it as it is."""
    data = workbook(lambda book, page: page.write_string(1, 0, "waterbureau"))
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(whole, "w") as changed:
        for name in book.namelist():
            changed.writestr(name, book.read(name).replace(b"waterbureau", b"water_x0000_bureau"))
    assert read(whole.getvalue()).rows[1:] == [(2, ["waterbureau"])]

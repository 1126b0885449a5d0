"""All figures of a briefing as Excel, one sheet a table; numbers stay numbers."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from documents.outline import Table
from reports.briefings.facts import facts, totals
from reports.briefings.moment import Stood
from reports.briefings.paper import units_table
from reports.briefings.tables import kind_table
from workflow.sheets.template import OPTIONS, cell_format, head_format, sheet_name

Rows = Iterable[Sequence[Any]]


def workbook(stood: Stood) -> bytes:
    """The tables of a campaign as a workbook. Arguments: how it stood."""
    import xlsxwriter  # noqa: PLC0415 (a web process that writes no list does not hold it)

    with translation.override("zh-hans"):
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, OPTIONS)
        formats = {"head": book.add_format(head_format()), "cell": book.add_format(cell_format())}
        formats["number"] = book.add_format(cell_format() | {"num_format": "#,##0"})
        for name, head, rows in sheets(stood):
            write(book.add_worksheet(sheet_name(name)), head, rows, formats)
        book.close()
        return file.getvalue()


def sheets(stood: Stood) -> list[tuple[str, Sequence[str], Rows]]:
    """The sheets: name, heads, rows."""
    found = totals(stood)
    given = [{owed.assignment.unit_id: figure.about or figure.value for owed, figure in total.units} for total in found]
    units = [
        (each.assignment.unit.official_name, *(column.get(each.assignment.unit_id) for column in given))
        for each in stood.accepted
    ]
    sums = ("合计", *(whole(total.total.shown) for total in found))
    names = [(name, each.text, each.source.said) for name, each in facts(stood).items()]
    return [
        ("材料报送情况", *cells(kind_table(stood.figures))),
        ("各单位报送情况", *cells(units_table(stood))),
        ("各单位工作数据", ("单位", *(str(each.indicator.label) for each in found)), [*units, sums]),
        ("简报所用数据", ("名称", "数值", "来源"), names),
    ]


def cells(table: Table) -> tuple[Sequence[str], Rows]:
    """Heads and rows of a table of the paper; what it prints as a number is a number."""
    return table.head[0], [[whole(cell) for cell in row] for row in table.rows]


def whole(cell: str) -> str | int:
    """A cell as a number where it is one."""
    bare = cell.replace(",", "")
    return int(bare) if bare.isdecimal() and bare.isascii() else cell


def write(page: Any, head: Sequence[str], rows: Rows, formats: dict[str, Any]) -> None:
    """Write one sheet: never a formula of a text."""
    page.set_column(0, 0, 24)
    page.set_column(1, max(len(head) - 1, 1), 16)
    page.freeze_panes(1, 1)
    for at, name in enumerate(head):
        page.write_string(0, at, str(name), formats["head"])
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(line, at, value, formats["number"])
            elif value is not None:
                page.write_string(line, at, str(value), formats["cell"])

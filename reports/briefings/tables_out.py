"""All figures of a briefing as Excel, one sheet a table; numbers stay numbers."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
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
    with translation.override("zh-hans"):
        return write_workbook(sheets(stood))


def write_workbook(found: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """Sheets as a workbook. Arguments: of each its name, heads, rows."""
    import xlsxwriter  # noqa: PLC0415 (a web process that writes no list does not hold it)

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    formats = {"head": book.add_format(head_format()), "cell": book.add_format(cell_format())}
    formats["number"] = book.add_format(cell_format() | {"num_format": "#,##0.##"})
    for name, head, rows in found:
        write(book.add_worksheet(sheet_name(name)), head, rows, formats)
    book.close()
    return file.getvalue()


def sheets(stood: Stood) -> list[tuple[str, Sequence[str], Rows]]:
    """The sheets: name, heads, rows."""
    names = [(name, each.text, each.source.said) for name, each in facts(stood).items()]
    return [
        ("材料报送情况", *cells(kind_table(stood.figures))),
        ("各单位报送情况", *cells(units_table(stood))),
        ("各单位工作数据", *figures_of_units(stood)),
        ("简报所用数据", ("名称", "数值", "来源"), names),
    ]


def figures_of_units(stood: Stood) -> tuple[Sequence[str], Rows]:
    """What each unit gave of each figure, with the sums: numbers that can be added up.

    Where some are only about right, a column beside says in which words they were written, so that nobody takes a
    number there for an exact one.
    """
    head, columns = ["单位"], list[tuple[dict[int, Any], Any]]()
    for total in totals(stood):
        given = {owed.assignment.unit_id: figure for owed, figure in total.units}
        head.append(str(total.indicator.label))
        columns.append(({unit: figure.value for unit, figure in given.items()}, total.total.value))
        if any(figure.about for figure in given.values()):
            head.append("约数原文")
            said = total.total.shown if total.total.near else ""
            columns.append(({unit: figure.about for unit, figure in given.items()}, said))
    units = [
        (each.assignment.unit.official_name, *(column.get(each.assignment.unit_id) for column, _sum in columns))
        for each in stood.accepted
    ]
    return head, [*units, ("合计", *(sum_ for _column, sum_ in columns))]


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
            if isinstance(value, int | Decimal):
                page.write_number(line, at, value, formats["number"])
            elif value:
                page.write_string(line, at, str(value), formats["cell"])

"""What of a spreadsheet is a list of tasks: its tables as lines with tabs, its titles as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from documents.text import chinese_date

Grid = list[list[str]]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
_COLUMNS = re.compile(
    "任务|事项|内容|活动|责任|单位|部门|时限|时间|期限|日期|措施|要求|联系|姓名|电话|指标|数量|名称|项目"
)
_LOOKED_AT = 15  # rows in which a table must begin
_FEWEST = 2


def lines_of(rows: Iterable[Sequence[Any]], merged: Merged = ()) -> list[str]:
    """Return a sheet as lines: a row of one cell as its text, others as their cells with tabs between.

    merged: first and last cell of what is merged; what is merged downwards is printed in each row.
    """
    grid = [[shown(value) for value in row] for row in rows]
    for (top, left), (bottom, right) in merged:
        for row in range(top + 1, min(bottom + 1, len(grid))):
            if left == right and top < len(grid) and left < min(len(grid[top]), len(grid[row])):
                grid[row][left] = grid[row][left] or grid[top][left]
    used = [at for cells in grid for at, text in enumerate(cells) if text]
    return [_line(cells[min(used) : max(used) + 1]) for cells in grid if any(cells)]


def _line(cells: list[str]) -> str:
    filled = [text for text in cells if text]
    return filled[0] if len(filled) == 1 else "\t".join(cells)


def holds_tasks(lines: list[str]) -> bool:
    """Return whether lines hold a table whose head names what is to be done, by whom or when."""
    heads = [line.split("\t") for line in lines[:_LOOKED_AT] if "\t" in line]
    return len(lines) > 1 and any(sum(bool(_COLUMNS.search(cell)) for cell in head) >= _FEWEST for head in heads)


def shown(value: Any) -> str:
    """Return a cell as it is read: a day in Chinese, a whole number without a point, on one line."""
    match value:
        case bool():
            return "是" if value else "否"
        case datetime() if (value.hour, value.minute) != (0, 0):
            return f"{chinese_date(value.date())} {value.hour}:{value.minute:02d}"
        case datetime():
            return chinese_date(value.date())
        case date():
            return chinese_date(value)
        case time():
            return f"{value.hour}:{value.minute:02d}"
        case timedelta():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.10g}"
    return " ".join(str(value).split())

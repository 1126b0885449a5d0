"""Schedules: tables whose rows are activities and no tasks, and what a row says of its activity."""

from __future__ import annotations

import re

from documents.reading.phrases.dates import DateFound, find
from documents.reading.phrases.spans import Flow, Text
from documents.reading.structure.columns import Cell, Table

from .activities import Context
from .draft import Activity, Task
from .task_tables import cell_of, is_task_table, span_of

_EVENT = re.compile("活动|培训|比赛|竞赛|演练|讲座|节目|课程|展示|日程|主题日|场次|议程|仪式")
"""A column whose head says so lists what is held."""
_DUTY = re.compile("任务|事项|措施|举措")
_DUE = re.compile("完成|时限|期限|进度|节点|截止")
_ASSIGNS = re.compile("分工|任务|分解|(?:责任|工作|重点)(?:清单|台账)|责任表")
"""A table called so gives somebody something to do, whatever the heads of its columns."""
_NO_PLACE = re.compile("自行|自定|待定|另行|自主")
_WHOLE = 40


def is_activity_table(table: Table, name: str) -> bool:
    """Return whether the rows are activities: what is held, at a place or on a day, and not what is to be done by one.

    name: what stands above the table. A column of places, or a head such as 活动内容, makes a row an activity; a head
    such as 工作任务, a day by which it is done (完成时限) or a name such as 任务分工表 makes it a task. Where a place
    and an activity are named, that outweighs the name.
    """
    if not is_task_table(table):
        return False
    title, when = table.column("title"), table.column("deadline")
    head = table.header[title].flow.text if title is not None else ""
    is_due = when is not None and _DUE.search(table.header[when].flow.text) is not None
    is_event, is_duty = _EVENT.search(head) is not None, _DUTY.search(head) is not None
    if "venue" in table.kinds:
        return (is_event and not is_duty) or not (is_due or is_duty)
    return is_event and not is_duty and not is_due and _ASSIGNS.search(name) is None


def as_activity(table: Table, row_index: int, task: Task, context: Context) -> Activity:
    """Return the activity that a row of an activity table describes."""
    row = table.rows[row_index]
    venue, flow = (cell_of(table, row, kind) for kind in ("venue", "title"))
    assert flow is not None
    return Activity(
        title=_bare_title(flow.flow),
        span=task.span,
        number=task.number,
        venue=Text(venue.value, span_of(venue)) if venue and not _NO_PLACE.search(venue.flow.text) else None,
        dates=tuple(_days(table, row, context)) + task.dates,
        units=task.responsible + task.assisting,
        targets=task.targets,
        details=task.details,
        confidence=task.confidence,
        doubts=task.doubts,
    )


def _days(table: Table, row: list[Cell], context: Context) -> list[DateFound]:
    """The days of a row: of 日期 and 时间 beside each other the column that has some."""
    cells = [cell for cell, kind in zip(row, table.kinds, strict=False) if kind == "deadline"]
    return next(filter(None, (find(cell.flow, context.calendar, dotted=True) for cell in cells)), [])


def _bare_title(flow: Flow) -> Text:
    """The title of a row: the cell, of a long one its first sentence."""
    _, end = next(flow.pieces("。\n" if len(flow) <= _WHOLE else "。；\n"), (0, len(flow)))
    return Text(flow.value(0, end), flow.span(0, end))

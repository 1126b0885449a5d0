"""Task tables: one task for each row."""

from __future__ import annotations

import re
from datetime import date

from documents.reading.phrases.dates import DateFound, find
from documents.reading.phrases.spans import Flow, Span, Text
from documents.reading.phrases.targets import Target, find_targets
from documents.reading.phrases.unit_roles import read_roles, settle
from documents.reading.phrases.units import UnitFound, named
from documents.reading.structure.columns import Cell, Table

from . import doubt_messages
from .activities import Context
from .draft import Task
from .due_marks import FEAST

_TASK_COLUMNS = {"deadline", "responsible", "assisting"}
_ROLES = {"responsible": "lead", "assisting": "assist"}
_IN_CELL = re.compile(r"(?:牵头|责任|配合|主办|协办|承办|负责|协助|参与|参加)(?:单位|部门)?：")
_OTHER = ("", "content", "venue")
_ALL_YEAR = re.compile("(?:全年|年内|年度内|本年度|当年)(?:完成|实施)?")
THROUGHOUT = re.compile("全月|(?:活动|宣传|(?:“?[\u4e00-\u9fff]{2,6})[月周季]”?)(?:活动)?期间")
"""As long as the campaign lasts."""
_ONGOING = re.compile("(?:长期|持续|常态化?|按需|全程|随时|不定期|即时)[\u4e00-\u9fff]{0,6}")
_EVERY = re.compile(
    "每(?:半?年|季度?|月|周|旬|两周|半月|学期|天|日|[一二两三四五六七八九十\\d]个?月)[^，。；]{0,10}|按[月季周年]度?[^，。；]{0,6}"
)
_EMPTY = re.compile(r"[—/无\-\\]*$")


_FIGURES = re.compile(
    r"(?:完成|统计|上报|填报|合计|累计)?(?:数量|数值|数据|数)(?:\(.*\))?|"
    "得分|分值|评分|扣分|权重|标准分|自评分?|计量单位"
)
"""A column of figures: the table is to be filled in or is a scale, and gives nobody anything to do."""


def is_scale(table: Table) -> bool:
    """Return whether a table counts or weighs: a form of figures, a score sheet."""
    return any(_FIGURES.fullmatch(cell.flow.text) for cell in table.header)


def is_task_table(table: Table) -> bool:
    """Return whether a table lists what is to be done, by when or by whom."""
    if is_scale(table):
        return False
    return "title" in table.kinds and bool(_TASK_COLUMNS & set(table.kinds)) and bool(table.rows)


def read_tasks(table: Table, context: Context) -> list[Task]:
    """Return the rows of a task table."""
    tasks = [_task(table, row, context) for row in table.rows]
    return [task for task in tasks if task is not None]


def cell_of(table: Table, row: list[Cell], kind: str) -> Cell | None:
    """Return the cell of a row in the first column of a kind, None where it says nothing."""
    column = table.column(kind)
    if column is None or column >= len(row) or _EMPTY.match(row[column].flow.text):
        return None
    return row[column]


def _task(table: Table, row: list[Cell], context: Context) -> Task | None:
    title, remark = cell_of(table, row, "title"), cell_of(table, row, "remark")
    if title is None:
        return None
    content = cell_of(table, row, "content")
    deadline = _deadline(cell_of(table, row, "deadline"), context)
    number = cell_of(table, row, "number")
    units = _units(table, row, "responsible", context) + _units(table, row, "assisting", context)
    problems = _problems(deadline, units, remark, table)
    return Task(
        title=Text(title.value, span_of(title)),
        span=Span(min(c.spans[0].start for c in row if c.spans), max(c.spans[-1].end for c in row if c.spans)),
        number=number.flow.text.rstrip(".、") if number else "",
        deadline=deadline,
        responsible=tuple(unit for unit in units if unit.role == "lead"),
        assisting=tuple(unit for unit in units if unit.role == "assist"),
        remark=Text(remark.value, span_of(remark)) if remark else None,
        details=tuple(_details(table, row)),
        dates=tuple(find(remark.flow, context.calendar)) if remark else (),
        targets=tuple(target for cell in (title, content, remark) if cell for target in _targets(cell)),
        confidence=max(0.3, 1.0 - 0.2 * len(problems)),
        doubts=tuple(problems),
    )


def _details(table: Table, row: list[Cell]) -> list[tuple[str, Text]]:
    """The cells of columns that are neither number, title, date, unit nor remark."""
    kinds = zip(table.header, table.kinds, row, strict=False)
    return [
        (head.value, Text(cell.value, span_of(cell))) for head, kind, cell in kinds if kind in _OTHER and len(cell.flow)
    ]


def span_of(cell: Cell) -> Span:
    """Return where a cell stands, from its first piece to its last."""
    return Span(cell.spans[0].start, cell.spans[-1].end)


def _targets(cell: Cell) -> list[Target]:
    return find_targets(cell.flow, "task")


def _deadline(cell: Cell | None, context: Context) -> DateFound | None:
    """The date of a cell; of several the whole stretch."""
    if cell is None:
        return None
    found = find(cell.flow, context.calendar, dotted=True)
    text, year = cell.flow.text, context.calendar.year
    if _EVERY.fullmatch(text):
        return DateFound(cell.value, span_of(cell), None, None, "recurring")
    if found:
        return found[0]
    if THROUGHOUT.fullmatch(text):
        return DateFound(cell.value, span_of(cell), None, None, "period")
    if FEAST.fullmatch(text):
        return DateFound(cell.value, span_of(cell), None, None, relation="by")
    if _ONGOING.fullmatch(text):
        return DateFound(cell.value, span_of(cell), None, None, "ongoing")
    if year is None or not _ALL_YEAR.fullmatch(text):
        return None
    return DateFound(cell.value, span_of(cell), date(year, 1, 1), date(year, 12, 31), "year")


def _units(table: Table, row: list[Cell], kind: str, context: Context) -> tuple[UnitFound, ...]:
    """The units of all columns of a kind: 牵头单位 and 责任单位 both lead."""
    found: list[UnitFound] = []
    for head, cell, own in zip(table.header, row, table.kinds, strict=False):
        if own != kind or _EMPTY.match(cell.flow.text):
            continue
        names, cue = {unit.name for unit in found}, head.flow.text
        units = (
            _labelled(cell.flow, context)
            or _said(cell.flow, context)
            or named(cell.flow, _ROLES[kind], cue, context.register, blanks=True)
        )
        found += [unit for unit in units if unit.name not in names]
    return tuple(found)


def _labelled(flow: Flow, context: Context) -> list[UnitFound]:
    """牵头：A 配合：B in one cell: each with the role its label gives."""
    labels = list(_IN_CELL.finditer(flow.text))
    if not labels or labels[0].start() > 0:
        return []
    found = []
    for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(flow)], strict=True):
        role = "lead" if re.match("牵头|责任|主办|负责", label[0]) else "assist"
        found += named(flow.cut(label.end(), end), role, label[0], context.register, blanks=True)
    return found


_CUED = re.compile("牵头|负责|配合|协助|协办|主办|承办")


def _said(flow: Flow, context: Context) -> list[UnitFound]:
    """A牵头，B配合 in one cell."""
    return list(settle(read_roles(flow, context.register).units)) if _CUED.search(flow.text) else []


def _problems(deadline: DateFound | None, units: tuple[UnitFound, ...], remark: Cell | None, table: Table) -> list[str]:
    problems = []
    if deadline is None and table.column("deadline") is not None:
        problems.append(doubt_messages.NO_DEADLINE)
    if not any(unit.role == "lead" for unit in units):
        problems.append(doubt_messages.NO_LEAD)
    if remark is not None and re.search(r"[、，]$|[^。；）)」”\d]$", remark.flow.text) and len(remark.flow) > 24:
        problems.append(doubt_messages.CUT_CELL)
    return problems

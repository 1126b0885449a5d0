"""The statistics form of a notice: a table in which each unit fills in numbers, and which numbers these are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.outline import Blocks, Row, Table
from documents.reading.phrases.spans import fold

_NAME = re.compile(r"(?:统计|活动|主要|工作)*(?:项目|指标|内容|事项|名称|数据|类别)(?:名称|内容)?")
_MEASURE = re.compile(r"(?:计量)?单位")
_VALUE = re.compile(r"(?:填报|统计|完成|本单位)*(?:数量|数值|数据|数字|数|完成情况|合计|小计|填报值)")
_BRACKET = re.compile(r"\((?P<measure>[^()\d]{1,6})\)$")
_TITLE = re.compile(r"统计|数据|汇总|情况表")
_IS_MEASURE = re.compile(r"[\u4e00-\u9fff%‰]{1,6}")
_PERSON = re.compile(r"姓名|单位|电话|手机|职务|邮箱|部门|序号|备注|地址|签名|日期|时间|填报|负责人")
_LEAST = 2
"""Rows of the smallest form of figures."""


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """One number a form asks for: its name and its unit of measure."""

    name: str
    measure: str = ""


def figures_of(title: str, blocks: Blocks) -> tuple[FigureAsked, ...]:
    """Return the numbers an annex asks for; none where it is no form of figures.

    title: of the annex, which says that it is one where its columns do not. blocks: what stands in it.
    """
    counted = _TITLE.search(title) is not None
    for table in blocks:
        if isinstance(table, Table):
            rows = [tuple(_plain(cell) for cell in row) for row in (*table.head, *table.rows)]
            found = tuple(_down(rows)) or (tuple(_across(rows)) if counted else ())
            if len(found) >= _LEAST:
                return found
    return ()


def _plain(cell: str) -> str:
    return re.sub(r"\s+", "", fold(cell))


def _down(rows: list[Row]) -> Iterator[FigureAsked]:
    """One number a row: a column of names, perhaps one of measures, one to be filled in."""
    for at, head in enumerate(rows):
        names, values = _columns(_NAME, head), _columns(_VALUE, head)
        values = [each for each in values if each not in names[:1]]
        if not names or not values:
            continue
        measures = _columns(_MEASURE, head)
        for row in rows[at + 1 :]:
            yield from _row(row, _naming(names, head, rows[at + 1 :]), values[0], measures[0] if measures else None)
        return


def _naming(names: list[int], head: Row, rows: list[Row]) -> int:
    """The column that names each number: not the one beside it that puts several under one word (类别)."""
    own = [each for each in names if head[each] != "类别"] or names
    return max(own, key=lambda each: len({row[each] for row in rows if each < len(row) and row[each]}))


def _columns(form: re.Pattern[str], head: Row) -> list[int]:
    return [index for index, text in enumerate(head) if form.fullmatch(_BRACKET.sub("", text))]


def _row(row: Row, name: int, value: int, measure: int | None) -> Iterator[FigureAsked]:
    """The number of a row; a row that is filled in already, or only heads others, asks for none."""
    text = row[name] if name < len(row) else ""
    if not text or (value < len(row) and row[value]) or not re.search(r"[\u4e00-\u9fff]", text):
        return
    unit = row[measure] if measure is not None and measure < len(row) else ""
    yield _figure(text, unit if _IS_MEASURE.fullmatch(unit) else "")


def _across(rows: list[Row]) -> Iterator[FigureAsked]:
    """One number a column: heads with their measures, and empty rows below."""
    if not rows or any(cell for row in rows[1:] for cell in row[1:]):
        return
    for head in rows[0]:
        if _BRACKET.search(head) and not _PERSON.search(_BRACKET.sub("", head)):
            yield _figure(head, "")


def _figure(text: str, measure: str) -> FigureAsked:
    """A name without the measure in brackets behind it."""
    found = _BRACKET.search(text)
    if found and not measure:
        return FigureAsked(text[: found.start()], found["measure"])
    return FigureAsked(text, measure)


def distinct(figures: Iterable[FigureAsked]) -> list[FigureAsked]:
    """Each figure once, in their order."""
    return list(dict.fromkeys(figures))

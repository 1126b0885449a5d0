"""Forms to fill in: the labels above the table and its columns; and rounds of interviews."""

from __future__ import annotations

import re

from .dates import Calendar, find
from .draft import Form, Interview, Text
from .lines import Line
from .numerals import small
from .spans import Flow, Span, verbatim
from .tables import Table
from .units import Register, named

_LABEL = re.compile(r"(?P<name>[^\s：_]{2,10}?)(?:\([^()]{1,6}\))?：(?=[\s_]|$)")
_FORM_TITLE = re.compile(r"表|回执|单$")
_ROUND = re.compile(r"(?P<round>第(?P<n>[一二三四五六七八九十\d]{1,3})(?:期|轮|批|场|站|次|阶段))[：，(]")
_WHO = re.compile(r"(?:采访|专访|走访|访谈|对象)[：]?(?P<who>[^。；\n]+)")


def is_form(table: Table) -> bool:
    """Return whether a table has columns and nothing in its rows."""
    return not any(len(cell.flow) for row in table.rows for cell in row[1:])


def read_form(source: str, title: str, annex: str, table: Table, above: list[Line]) -> Form | None:
    """Return the form of a table; above: the lines between title and table."""
    if not _FORM_TITLE.search(title):
        return None
    labels = []
    for line in above:
        for match in _LABEL.finditer(line.text):
            span = Span(line.span.start + match.start("name"), line.span.start + match.end("name"))
            labels.append(Text(verbatim(source, span), span))
    fields = [Text(cell.value, cell.spans[0]) for cell in table.header if len(cell.flow)]
    span = Span(table.header[0].spans[0].start, table.header[-1].spans[0].end)
    return Form(title, span, annex, tuple(labels), tuple(fields))


def find_interviews(flow: Flow, calendar: Calendar, register: Register) -> list[Interview]:
    """Return the rounds 第一期：2013年11月12日，采访A、B。"""
    rounds = []
    for start, end in flow.pieces("。\n；"):
        piece = flow.cut(start, end)
        match = _ROUND.match(piece.text)
        who = _WHO.search(piece.text, match.end()) if match else None
        if match is None or who is None:
            continue
        dates = find(piece, calendar)
        text = Text(piece.value(*match.span("round")), piece.span(*match.span("round")))
        units = named(piece.cut(*who.span("who")), "interviewed", "", register)
        rounds.append(Interview(small(match["n"]) or 0, text, dates[0] if dates else None, tuple(units)))
    return rounds

"""Forms to fill in: the labels above the table and its columns; and rounds of interviews."""

from __future__ import annotations

import re

from documents.numerals import small
from documents.reading.phrases.dates import Calendar, DateFound, find, is_date_line
from documents.reading.phrases.spans import Flow, Span, Text, verbatim
from documents.reading.phrases.units import Register, all_units, is_body_name, named, split_list
from documents.reading.structure.columns import Table
from documents.reading.structure.lines import Line
from documents.reading.structure.tables import is_row_of_pairs

from .draft import Form, Interview

_LABEL = re.compile(r"(?P<name>[^\s：_()]{2,10}(?:\([^()]{1,6}\))?)：(?=[\s_□☐]|$)")
_FORM_TITLE = re.compile(r"表|回执|单$")
_ROUND = re.compile(
    r"(?:\d{1,2}[.、]|\([^()]{1,3}\))?(?P<round>第(?P<n>[一二三四五六七八九十\d]{1,3})(?:期|轮|批|场|站|次|阶段))[：，(]"
)
_WHO = re.compile(r"(?:采访|专访|走访|访谈|对象)[：]?(?P<who>[^。；\n]+)")

_TO_FILL = re.compile(".{0,6}(?:数量|数值|数据|数|得分|评分|情况|结果|内容)(?:\\([^()]*\\))?")


def is_form(table: Table) -> bool:
    """Return whether a table has columns and nothing in its rows, or a column of figures that is to be filled in."""
    if not any(len(cell.flow) for row in table.rows for cell in row[1:]):
        return True
    empty = [head for index, head in enumerate(table.header) if not any(len(row[index].flow) for row in table.rows)]
    return any(_TO_FILL.fullmatch(head.flow.text) for head in empty)


def is_ragged(body: list[Line]) -> bool:
    """Return whether the rows of a part are labels only, not as many in each: a form of boxes and no table."""
    rows = [re.findall(r"[^\t|]+", line.text) for line in body if line.table]
    labels = all(_PAIR_LABEL.match(re.sub(r"\s", "", cell)) for row in rows for cell in row if cell.strip())
    return len(rows) > 1 and labels and len({len(row) for row in rows}) > 1


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
    ends = [cell.spans[-1].end for row in (table.header, *table.rows) for cell in row if cell.spans]
    span = Span(table.header[0].spans[0].start, max(ends))
    return Form(title, span, annex, tuple(labels), tuple(fields))


def is_row_of_labels(line: Line) -> bool:
    """Return whether a line is labels with blanks behind them and nothing else: 填表人：　　审核人："""
    return _LABEL.search(line.text) is not None and not _LABEL.sub("", line.text).strip(" _\u3000\t年月日")


_DAY = re.compile("年月日")
_PAIR_LABEL = re.compile(r"(?:\d{1,2}[.、])?[\u4e00-\u9fffA-Za-z/、()]{2,16}(?:\([^()]{2,16}\))?：?$")


def read_pairs(source: str, title: str, annex: str, body: list[Line]) -> Form | None:
    """Return the form that an annex is whose rows are label and blank; None when it is no such form."""
    if not _FORM_TITLE.search(title):
        return None
    labels: list[Text] = []
    rows: list[Line] = []
    for line in body:
        found = _labels_of(source, line)
        rows += [line] if found else []
        labels += found
    shaped = sum(
        is_row_of_pairs(line.text) or len(_labels_of(source, line)) > 1 or source[line.span.end :][:1] in ("\t", "|")
        for line in rows
    )
    if not shaped or len(labels) < 3 or len(rows) * 2 < len(body):
        return None
    return Form(title, Span(rows[0].span.start, rows[-1].span.end), annex, (), tuple(labels))


def _labels_of(source: str, line: Line) -> list[Text]:
    """The labels of a row of a form: what stands before a blank, or before a colon with nothing behind it."""
    if is_body_name(line.text) or is_date_line(line.text):
        return []
    spans = [match.span("name") for match in _LABEL.finditer(line.text)]
    if not spans and "\t" not in line.text and "|" not in line.text:
        spans = [(0, len(line.text))] if _PAIR_LABEL.match(line.text) else []
    if not spans:
        cells = [(cell.span(), re.sub(r"\s", "", cell[0])) for cell in re.finditer(r"[^\t|]+", line.text)]
        spans = [
            span for span, text in cells if _PAIR_LABEL.match(text) and text[0] != "(" and not _DAY.fullmatch(text)
        ]
    return [
        Text(verbatim(source, span), span)
        for span in (Span(line.span.start + start, line.span.start + end) for start, end in spans)
    ]


def find_interviews(flow: Flow, calendar: Calendar, register: Register) -> list[Interview]:
    """Return the rounds 第一期：2013年11月12日，采访A、B。"""
    rounds = []
    for start, end in flow.pieces("。\n；"):
        piece = flow.cut(start, end)
        match = _ROUND.match(piece.text)
        dates = find(piece, calendar) if match else []
        who = _who(piece, match.end(), dates, register) if match else None
        if match is None or who is None:
            continue
        text = Text(piece.value(*match.span("round")), piece.span(*match.span("round")))
        units = named(who, "interviewed", "", register)
        rounds.append(Interview(small(match["n"]) or 0, text, dates[0] if dates else None, tuple(units)))
    return rounds


def _who(piece: Flow, start: int, dates: list[DateFound], register: Register) -> Flow | None:
    """Who is interviewed: behind 采访, or nothing but units behind the date."""
    told = _WHO.search(piece.text, start)
    if told is not None:
        return piece.cut(*told.span("who"))
    rest = re.compile(r"[)，：]*").match(piece.text, piece.find(dates[0].span.end) if dates else len(piece))
    listed = piece.cut(rest.end()) if rest else piece.cut(len(piece))
    texts = [listed.text[a:b] for a, b in split_list(listed)]
    return listed if all_units(texts, register) else None


def interview_table(table: Table, calendar: Calendar, register: Register) -> list[Interview]:
    """Return the rounds of a table with a column of rounds, one of dates and one of who is interviewed."""
    heads = [cell.flow.text for cell in table.header]
    rounds = [i for i, head in enumerate(heads) if re.fullmatch("期[数次]?|轮次|批次|场次|序号", head)]
    days = table.column("deadline")
    whom = [i for i, head in enumerate(heads) if re.search("采访|访谈", head) and i != days]
    if not rounds or not whom or days is None:
        return []
    found = []
    for row in table.rows:
        number = re.search(r"[一二三四五六七八九十\d]{1,3}", row[rounds[0]].flow.text)
        dates = find(row[days].flow, calendar, dotted=True)
        units = named(row[whom[0]].flow, "interviewed", "", register, blanks=True)
        text = Text(row[rounds[0]].value, row[rounds[0]].spans[0])
        found.append(Interview(small(number[0]) or 0 if number else 0, text, dates[0] if dates else None, tuple(units)))
    return found

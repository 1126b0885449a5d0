"""Tables in the text: rows of cells parted by tabs (or | or wide gaps), with cells broken over lines put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.numbering import ordinal
from documents.reading.phrases.dates import is_date_line
from documents.reading.phrases.spans import Flow, Span, fold, verbatim
from documents.reading.phrases.units import is_body_name

from .lines import Line

HEADERS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|编号|No\.?|号"),
    ("deadline",
        r"[\u4e00-\u9fff]{0,4}(?:时限|时间|期限|日期|进度)(?:安排|要求|节点)?|时间节点|完成时限",
    ),
    ("assisting", (
        r"(?:协助|配合|协办|参与|参加|协同|支持|承办)(?:单位|部门|科室|处室|股室)?|(?:协助|配合|"
        r"参加)(?:责任)?(?:单位|部门)"
    )),
    ("responsible", (
        r"(?:责任|牵头|主办|负责|组织|实施|主责|承担)(?:单位|部门|处室|科室)?(?:\(?.{0,6}\)?)?|"
        r"单位|部门|第一责任单位"
    )),
    ("venue", r"(?:[\u4e00-\u9fff]{2})?(?:地点|场地)(?:\(.{1,8}\))?|场所|会场|地\s*点"),
    ("remark", r"备\s*注|说明"),
    ("content", (
        r"(?:具体|工作|任务|活动|目标|有关)?要求|成果形式|预期成果|完成标准|量化指标|工作目标|目标|"
        "(?:活动)?形式|(?:参加|参与|活动)对象"
    )),
    ("title", (
        r"(?:主要|重点|工作|活动|具体|任务|目标|宣传|检查|培训|比赛|竞赛|演练|展示|服务|节目|课程|日程)*(?:事项|任务|内容|名称|项目|措施|举措|活动|工作)"
        r"(?:及内容|及(?:具体)?要求|名称|内容)?|.{0,6}(?:事项|任务|活动名称|活动内容)"
    )),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(form)) for kind, form in HEADERS)
_NAMES = re.compile(
    "(?!.*(?:人数|金额|形式|方式|对象|要求|经费|范围|数量|类别|领导|人员|电话|联系人|负责人|责任人))[\u4e00-\u9fff]{2,6}"
)
"""A head that may say what is held or done beside a day and a unit, though nobody foresaw the word: 主题日, 场次."""
_PERSON = re.compile("领导|责任人|负责人|联系人|人员|电话")
_LEADS = re.compile("牵头|主办|主责|第一责任")
_GAP = re.compile(r"\t|\||(?<=\S)[ \u3000]{2,}(?=\S)")
_COLUMNS = re.compile(r"\S[ \u3000]{2,}\S+[ \u3000]{2,}\S")
_HEAD = 16  # the longest heading of a column
_WHOLE_DATE = re.compile(r"\d{1,2}(?:月\d{1,2}日|[./]\d{1,2}(?!\d)|月(?:底|末|[上中下]旬))")
_ROW_NUMBER = re.compile(r"\(?\d{1,3}\)?[.、]?$|[一二三四五六七八九十]{1,3}、?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its spans in the source (more than one when it was broken over lines)."""

    source: str
    spans: tuple[Span, ...] = ()

    @property
    def value(self) -> str:
        """The text as printed, broken pieces joined."""
        return "".join(verbatim(self.source, span) for span in self.spans)

    @property
    def flow(self) -> Flow:
        """The text folded, without white space."""
        signs: list[str] = []
        at: list[int] = []
        for span in self.spans:
            for run in re.finditer(r"\S+", fold(self.source[span.start : span.end])):
                signs.append(run[0])
                at.extend(range(span.start + run.start(), span.start + run.end()))
        return Flow(self.source, "".join(signs), at)

    def joined(self, other: Cell) -> Cell:
        """Return this cell continued by another."""
        return Cell(self.source, (*self.spans, *(span for span in other.spans if span.end > span.start)))


@dataclass(slots=True)
class Table:
    """A table: what each column holds (HEADERS), its header cells and its rows; start and end are indexes of lines."""

    kinds: list[str]
    header: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    dividers: list[Span] = field(default_factory=list)

    def column(self, kind: str) -> int | None:
        """Return the index of the first column of a kind."""
        return self.kinds.index(kind) if kind in self.kinds else None


def find_tables(source: str, lines: list[Line]) -> list[Table]:
    """Return the tables whose header row names at least three columns; the lines they take are marked by index."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        header = _cells(source, line) if line.table or _COLUMNS.search(line.text) else []
        kinds = _kinds(header)
        if _is_header(header, kinds, line):
            table = Table(kinds, header, start=index, end=index + 1)
            _second_header(source, lines, table)
            _read_rows(source, lines, table)
            tables.append(table)
            index = table.end
        elif (found := _one_cell_a_line(source, lines, index)) is not None:
            tables.append(found)
            index = found.end
        else:
            index += 1
    return tables


def _one_cell_a_line(source: str, lines: list[Line], index: int) -> Table | None:
    """A table whose cells came one a line: 序号, the other heads, then 1 and its cells, 2 and its cells."""
    if lines[index].table or not re.fullmatch("序号|编号", lines[index].text):
        return None
    first = next((at for at, line in enumerate(lines[index : index + 9], index) if line.text == "1"), index)
    header = [Cell(source, (line.span,)) for line in lines[index:first]]
    table, width = Table(_kinds(header), header, start=index, end=first), first - index
    while table.end + width <= len(lines) and lines[table.end].text == str(len(table.rows) + 1):
        row = lines[table.end : table.end + width]
        table.rows.append([Cell(source, (line.span,)) for line in row])
        table.end += width
    after = lines[table.end].text if table.end < len(lines) else ""
    if after.isdigit() or any(line.table for line in lines[index : table.end]) or len(table.rows) < 2:
        return None
    return table if width >= 3 and sum(map(bool, table.kinds)) >= 3 else None


def _is_header(header: list[Cell], kinds: list[str], line: Line) -> bool:
    if all(cell.flow.text.endswith(("：", "_")) for cell in header if len(cell.flow)):
        return False  # labels of a form above its table
    if (
        sum(len(cell.flow) > 0 for cell in header) < 3
        or any(len(cell.flow) > _HEAD for cell in header)
        or is_row_of_pairs(line.text)
    ):
        return False
    known = [kind for kind in kinds if kind]
    return line.table or len(known) >= 3


def is_row_of_pairs(text: str) -> bool:
    """Return whether a row is label, blank, label, blank: of a form, and no header of columns."""
    cells = [cell.strip() for cell in text.strip("|").split("\t" if "\t" in text else "|")]
    return len(cells) > 1 and all(cells[0::2][: (len(cells) + 1) // 2]) and not any(cells[1::2])


def _second_header(source: str, lines: list[Line], table: Table) -> None:
    """A header of two rows: 责任单位 above 牵头 and 配合; the lower row names the columns where it says anything."""
    line = lines[table.end] if table.end < len(lines) else None
    cells = _cells(source, line) if line is not None and line.table else []
    texts = [cell.flow.text for cell in cells]
    kinds = [_kind(text) for text in texts]
    if len(cells) != len(table.header) or not any(kinds) or any(len(text) > _HEAD or text.isdigit() for text in texts):
        return
    if sum(bool(text) for text in texts) == sum(bool(kind) for kind in kinds) and texts != _texts(table.header):
        table.dividers.append(table.header[0].spans[0]._replace(end=table.header[-1].spans[-1].end))
        table.header = [lower if text else upper for text, lower, upper in zip(texts, cells, table.header, strict=True)]
        table.kinds = _kinds(table.header)
        table.end += 1


def _texts(cells: list[Cell]) -> list[str]:
    return [cell.flow.text for cell in cells]


def _kinds(header: list[Cell]) -> list[str]:
    """What the columns hold; of two that could be the title the first names it and the second says more.

    Beside 牵头单位 the units of 责任单位 do what those lead; 承办单位 leads where nobody else does.
    """
    kinds = [_kind(cell.flow.text) for cell in header]
    if "title" not in kinds and {"deadline", "responsible"} <= {*kinds}:
        unknown = [at for at, cell in enumerate(header) if not kinds[at] and _NAMES.fullmatch(cell.flow.text)]
        kinds = ["title" if at in unknown[:1] else kind for at, kind in enumerate(kinds)]
    first = kinds.index("title") if "title" in kinds else len(kinds)
    kinds = ["content" if kind == "title" and index > first else kind for index, kind in enumerate(kinds)]
    leads = [index for index, cell in enumerate(header) if _LEADS.match(cell.flow.text)]
    does = [leads and index not in leads for index in range(len(kinds))]
    kinds = ["assisting" if kind == "responsible" and other else kind for kind, other in zip(kinds, does, strict=True)]
    held = [index for index, cell in enumerate(header) if cell.flow.text.startswith("承办")]
    return ["responsible" if index in held and "responsible" not in kinds else kind for index, kind in enumerate(kinds)]


def _kind(text: str) -> str:
    if _PERSON.search(text):
        return ""
    for kind, form in _COMPILED:
        if form.fullmatch(text):
            return kind
    return ""


def _cells(source: str, line: Line, *, wide: bool = True) -> list[Cell]:
    """The cells of a line; a leading tab makes an empty first cell."""
    raw = line.text.strip("|") if "|" in line.text else line.text
    offset = line.span.start + line.text.find(raw[:1]) if raw else line.span.start
    gap = _GAP if wide and not line.table else re.compile(r"\t|\|")
    cells, start = [], 0
    for match in [*gap.finditer(raw), None]:
        end = match.start() if match else len(raw)
        piece = raw[start:end]
        left = len(piece) - len(piece.lstrip())
        cells.append(Cell(source, (Span(offset + start + left, offset + start + max(left, len(piece.rstrip()))),)))
        start = match.end() if match else end
    return cells


def _read_rows(source: str, lines: list[Line], table: Table) -> None:
    """Take rows while they fit; a line without a new number goes on with the cells of the row above."""
    width = len(table.header)
    while table.end < len(lines):
        line = lines[table.end]
        cells = _cells(source, line)
        if _starts_row(cells, table, line):
            table.rows.append(
                (cells + [Cell(source)] * width)[:width] if len(cells) <= width else _squeeze(cells, width)
            )
        elif _is_divider(cells, table, line) or _heads_rows(source, lines, table):
            table.dividers.append(line.span)
        elif table.rows and (_continues(line, cells, table) or _row_follows(source, lines, table)):
            _continue(table.rows[-1], cells, width)
        else:
            break
        table.end += 1


def _is_divider(cells: list[Cell], table: Table, line: Line) -> bool:
    """A ruler of signs, the header once more on the next page, or a row that only heads the rows below it."""
    texts = [cell.flow.text for cell in cells]
    if set(line.text) <= set("|-—： ") or texts == [cell.flow.text for cell in table.header]:
        return True
    filled = [text for text in texts if text]
    return line.table and len(filled) == 2 and len(table.header) > 3 and _ROW_NUMBER.match(filled[0]) is not None


def _heads_rows(source: str, lines: list[Line], table: Table) -> bool:
    """Whether a short line right above a row of the table is the name of the rows below it: 一、质量提升."""
    line = lines[table.end]
    following = lines[table.end + 1] if table.end + 1 < len(lines) else None
    if (
        line.table
        or following is None
        or not following.table
        or len(line.text) > 2 * _HEAD
        or line.text[-1] in "。，、："
    ):
        return False
    return _starts_row(_cells(source, following), table, following)


def _row_follows(source: str, lines: list[Line], table: Table) -> bool:
    """Whether the row with the next number stands within the next lines, so that this one still is of the table."""
    column = table.column("number")
    last = ordinal(table.rows[-1][column].flow.text) if column is not None else 0
    for line in lines[table.end + 1 : table.end + 4]:
        cells = _cells(source, line)
        if last and _starts_row(cells, table, line) and ordinal(cells[column or 0].flow.text) == last + 1:
            return True
    return False


def _starts_row(cells: list[Cell], table: Table, line: Line) -> bool:
    """A new row has its number where the header has one; without such a column it has more than half the cells."""
    column = table.column("number")
    if column is not None and column < len(cells):
        numbered = _ROW_NUMBER.match(cells[column].flow.text) is not None
        return len(cells) > 2 and (numbered or _owes_by_itself(cells, table))
    return line.table and len([cell for cell in cells if len(cell.flow)]) * 2 > len(table.header)


def _owes_by_itself(cells: list[Cell], table: Table) -> bool:
    """A row whose number is missing has a unit and a whole date of its own, as the row above it has.

    What goes on with the row above, over a page, breaks off in one of them.
    """
    units, dates = table.column("responsible"), table.column("deadline")
    if units is None or dates is None or len(cells) != len(table.header) or not table.rows:
        return False
    above = table.rows[-1]
    return all(
        len(row[units].flow) > 0 and _WHOLE_DATE.search(row[dates].flow.text) is not None for row in (above, cells)
    )


def _squeeze(cells: list[Cell], width: int) -> list[Cell]:
    """Too many cells: the surplus belongs to the last."""
    last = cells[width - 1]
    for cell in cells[width:]:
        last = last.joined(cell)
    return [*cells[: width - 1], last]


_ENDS_TABLE = re.compile(r"附\s*(?:件|表)|注\s*：|备注：|说明：|填[报表]|联系|请|抄送")


def _continues(line: Line, cells: list[Cell], table: Table) -> bool:
    """Whether a line without a row number goes on with the row above: broken off there, or more cells after it."""
    if line.table:
        return True
    if line.numbering is not None and line.numbering.level <= 2:
        return False
    if _ENDS_TABLE.match(line.text) or len(line.text) > 120:
        return False
    filled = [cell for cell in table.rows[-1] if len(cell.flow)]
    last = filled[-1].flow.text if filled else ""
    if last[-1:] in "、，" or last.count("(") > last.count(")"):
        return True
    return len(last) > 12 and last[-1:] not in "。；" and not is_body_name(line.text) and not is_date_line(line.text)


def _continue(row: list[Cell], cells: list[Cell], width: int) -> None:
    """Join a broken line: its first cell goes on with the last filled cell, the others follow it."""
    filled = [index for index, cell in enumerate(row) if len(cell.flow)]
    position = filled[-1] if filled else 0
    if len(cells) == width and not len(cells[0].flow):
        position = 0
    for offset, cell in enumerate(cells):
        target = min(position + offset, width - 1)
        row[target] = row[target].joined(cell)

"""The source as lines: trimmed, marked as table, page number or text, and the breaks that only the page made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.numbering import Numbering, ordinal, recognise
from documents.reading.phrases.spans import Flow, Span, fold
from documents.reading.phrases.units import is_unit

from .marks import BULLET, counted, named

_OF_A_SITE = re.compile(
    "(?:【?打印(?:本页|此页|本文|文章)?】?|【?关闭(?:本页|窗口|此页)?】?|【?(?:返回|回到)(?:顶部|首页|列表)】?|分享(?:到|至)?：?|收藏|"
    "扫一扫[^，。；]{0,16}|(?:字体|字号)：?[【〔(]?大[^，。；]{0,8}小[】〕)]?|"
    r"(?:上|下)一[篇条]：?.{0,60}|(?:您?(?:当前|现在)?所?在?的?位置：?)?(?:网站)?首页(?:[>＞»›/\\]+[^>＞»›/\\，。；]{1,20})+)+"
)
"""A line of the page around a paper that was copied out of a portal."""
_HASH = re.compile(r"#{1,6}[ \t]+(?=\S)")
"""A heading as Markdown marks it, in what was copied out of a chat or a wiki."""
_PAGE_NUMBER = re.compile(
    r"(?:[-—]\s*\d{1,4}\s*[-—]|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3})$"
)
# a label opens a line of its own; what is left of one that the page broke (单位：, 任单位：) does not
_LABEL = re.compile(
    r"(?:[\u4e00-\u9fff]{2}(?:单位|部门|人员|对象|科室)|(?:时\s*间|地\s*点|内\s*容|形\s*式|主\s*题|要\s*求|电\s*话|传\s*真|邮\s*箱)"
    r"|联\s*系\s*人|主办|承办|协办|附件|抄送|OA\s*邮箱|[\u4e00-\u9fff]{4,8})\s*："
)
# 负责部门：A　协办部门：B ends its line
_SECOND_LABEL = re.compile("[ \u3000][\u4e00-\u9fff]{0,4}(?:单位|部门|科室|人员|对象|地点|时间|形式|承办|协办)：")
_OPENS = re.compile(r"附\s*(?:件|表|录)|【")
_INKED = re.compile(r"\S+")
_BLANK = re.compile(r"\s+")
_CLOSED = "。！？：；.!?:;"
# items that begin within a line: after its heading, or one behind the other in a notice of one paragraph
_GAP = r"(?:(?<=[ \t\u3000。：；！])|(?<=”))"
_INNER = tuple(
    (level, re.compile(f"{_GAP}(?P<mark>{mark})"))
    for level, mark in (
        (1, "[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"),
        (2, r"\([一二三四五六七八九十]{1,3}\)"),
        (3, r"\d{1,2}(?:、|\.(?!\d))"),
        (4, r"\(\d{1,2}\)"),
    )
)
_DECIMAL = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){0,2})[ \u3000]+(?=[A-Z\u4e00-\u9fff])(?![年月日时个名家份张条项])")
_PARAGRAPH, _LEAD = 60, 24
_SPLIT_NUMBER = re.compile(r"[^\d.]\d{1,4}\.$")
_NOTE = re.compile(r"\(附[件表]\d{0,2}\)$")
_LIST_SIGNS = "、，"
# in the set face of the standard a line holds 28 characters; web pages break seldom and later
_FULL_LINE = 20
# a numbered line without any sign in it that ends so is a heading, however long
_HEADED = re.compile("^[^。，；：]*(?:活动|行动|工程|宣传|培训|工作|建设|会|赛|检查|整治|服务|体系|能力|水平)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its folded text without the white space around it, where that stands, and its numbering.

    alone: numbered, and so much shorter than other lines of the paper that no page broke it.
    bullet: the sign that stood before the text.
    """

    text: str
    span: Span
    numbering: Numbering | None
    table: bool = False
    alone: bool = False
    bullet: str = ""

    @property
    def bare(self) -> str:
        """The text without white space."""
        return _BLANK.sub("", self.text)

    @property
    def body(self) -> int:
        """The offset in the source at which the text after the numbering begins."""
        if self.numbering is None:
            return self.span.start
        return self.span.end - len(self.numbering.text)


def split(source: str) -> list[Line]:
    """Return the lines of the source that carry text, page numbers left out."""
    lines, offset = [], 0
    for raw in source.splitlines(keepends=True):
        line = _line(fold(raw), offset)
        offset += len(raw)
        if line is not None:
            lines.append(line)
    lines = _titled(_bulleted(_counted(_decimals(_joined(source, _numbered_apart(source, lines))))))
    widest = max((_width(line.text) for line in lines if not line.table), default=0)
    lines = [replace(line, alone=line.numbering is not None and _width(line.text) * 3 < widest * 2) for line in lines]
    following = (*lines[1:], None)
    return [piece for line, after in zip(lines, following, strict=False) for piece in _opened(line, after)]


_MARK_ALONE = re.compile(r"[一二三四五六七八九十]{1,3}、?|\([一二三四五六七八九十]{1,3}\)")


def _numbered_apart(source: str, lines: list[Line]) -> list[Line]:
    """Headings whose number stands on a line of its own, as in messages set for telephones: 一, 参与对象."""
    marks = [at for at, line in enumerate(lines[:-1]) if not line.table and _MARK_ALONE.fullmatch(line.text)]
    if len(marks) < 2 or ordinal(lines[marks[0]].text) != 1:
        return lines
    kept = list(lines)
    for at in reversed([mark for mark in marks if mark + 1 not in marks]):  # below it stands its heading, no mark
        span, heading = Span(lines[at].span.start, lines[at + 1].span.end), lines[at + 1].text
        level = 2 if lines[at].text.startswith("(") else 1
        text = re.sub(r"\s", " ", fold(source[span.start : span.end]))
        kept[at : at + 2] = [Line(text, span, Numbering(level, lines[at].text, heading))]
    return kept


_CHAPTER_WITHIN = re.compile("(?<=[。：；])[一二]、(?![一二三四五六七八九十])")
_RAGGED = 6  # in halves of a character: a sign that may not begin a line, or the indent of the first


def _joined(source: str, lines: list[Line]) -> list[Line]:
    """A notice of one paragraph whose lines the page broke, as one line: 一、 begins within one of them."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        end = _run_end(lines, index)
        block = lines[index:end]
        within = sum(len(_CHAPTER_WITHIN.findall(line.text)) for line in block)
        if len(block) > 3 and within:
            span = Span(block[0].span.start, block[-1].span.end)
            block = [Line(fold(source[span.start : span.end]), span, None)]
        found += block
        index = end
    return found


def _run_end(lines: list[Line], index: int) -> int:
    """Where a run of lines of one width that begins here ends, its shorter last line taken along."""
    width, end = _width(lines[index].text), index + 1
    while end < len(lines) and not lines[end].table and width >= 2 * _FULL_LINE:
        other = _width(lines[end].text)
        full = abs(other - width) <= _RAGGED
        if not full and (other > width or end == index + 1 or lines[end - 1].text[-1] in _CLOSED):
            break
        end += 1
        if not full:
            break
    return end


def _decimals(lines: list[Line]) -> list[Line]:
    """Headings numbered 1, 2, 2.1, 2.2 without a sign behind the number, as works and companies write them."""
    found = {
        index: match for index, line in enumerate(lines) if (match := _DECIMAL.match(line.text)) and not line.table
    }
    tops = [int(match["n"]) for match in found.values() if "." not in match["n"]]
    if tops != list(range(1, len(tops) + 1)) or len(tops) < 2:
        return lines
    numbered = list(lines)
    for index, match in found.items():
        text = lines[index].text[match.end() :]
        numbered[index] = replace(lines[index], numbering=Numbering(match["n"].count(".") + 1, match["n"], text))
    return numbered


def _counted(lines: list[Line]) -> list[Line]:
    """Items numbered A. and B., Ⅰ and Ⅱ, 1.1 and 1.2."""
    bare = [None if line.table or line.numbering or line.bullet else line.text for line in lines]
    found = counted(bare)
    return [replace(line, numbering=found[at]) if at in found else line for at, line in enumerate(lines)]


def _bulleted(lines: list[Line]) -> list[Line]:
    """Items behind a sign, two and more right below a chapter; below an entry they are what belongs to it."""
    marked, pending, above = list(lines), list[int](), 0
    for at, line in enumerate(lines):
        if line.numbering is not None:
            _mark(marked, pending)
            pending, above = [], line.numbering.level
        elif line.bullet and above == 1:
            pending.append(at)
    _mark(marked, pending)
    return marked


_OF_UNITS = re.compile(
    "(?:责任|牵头|主办|承办|协办|配合|协助|负责|组织|参加|参与)(?:单位|部门|科室)：.|【(?:责任|牵头|主办|承办|配合)(?:单位|部门)】"
)
_TITLE = re.compile("[^，。；：、！？]{4,24}")


def _titled(lines: list[Line]) -> list[Line]:
    """Entries of a chapter that have a title and no number: each closes with a line of its units."""
    marked, begun, above = list(lines), list[int](), 0
    for at, line in enumerate([*lines, None]):
        if line is None or line.numbering is not None or line.table:
            _entitle(marked, begun, at)
            begun, above = [], line.numbering.level if line is not None and line.numbering is not None else 0
        elif above == 1 and _TITLE.fullmatch(line.text) and _may_head(lines, at):
            begun.append(at)
    return marked


def _may_head(lines: list[Line], at: int) -> bool:
    """Whether a short line stands right below a chapter, or below the units of the entry before it."""
    over = lines[at - 1]
    return over.numbering is not None or _OF_UNITS.match(over.text) is not None


def _entitle(lines: list[Line], begun: list[int], end: int) -> None:
    """Number the titles of a chapter, when there are two and each has units below it."""
    blocks = [lines[start + 1 : stop] for start, stop in pairwise([*begun, end])]
    if len(begun) > 1 and all(any(_OF_UNITS.match(line.text) for line in block) for block in blocks):
        for at in begun:
            lines[at] = replace(lines[at], numbering=Numbering(4, "", lines[at].text))


def _mark(lines: list[Line], items: list[int]) -> None:
    for at in items if len(items) > 1 else ():
        lines[at] = replace(lines[at], numbering=Numbering(4, lines[at].bullet, lines[at].text))


def _opened(line: Line, following: Line | None) -> list[Line]:
    """The line cut where numbered items begin within it: on the line of their heading, or all in one paragraph."""
    if line.table:
        return [line]
    for level, form in _INNER:
        if line.numbering is not None and level <= line.numbering.level:
            continue
        begins = _begins(line, form, following, level)
        if begins:
            ends = [*begins[1:], len(line.text)]
            pieces = [_piece(line, 0, begins[0])] + [_piece(line, a, b) for a, b in zip(begins, ends, strict=True)]
            return [inner for piece in pieces for inner in _opened(piece, None)]
    return [line]


def _begins(line: Line, form: re.Pattern[str], following: Line | None, level: int) -> list[int]:
    """Where the items 1, 2, 3 … of one form begin within a line; nothing when they are no list of their own."""
    begins: list[int] = []
    for match in form.finditer(line.text):
        if ordinal(match["mark"]) == len(begins) + 1:
            begins.append(match.start("mark"))
    after = following.numbering if following is not None else None
    goes_on = after is not None and after.level == level and ordinal(after.number) == len(begins) + 1
    if not begins or (len(begins) == 1 and not goes_on):
        return []
    lead = line.text[: begins[0]].rstrip("。： \t\u3000")
    whole = level == 1 and len(line.text) > _PARAGRAPH
    heads = line.numbering is not None and len(lead) <= _LEAD and not re.search("[，。；：]", lead)
    return begins if whole or heads else []


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    return Line(text, Span(line.span.start + start, line.span.start + start + len(text)), recognise(text))


def _line(raw: str, offset: int) -> Line | None:
    text = raw.rstrip()
    table = ("\t" in raw or "|" in raw) and _is_row(raw)
    bare = text.lstrip()
    start = offset + len(text) - len(bare)
    if heading := _HASH.match(bare):
        bare = bare[heading.end() :]
        start += heading.end()
    bullet = BULLET.match(bare)
    sign = bullet[0].strip() if bullet else ""
    if bullet:
        bare = bare[bullet.end() :]
        start += bullet.end()
    if not bare or _PAGE_NUMBER.fullmatch(bare) or _OF_A_SITE.fullmatch(_BLANK.sub("", bare)):
        return None
    if table:
        start = offset + len(raw) - len(raw.lstrip(" \u3000"))
        kept = raw.strip("\r\n").lstrip(" \u3000")
        return Line(kept, Span(start, start + len(kept)), None, table=True)
    return Line(bare, Span(start, start + len(bare)), recognise(bare) or named(bare), bullet=sign)


def _is_row(raw: str) -> bool:
    """Two filled cells at least; a numbering mark with a tab after it is an indent, no cell."""
    cells = [cell.strip() for cell in raw.replace("|", "\t").split("\t") if cell.strip()]
    marked = len(cells) == 2 and recognise(cells[0] + "x") is not None
    return len(cells) > 1 and not marked


def soft(line: Line, following: Line) -> bool:
    """Return whether the break between two lines was made by the page and not by the writer."""
    if line.table or following.table or following.numbering is not None or _OPENS.match(following.text):
        return False
    last = line.text[-1]
    if last in _LIST_SIGNS or _SPLIT_NUMBER.search(line.text):
        return True
    if last in _CLOSED or (last == ")" and not _NOTE.search(line.text)) or _LABEL.match(following.text):
        return False
    if line.numbering is not None and (line.alone or _HEADED.search(line.text) or _longer(following.text, line.text)):
        return False
    pairs = _LABEL.match(line.text) is not None and _SECOND_LABEL.search(line.text) is not None
    pairs = pairs or _lists_units(line.text, following.text)
    return len(line.text) >= _FULL_LINE and "  " not in line.text and not pairs


_UNITS = re.compile("【?[\u4e00-\u9fff]{2}(?:单位|部门|科室)[：】](?P<names>[^。；，：]+)$")


def _lists_units(text: str, following: str) -> bool:
    """Whether a line is a label with whole names of units behind it that the next line does not go on with."""
    label = _UNITS.match(text)
    names = label["names"].split("、") if label else []
    onward = re.split("[、，。；：]", following)[0]
    return len(names) > 1 and all(map(is_unit, names)) and not is_unit(names[-1] + onward) and not is_unit(onward)


_WIDE = re.compile("[^\u0000-\u2e7f]|[“”—…]")


def _width(text: str) -> int:
    """How wide a line is in halves of a character."""
    return len(text) + len(_WIDE.findall(text))


def _longer(following: str, text: str) -> bool:
    """Whether the next line is longer than a line that the page broke can be followed by."""

    longer = len(following) > len(text) + 4 and _width(following) > _width(text) + 8
    return longer or (text.endswith("”") and following[0] in "各要在为组按根通结")


def flow(source: str, lines: list[Line], start: int | None = None) -> Flow:
    """Return the lines as one flow, beginning at the offset start (default: at the first line)."""
    signs: list[str] = []
    at: list[int] = []
    for index, line in enumerate(lines):
        first = line.span.start if start is None or index else max(start, line.span.start)
        for run in _INKED.finditer(line.text, first - line.span.start):
            signs.append(run[0])
            at.extend(range(line.span.start + run.start(), line.span.start + run.end()))
        if signs and index + 1 < len(lines) and not soft(line, lines[index + 1]) and signs[-1] != "\n":
            signs.append("\n")
            at.append(line.span.end)
    return Flow(source, "".join(signs), at)

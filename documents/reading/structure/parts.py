"""The parts of a document: the notice itself, its attachment list and signature, the plan it issues, its annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from documents.reading.phrases.dates import is_date_line
from documents.reading.phrases.spans import Span
from documents.reading.phrases.units import is_body_name, is_signer

from .lines import Line

Kind = Literal["notice", "plan", "annex"]

_ANNEX_LINE = re.compile(r"附\s*(?:件|表|录)(?:下载|名称|列表)?\s*([0-9一二三四五六七八九十]{0,3})\s*[：.、]?\s*(.*)$")
_IMPRINT = re.compile(r"抄\s*送\s*：|.*\d+\s*日\s*印发$|.*年.+月.+日印发$|主题词\s*：|公开(?:属性|方式|类别)\s*：")
_PUBLICITY = re.compile(r"\(?此件(?:公开|主动公开|依申请公开|不公开|不予公开)")
_SLOGANS = re.compile("[^，。；：]{0,12}(?:标语|口号|宣传用?语)：?$")
"""Behind the signature such a line heads a list of slogans, and no plan."""
_SHORT = 200
_SENTENCE_END = "。；！？"


@dataclass(slots=True)
class Part:
    """One part: for an annex its printed number; title lines, the lines of its body, and where each list stands."""

    kind: Kind
    number: str = ""
    title: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    attachments: list[Line] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """The document cut up: notice first; imprint holds 抄送, 印发, 公开属性 wherever they stand."""

    notice: Part
    others: list[Part] = field(default_factory=list)
    imprint: list[Line] = field(default_factory=list)


def cut(lines: list[Line]) -> Parts:
    """Return the parts of a document from its lines."""
    kept, imprint = _imprint(lines)
    starts = _annex_starts(kept)
    first = starts[0] if starts else len(kept)
    parts = _notice(kept[:first])
    parts.imprint = imprint
    for start, end in zip(starts, [*starts[1:], len(kept)], strict=False):
        parts.others.append(_annex(kept[start:end]))
    return parts


def _imprint(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    kept: list[Line] = []
    imprint: list[Line] = []
    for line in lines:
        short = not line.table and len(line.text) < _SHORT
        found = short and (_IMPRINT.match(line.text) or _PUBLICITY.match(line.text))
        if found and kept and line.text.endswith("印发") and is_body_name(kept[-1].text):
            imprint.append(kept.pop())
        (imprint if found else kept).append(line)
    return kept, imprint


def _annex_starts(lines: list[Line]) -> list[int]:
    """Where annexes begin: 附件N alone on its line, or 附件N：title after the list has been printed once."""
    starts: list[int] = []
    listed = False
    for index, line in enumerate(lines):
        found = None if line.table else _ANNEX_LINE.match(line.text)
        if found is None or line.text[-1] in _SENTENCE_END or len(line.text) > 60:
            continue
        if found[2]:
            if listed and (starts or _signed_before(lines, index)):
                starts.append(index)
            listed = True
        elif not listed and _list_follows(lines, index):
            listed = True
        else:
            starts.append(index)
            listed = True
    return starts


def _signed_before(lines: list[Line], index: int) -> bool:
    return any(is_date_line(line.text) for line in lines[max(0, index - 12) : index])


def _list_follows(lines: list[Line], index: int) -> bool:
    """附件： alone, then the titles below it, and the annexes themselves only later."""
    following = lines[index + 1 : index + 3]
    numbered = bool(following) and following[0].numbering is not None and following[0].numbering.level == 3
    later = any(_ANNEX_LINE.match(line.text) for line in lines[index + 1 :])
    return numbered and later


def _annex(lines: list[Line]) -> Part:
    found = _ANNEX_LINE.match(lines[0].text)
    number = found[1] if found else ""
    part = Part("annex", number)
    rest = lines[1:]
    if found and found[2]:
        lead = lines[0]
        part.title = [Line(found[2], lead.span._replace(start=lead.span.end - len(found[2])), None)]
        part.body = rest
        return part
    part.title, part.body = _title_lines(rest)
    return part


def _title_lines(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The one to three short lines without an end sign that stand above the text."""
    count = 0
    for line in lines[:3]:
        if count and re.fullmatch(r"\(.{2,20}\)", line.text):
            count += 1
            continue
        if line.table or line.numbering is not None or line.text[-1] in _SENTENCE_END + "：，" or len(line.text) > 40:
            break
        if count and ("：" in line.text or len(lines[count - 1].text) < 10 or _complete(lines[count - 1].text)):
            break
        count += 1
    return lines[:count], lines[count:]


def _complete(title: str) -> bool:
    return (
        re.search(r"(?:方案|计划|安排|表|口号|标语|标识|名单|回执|活动|样式|要点|清单|通知|指南|提纲|材料)$", title)
        is not None
    )


def _notice(lines: list[Line]) -> Parts:
    """Cut the text before the annexes into notice, attachment list, signature and the plan behind the signature."""
    lines = _signed_apart(lines)
    listed = _attachment_lines(lines)
    part = Part("notice", attachments=[lines[i] for i in listed])
    rest = _without(lines, listed)
    start, end = _signature(rest)
    part.signature = rest[start:end]
    part.body = rest[:start]
    parts = Parts(part)
    tail = rest[end:]
    if tail:
        plan = Part("annex" if _SLOGANS.match(tail[0].text) else "plan")
        plan.title, plan.body = (tail[:1], tail[1:]) if plan.kind == "annex" else _title_lines(tail)
        listed = _attachment_lines(plan.body)
        part.attachments += [plan.body[i] for i in listed]
        plan.body = _without(plan.body, listed)
        parts.others.append(plan)
    return parts


_SIGNED = re.compile(r"(?P<names>\S{4,30}?)[ \t\u3000]+(?P<day>\S{4} ?年 ?\S{1,3} ?月 ?\S{1,3} ?[日号])$")


def _signed_apart(lines: list[Line]) -> list[Line]:
    """The lines, one that signs and dates in one cut in two; above the text such a line is the head of a bulletin."""
    found: list[Line] = []
    is_below = False
    for line in lines:
        signed = _SIGNED.match(line.text) if is_below and line.numbering is None else None
        if signed and is_body_name(signed["names"]) and is_date_line(signed["day"]):
            start, day = line.span.start, signed.start("day")
            names = Line(signed["names"], Span(start, start + signed.end("names")), None)
            found += [names, Line(signed["day"], Span(start + day, line.span.end), None)]
        else:
            found.append(line)
        is_below = is_below or line.text[-1] in "。："
    return found


def _without(lines: list[Line], indexes: list[int]) -> list[Line]:
    left_out = set(indexes)
    return [line for index, line in enumerate(lines) if index not in left_out]


def _attachment_lines(lines: list[Line]) -> list[int]:
    """The indexes of the lines of the attachment list: 附件：1.… and the numbered or broken lines below it."""
    found: list[int] = []
    for index, line in enumerate(lines):
        if line.table:
            continue
        head = _ANNEX_LINE.match(line.text)
        if not found:
            if head and "：" in line.text[:7] and line.text[-1] not in "，；":
                found.append(index)
        elif _signs(lines, index) or not _continues(lines[found[-1]], line, len(found)):
            break
        else:
            found.append(index)
    return found


def _continues(previous: Line, line: Line, count: int) -> bool:
    if line.numbering is not None:
        return line.numbering.level == 3
    if _ANNEX_LINE.match(line.text):
        return True
    if is_date_line(line.text) or line.text[-1] in "。：" or line.text[0] in "(此":
        return False
    open_ended = re.search(
        r"(?:方案|表|口号|名单|通知|安排|计划|清单|回执|标语|样式|要点|标识|材料|指南|。|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|jpe?g|png))$",
        previous.text,
    )
    return count < 20 and open_ended is None and len(line.text) < 40


def _signature(lines: list[Line]) -> tuple[int, int]:
    """Where the signature block stands: names of bodies, then the date; behind the text when there is none."""
    for index in range(len(lines) - 1, 0, -1):
        if is_date_line(lines[index].text) and any(line.text[-1] in "。：" for line in lines[:index]):
            return _names_above(lines, index), index + 1
    last = len(lines)
    return _names_above(lines, last), last


def _names_above(lines: list[Line], end: int) -> int:
    start = end
    dated = end < len(lines)
    while start > 1 and _is_signatory(lines[start - 1], dated=dated):
        if _is_body_of(lines, start - 1) and not (dated and start == end):
            break
        start -= 1
    return start


def _is_body_of(lines: list[Line], index: int) -> bool:
    """A name right below a numbered heading is what stands there (二、地点), and signs nothing."""
    above = lines[index - 1]
    return above.numbering is not None and len(above.text) < 20 and not re.search("[。；！]$|：.", above.text)


def _signs(lines: list[Line], index: int) -> bool:
    """Whether a line signs: a body's name, or a department's right above the date."""
    dated = any(is_date_line(line.text) for line in lines[index + 1 : index + 3])
    return _is_signatory(lines[index], dated=dated)


def _is_signatory(line: Line, *, dated: bool = False) -> bool:
    names = re.split(r"\s{2,}|\u3000+|\t", line.text)
    signs = is_signer if dated else is_body_name
    return line.numbering is None and all(signs(re.sub(r"\s", "", name)) for name in names if name.strip())

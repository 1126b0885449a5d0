"""Units that act as the subject of a sentence: A定于6月5日举办…, A、B联合开展…, 各区局要在…."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from .activity_titles import NAMES_EVENT, PLACE_BEHIND
from .dates import Calendar, find
from .spans import Flow
from .units import Register, UnitFound, are_units, named

# a clause of names is shorter
_WINDOW = 120
_SUBJECT = re.compile(
    r"(?P<list>[^。；：“”\n]{2,80}?)(?P<verb>(?:将|要|应|继续|分别|共同|具体|认真|自行|至少|统一|各自)*(?:负责(?!人|同志)|会同|联合|共同|组织|举办|开展|举行|召开|完成|承办|牵头|主办))"
)
_HEADING = 32
_CONVENES = re.compile("(?P<who>[^，。；：\n]{2,40}?)(?:定于|拟于|将于|计划于)(?=[^，。；]{2,60}(?:召开|举办|举行))")


def convener(flow: Flow, register: Register) -> list[UnitFound]:
    """Return who leads because it sets the day: A定于6月5日举办…."""
    for start, end in flow.pieces("，。；\n"):
        match = _CONVENES.match(flow.text[start:end])
        heading = flow.text[:start].rstrip("。；：\n")
        first = len(heading) <= _HEADING and not re.search("[。；\n]", heading)
        if match is not None and first and are_units(flow.cut(start, start + match.end("who")), register):
            return named(flow.cut(start, start + match.end("who")), "lead", "定于", register, confidence=0.8)
    return []


def _clause_start(text: str, end: int) -> int:
    return max(text.rfind(sign, max(0, end - _WINDOW), end) for sign in "，。；：\n(") + 1


def _hour(text: str) -> int:
    """How long the time of day at the start of a text is: the date before it ends without it."""
    found = re.match("(?:上午|下午|晚上?|当[天日]|[，、])*(?:\\d{1,2}[：时点]\\d{0,2}分?)?", text)
    return found.end() if found else 0


def actor(flow: Flow, end: int, register: Register) -> list[UnitFound]:
    """Return the units that stand as subject right before the place end of a clause."""
    start = _clause_start(flow.text, end)
    if end - start >= _WINDOW:
        return []
    for date in find(flow.cut(start, end), Calendar(2000)):
        if flow.find(date.span.end) >= end > flow.find(date.span.start) - 1 > start:
            end = flow.find(date.span.start) - (flow.text[flow.find(date.span.start) - 1] in "于在")
        else:
            start = max(start, flow.find(date.span.end))
    start += _hour(flow.text[start:end])
    while end > start and flow.text[end - 1] in "将要应并拟由":
        end -= 1
    place = PLACE_BEHIND.search(flow.text[start:end])
    end = start + place.start() if place else end
    if flow.text[start:end].startswith("由"):
        start += 1
    subject = flow.cut(start, end)
    return named(subject, "lead", "", register, confidence=0.8) if are_units(subject, register) else []


_PREDICATE = (
    r"(?:\d{1,2}月|要|按|各自|应当?|须|需要?|将|每[日天周月季年]|在(?!职|校|建)|于|对(?!外|口|台)|利用|围绕|结合|通过|依托|面向|派出|选派|安排|设置|设立|制定|制作|"
    r"悬挂|张贴|发放|播放|开设|开放|接受|走访|组建|组织|开展|举办|举行|召开|负责|完成|发布|推出|编制|建立|印发|全面|集中|统一|分别|继续|具体|认真|自行|至少|各自|积极)"
)
_JOINS = re.compile("参加|出席|观看|收看|派员|报名|高度重视|准时|积极|严格|配合|支持|不得|严禁|报送|上报")
"""What is asked of those that come, not of those that hold the event."""
_ASKED = re.compile("请[^，。；]{2,20}(?:组织|安排|选派|派出)")
"""请A组织学生参加: A has something to do."""
EVERYBODY = re.compile(
    "(?:请|要求)?(?:各地(?:区|方)?|各单位|各部门|各有关(?:单位|部门)|有关(?:单位|部门)|各级)(?:、各?[\u4e00-\u9fff]{2,4})*"
    "(?=要|应|须|将|在|结合|可|组织|认真|根据|围绕)"
)
"""All that the paper is sent to, and nobody in particular."""


def acting(flow: Flow, register: Register) -> list[UnitFound]:
    """Return whom a sentence begins with, when nobody else is named: 各区县市场监管局要在广场设置宣传点."""
    for start, end in flow.pieces("。；\n"):
        if EVERYBODY.match(flow.text, start):
            return []
        if _JOINS.search(flow.text[start:end]) and not _ASKED.search(flow.text[start:end]):
            continue
        for begin in _beginnings(flow, start, end):
            for match in islice(re.finditer(_PREDICATE, flow.text[begin : min(end, begin + _WINDOW)]), 8):
                names = flow.cut(begin, begin + match.start())
                if len(names) > 1 and are_units(names, register):
                    return named(names, "undertake", "", register, confidence=0.6)
    return []


def _beginnings(flow: Flow, start: int, end: int) -> list[int]:
    """Where the subject of a sentence may stand: first, behind the clause that says when, or that names the event."""
    start += flow.text.startswith("请", start)
    first = next(flow.cut(start, end).pieces("，"), (0, 0))
    opening, behind = flow.cut(start, start + first[1]), start + first[1] + 1
    if behind > end:
        return [start]
    behind += flow.text.startswith("请", behind)
    if find(opening, Calendar(2000)):
        return [behind, start]
    return [start, behind] if NAMES_EVENT.search(opening.text) else [start]


def subjects(flow: Flow, register: Register, *, led: bool) -> list[UnitFound]:
    """Return the subjects of sentences: A、B联合开展…, A组织…; that of a later one takes part."""
    found: list[UnitFound] = []
    for start, end in flow.pieces("。；\n，"):
        match = _SUBJECT.match(flow.text[start:end])
        if match is None:
            continue
        own = re.search("负责|牵头", match["verb"]) and (start == 0 or flow.text[start - 1] in "。；\n")
        role = "lead" if own and found else "partner" if led or found else "undertake"
        actors = actor(flow, start + match.end("list"), register)
        found += [replace(unit, role=role, cue=match["verb"], confidence=0.7) for unit in actors]
    return found

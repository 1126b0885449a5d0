"""Sections: the headed paragraphs of a chapter, ideology and goals, and the period of the campaign."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from documents.reading.phrases.dates import Calendar, DateFound, find
from documents.reading.phrases.spans import Flow, Span, Text, verbatim
from documents.reading.structure.chapters import Chapter
from documents.reading.structure.lines import Line
from documents.reading.structure.numbered_tree import Node

from .draft import Section

_LISTED = ("focal_point", "goal", "measure", "requirement")
_KINDS = ("content", "org", "measure", "focal_point", "requirement")
_ALONE = (*_KINDS, "task", "steps", "criteria", "")
_OPEN = ("content", "task", "org", "")
_OPENS_ACTIVITY = re.compile(r"(?:组织|联合|集中|广泛|全面|共同|陆续|统一|在全|开展|举办|举行)")
_MONTH = re.compile(r"[“\"]?质量月[”\"]?(?:活动)?\(")
_NAMED = re.compile(
    r"(?<=[，。；\n、])(?:(?:活动|宣传|本次活动)(?:起止)?时间(?:定)?(?:为|是|：|从|自)|[^，。；\n]{0,14}活动[自从](?=\d)|活动(?:将|定)?于(?=[^，。；]{6,24}(?:举行|举办|开展|进行)))"
)
_IS_WEEK = re.compile("为[^，。；“”]{0,12}“[^“”]{2,16}[周月]”")
_GOAL = re.compile(r"到(?P<y>\d{4})年")


def read_sections(chapter: Chapter, *, undated: bool = False) -> list[Section]:
    """Return the sections of a chapter; undated: its entries name neither unit nor date, and count as sections."""
    if chapter.kind == "steps" and chapter.nodes:
        return [_section("content", node, chapter) for node in chapter.nodes if node.heading_end]
    if chapter.kind == "criteria" and chapter.nodes:
        return [_section("content", node, chapter) for node in chapter.nodes]
    if chapter.kind in _LISTED and chapter.nodes:
        return [_section(chapter.kind, leaf, holder) for leaf, holder in _leaves(chapter) if leaf.heading_end]
    if chapter.kind in _OPEN and chapter.nodes:
        kinds = ["content_group" if node.children else "content" for node in chapter.nodes]
        pairs = zip(kinds, chapter.nodes, strict=True)
        return [_section(kind, node, chapter) for kind, node in pairs if kind == "content_group" or undated]
    if chapter.kind in _ALONE and chapter.node is not None and not chapter.nodes and len(chapter.node.body) > 10:
        kind = chapter.kind if chapter.kind in _KINDS else "content"
        return [_section(kind, chapter.node, chapter, numbered=False)]
    return []


def _leaves(chapter: Chapter) -> list[tuple[Node, Chapter]]:
    """The lowest headed nodes, with the heading that stands over them."""
    found: list[tuple[Node, Chapter]] = []
    for node in chapter.nodes:
        if node.children and chapter.kind == "measure":
            found.extend((child, Chapter(chapter.kind, node)) for child in node.children)
        else:
            found.append((node, chapter))
    return found


def _section(kind: str, node: Node, chapter: Chapter, *, numbered: bool = True) -> Section:
    heading = Text(node.heading, node.own.span(0, node.heading_end))
    body = node.body
    span = (
        Span(body.whole().start, max(node.end(), body.whole().end))
        if len(body)
        else Span(heading.span.end, heading.span.end)
    )
    text = Text(verbatim(body.source, span), span)
    return Section(kind, heading, text, node.number if numbered else "", chapter.title)


def ideology_of(chapter: Chapter) -> Text | None:
    """Return the guiding ideology of its chapter."""
    body = chapter.node.body if chapter.node else None
    return Text(body.value(0, len(body)), body.whole()) if body is not None and len(body) else None


def loose_ideology(source: str, before: list[Line]) -> tuple[Text | None, Text | None]:
    """Return ideology and overall goal where they stand as paragraphs without heading."""
    ideology = goal = None
    for line in before:
        text = Text(verbatim(source, line.span), line.span, 0.8)
        if ideology is None and line.text.startswith("以") and "指导" in line.text:
            ideology = text
        elif goal is None and _GOAL.match(line.text) and len(line.text) > 30:
            goal = text
    return ideology, goal


def period_of(chapter: Chapter, calendar: Calendar) -> list[DateFound]:
    """Return the period stated in the chapter 活动时间; the hour of one event is none."""
    found = find(chapter.node.own, calendar)[:1] if chapter.node else []
    return [] if found and found[0].start == found[0].end and re.search(r"\d", found[0].time) else found


def period_in_text(preambles: list[Flow], whole: list[Flow], calendar: Calendar) -> list[DateFound]:
    """Return the period named in running text: 定于9月1日至30日在全县开展…, “质量月”（9月）."""
    for preamble, found in ((each, day) for each in preambles for day in find(each, calendar)):
        after = preamble.text[preamble.find(found.span.end) : preamble.find(found.span.end) + 16]
        before = preamble.text[: preamble.find(found.span.start)]
        if re.search(r"(?:活动|宣传|起止)时间(?:定)?(?:为|是|：|从|自|在|于)$", before):
            return [found]
        lasts = found.start is not None and found.end is not None and found.end > found.start
        if lasts and re.search(r"(?:[月周]|活动|时间)[^，。；：]{0,6}(?:定为|定在|定于|确定为|为|是|从|自)$", before):
            return [found]
        if (
            _OPENS_ACTIVITY.search(after)
            and re.search(r"(?:于|在|从|自|：|，|将|期间|决定|拟)(?:今年|本年|当年)?$", before)
            and found.relation != "by"
            and (found.precision != "day" or found.start != found.end)
        ):
            return [found]
    for preamble, found in ((each, day) for each in preambles for day in find(each, calendar)):
        if _IS_WEEK.match(preamble.text, preamble.find(found.span.end - 1) + 1) and found.start != found.end:
            return [found]
    for stretch in whole:
        for named in _NAMED.finditer(stretch.text):
            days = find(stretch.cut(named.end(), named.end() + 40), calendar)[:1]
            if days and stretch.find(days[0].span.start) == named.end() and days[0].start != days[0].end:
                return days
        for month in _MONTH.finditer(stretch.text):
            inner = find(stretch.cut(month.end(), month.end() + 24), calendar)
            if inner and stretch.find(inner[0].span.start) == month.end():
                return inner[:1]
    return []


def milestones_in(stretch: Flow, calendar: Calendar) -> list[DateFound]:
    """Return dated steps of running text, and the year by which a goal is to be reached."""
    return [found for found in find(stretch, calendar) if found.relation != "by" and found.precision != "year"]


def steps_of(chapter: Chapter, calendar: Calendar) -> list[DateFound]:
    """Return the phases of a chapter 实施步骤, each with what it is."""
    found = []
    for node in chapter.nodes:
        found += [replace(day, what=node.heading) for day in find(node.own, calendar)[:1]]
    return found


def goal_year(stretch: Flow) -> list[DateFound]:
    """Return 到2015年 as the year it names."""

    match = _GOAL.search(stretch.text)
    if match is None:
        return []
    year = int(match["y"])
    return [
        DateFound(
            stretch.value(*match.span()), stretch.span(*match.span()), date(year, 1, 1), date(year, 12, 31), "year"
        )
    ]

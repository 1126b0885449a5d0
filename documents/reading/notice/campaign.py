"""What the campaign says of itself: theme, slogans, period, ideology, goal, sections, targets, milestones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.reading.phrases.dates import DateFound, is_date_line
from documents.reading.phrases.spans import Flow, Span, Text, verbatim
from documents.reading.phrases.targets import Context as Weight
from documents.reading.phrases.targets import Target, find_targets
from documents.reading.structure.chapters import Chapter
from documents.reading.structure.dissection import TELL, Paper, Sheet
from documents.reading.structure.lines import Line
from documents.reading.structure.numbered_tree import Node

from .activities import Context
from .draft import Annex, Section, Slogan
from .indicator_tables import read_indicators
from .portal import is_portal_line
from .programme import Programme
from .sections import (
    goal_year,
    ideology_of,
    loose_ideology,
    milestones_in,
    period_in_text,
    period_of,
    read_sections,
    steps_of,
)
from .slogans import (
    clean_slogan,
    inline_slogans,
    logo_note,
    read_slogans,
    slogans_in_text,
    spirit_slogan,
    theme_anywhere,
    theme_in_text,
    theme_of_chapter,
)

_LISTS_SLOGANS = re.compile(r"(?:口号|标语|用语)[^。；\n]{0,8}：\n?$")
# chapters in whose text theme and period may stand in passing
_LOOSE = ("", "content")
_HEADS = re.compile(r"^[^，。；：]*(主题|口号|标语|宣传用语|宣传语)(?:\(\d{1,2}条\))?：?$")
_HEADING = 40
# chapters whose bounds (不少于…, 不超过…) are of the campaign as a whole
_FIGURED = ("goal", "measure", "requirement", "focal_point", "steps", "guiding_ideology", "org", "task", "content", "")
_SLOGAN_TITLE = re.compile(r"口号|标语|宣传(?:用语|语|词)")


@dataclass(slots=True)
class Campaign:
    """The parts of the draft that are about the campaign as a whole."""

    theme: Text | None = None
    spirit: Text | None = None
    logo: Text | None = None
    ideology: Text | None = None
    goal: Text | None = None
    period: list[DateFound] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    slogans: list[Slogan] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    milestones: list[DateFound] = field(default_factory=list)
    rivals: list[DateFound] = field(default_factory=list)
    steps: list[DateFound] = field(default_factory=list)
    preamble: list[Text] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    heads: list[Span] = field(default_factory=list)


def read_campaign(paper: Paper, doc_type: str, programme: Programme, context: Context) -> Campaign:
    """Return what the document says of its campaign."""
    campaign = Campaign()
    for sheet in paper.main:
        for chapter in sheet.chapters:
            _chapter(chapter, campaign, programme, context, doc_type)
    flows = [paper.flow(sheet.part.body) for sheet in paper.main]
    preambles = [paper.flow([each for each in sheet.tree.before if not is_portal_line(each)]) for sheet in paper.main]
    loose = [
        _said(c.node)
        for sheet in paper.main
        for c in sheet.chapters
        if c.node and not c.nodes and c.kind in _LOOSE and not programme.took(c.node)
    ]
    campaign.theme = campaign.theme or next(filter(None, map(theme_in_text, preambles + loose)), None)
    campaign.theme = campaign.theme or next(filter(None, map(theme_anywhere, flows)), None)
    annexed = [paper.flow(sheet.part.body) for sheet in paper.annexes]
    told: list[DateFound] = []
    if not programme.one_event and doc_type != "bulletin":
        told = period_in_text(preambles + loose, flows + annexed, context.calendar)
    campaign.rivals = [day for day in told if campaign.period and _apart(day, campaign.period[0])]
    campaign.period = campaign.period or told
    if campaign.ideology is None and doc_type == "opinion":
        campaign.ideology, campaign.goal = loose_ideology(paper.source, paper.parts.notice.body)
    campaign.preamble = [text for sheet in paper.main for text in _preamble(paper, sheet)]
    for sheet in paper.sheets:
        campaign.targets += [target for table in sheet.tables for target in read_indicators(table)]
    campaign.spirit = next(filter(None, map(spirit_slogan, flows)), None)
    _slogans(paper, campaign)
    _milestones(paper, preambles, doc_type, campaign, context)
    _annexes(paper, campaign, programme, context)
    return campaign


def _said(node: Node) -> Flow:
    """What a chapter without entries says: all of it, when its heading is the sentence (一、活动时间为9月1日至30日)."""
    return (
        node.own
        if re.match("活动时间|[^，。]{0,8}(?:围绕|紧扣|以)“|[^，。]{0,16}主题(?:为|是)$", node.key)
        else node.body
    )


def _apart(one: DateFound, other: DateFound) -> bool:
    """Whether neither of two periods lies within the other."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    within = one.start <= other.start and other.end <= one.end
    return not within and not (other.start <= one.start and one.end <= other.end)


def _preamble(paper: Paper, sheet: Sheet) -> list[Text]:
    """The sentences before the first numbered line: why and on what ground."""
    lines = [line for line in sheet.tree.before if line.text[-1] in "。：；" and len(line.text) > 12]
    return [Text(verbatim(paper.source, line.span), line.span) for line in lines]


def _chapter(chapter: Chapter, campaign: Campaign, programme: Programme, context: Context, doc_type: str) -> None:
    node = chapter.node
    if chapter.kind == "theme" and node is not None:
        said = theme_in_text(node.body) if "时间" in node.key else None
        campaign.theme = campaign.theme or said or theme_of_chapter(node.body)
        if "时间" in node.key:
            campaign.period = campaign.period or period_of(chapter, context.calendar)
    elif chapter.kind == "period":
        campaign.period = campaign.period or period_of(chapter, context.calendar)
        if node is not None and "主题" in node.key:
            campaign.theme = campaign.theme or theme_in_text(node.body)
    elif chapter.kind == "guiding_ideology":
        campaign.ideology = campaign.ideology or ideology_of(chapter)
    if chapter.kind == "goal" and node is not None and campaign.goal is None:
        campaign.goal = ideology_of(chapter)
    if chapter.kind == "steps" and node is not None and "时间" in node.key:
        campaign.period = campaign.period or period_of(chapter, context.calendar)
    if chapter.kind == "steps":
        campaign.steps.extend(steps_of(chapter, context.calendar))
    campaign.sections.extend(read_sections(chapter, undated=programme.spoke_of(chapter.nodes)))
    campaign.targets.extend(_chapter_targets(chapter, programme, doc_type))


def _chapter_targets(chapter: Chapter, programme: Programme, doc_type: str) -> list[Target]:
    """Targets of the document as a whole: of goals and of an opinion's measures; of requirements those with a bound."""
    if chapter.kind == "criteria":
        flows = [chapter.node.body] if chapter.node is not None else []
        flows += [node.own for node in chapter.nodes]
        return [target for flow in flows for target in find_targets(flow, "quota")]
    if chapter.kind not in _FIGURED or (chapter.kind in _LOOSE and doc_type in TELL):
        return []
    if any(programme.took(inner) for inner in chapter.nodes):
        return []
    policy = doc_type == "opinion" or chapter.kind == "goal"
    context: Weight = "policy" if policy and chapter.kind != "requirement" else "requirement"
    nodes = [inner for node in chapter.nodes for inner in node.walk()]
    flows = [chapter.node.body] if chapter.node is not None else []
    return [target for flow in flows + [node.own for node in nodes] for target in find_targets(flow, context)]


def _slogans(paper: Paper, campaign: Campaign) -> None:
    for sheet in paper.sheets:
        for chapter in sheet.chapters:
            if chapter.kind == "logo" and chapter.node is not None:
                campaign.logo = campaign.logo or logo_note(chapter.node.body)
            if chapter.kind == "slogans" and not campaign.slogans:
                campaign.slogans = _of_chapter(paper, chapter, campaign.theme)
    campaign.slogans = campaign.slogans or _below_a_colon(paper, campaign)
    if not campaign.slogans:
        theme, lines, heads = _page_of_slogans(paper)
        campaign.heads = heads
        campaign.theme = campaign.theme or theme
        campaign.slogans = read_slogans(paper.source, lines, campaign.theme)
    flows = [paper.flow(sheet.part.body) for sheet in paper.main]
    campaign.slogans = campaign.slogans or next(
        filter(None, (slogans_in_text(each, campaign.theme) for each in flows)), []
    )
    for sheet in paper.annexes:
        title = paper.title(sheet.part)
        if campaign.slogans or title is None or not _SLOGAN_TITLE.search(title.value):
            continue
        campaign.slogans = read_slogans(paper.source, sheet.part.body, campaign.theme)
        campaign.theme = campaign.theme or next(
            filter(None, (theme_in_text(paper.flow([line])) for line in sheet.part.body)), None
        )


def _page_of_slogans(paper: Paper) -> tuple[Text | None, list[Line], list[Span]]:
    """The theme and the slogans below headings without a number, on a page of their own or in the body; and these."""
    theme, lines, below, heads = None, list[Line](), "", list[Span]()
    for line in (line for sheet in paper.main for line in sheet.part.body):
        kind = _HEADS.search(line.text) if line.numbering is None and len(line.text) <= _HEADING else None
        if kind is not None:
            below = kind[1]
            heads.append(line.span)
        elif len(line.text) > _HEADING or line.text[-1] in "：，" or line.table or is_date_line(line.text):
            below = ""
        elif below == "主题" and theme is None:
            theme, below = clean_slogan(paper.source, line.body, line.span.end), ""
        elif below and below != "主题":
            lines.append(line)
    return (theme, lines, heads) if len(lines) > 1 else (None, [], [])


def _below_a_colon(paper: Paper, campaign: Campaign) -> list[Slogan]:
    """Slogans listed below a sentence that ends 以下标语：."""
    for sheet in paper.main:
        for node in sheet.tree.walk():
            if node.children and _LISTS_SLOGANS.search(node.own.text):
                lines = [line for child in node.children for line in child.lines]
                return read_slogans(paper.source, lines, campaign.theme)
    return []


def _of_chapter(paper: Paper, chapter: Chapter, theme: Text | None) -> list[Slogan]:
    slogans = read_slogans(paper.source, chapter.lines(), theme)
    if len(slogans) < 2 and chapter.node is not None:
        return inline_slogans(chapter.node.body, theme) or slogans
    return slogans


def _annex_days(sheet: Sheet, context: Context) -> list[DateFound]:
    """The dates of the chapters of an annex that are plain text: when interviews are held, when reports appear."""
    plain = [c.node.body for c in sheet.chapters if c.node is not None and not c.nodes and c.kind in ("", "interviews")]
    return [day for body in plain if "第一期" not in body.text for day in milestones_in(body, context.calendar)]


def _milestones(paper: Paper, preambles: list[Flow], doc_type: str, campaign: Campaign, context: Context) -> None:
    if doc_type == "opinion":
        flows = [paper.flow(sheet.part.body) for sheet in paper.main]
        campaign.milestones = next(filter(None, map(goal_year, flows)), [])
        return
    known = {(found.start, found.end) for found in campaign.period}
    found = [day for preamble in preambles for day in milestones_in(preamble, context.calendar)]
    dated = [day for day in found if (day.start, day.end) not in known and day.precision != "month"]
    annexed = [day for sheet in paper.annexes for day in _annex_days(sheet, context)]
    campaign.milestones = dated + campaign.steps + annexed


def _annexes(paper: Paper, campaign: Campaign, programme: Programme, context: Context) -> None:
    """Annexes and plans as they stand: sections, theme and targets outside of what became activities."""
    for sheet in [*paper.main[1:], *paper.annexes]:
        title = paper.title(sheet.part)
        if title is None:
            continue
        own = sheet.part.kind == "annex"
        campaign.annexes.append(
            Annex(
                number=sheet.part.number if own else "plan",
                title=title,
                theme=_annex_theme(paper, sheet),
                sections=tuple(_annex_sections(sheet, programme)) if own else (),
                targets=tuple(_annex_targets(sheet, programme)) if own else (),
            )
        )


def _annex_theme(paper: Paper, sheet: Sheet) -> Text | None:
    """The theme of an annex: of its chapter, or the line 主题：… above its slogans."""
    for chapter in sheet.chapters:
        if chapter.kind == "theme" and chapter.node is not None:
            return theme_of_chapter(chapter.node.body)
    lines = [paper.flow([line]) for line in sheet.part.body if len(line.text) < 60]
    return next(filter(None, map(theme_in_text, lines)), None)


def _annex_sections(sheet: Sheet, programme: Programme) -> list[Section]:
    """The sections of an annex outside of what became activities."""
    chapters = [c for c in sheet.chapters if not any(programme.took(node) for node in [*c.nodes, c.node] if node)]
    return [section for chapter in chapters for section in read_sections(chapter, undated=True)]


def _annex_targets(sheet: Sheet, programme: Programme) -> list[Target]:
    found: list[Target] = []
    for chapter in sheet.chapters:
        if chapter.kind in ("slogans", "interviews", "contacts", "guiding_ideology", "theme"):
            continue
        nodes = [chapter.node] if chapter.node else []
        for node in nodes + [inner for below in chapter.nodes for inner in below.walk()]:
            if not programme.took(node):
                found.extend(find_targets(node.body, "requirement" if chapter.kind == "requirement" else "activity"))
    return found

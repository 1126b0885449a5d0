"""A document taken apart: lines, tables, parts, and for each part its outline and chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from documents.reading.phrases.spans import Flow, Span, Text, fold, verbatim

from .chapters import Chapter, chapters_of
from .columns import Table
from .lines import Line, flow, split
from .numbered_tree import Tree, grow
from .parts import Part, Parts, cut
from .tables import find_tables

_POLICY = re.compile(r"(?:意见|规划|纲要|决定)(?:\(.+\))?$")
_KINDS = (
    ("summary", r"总结|小结"),
    ("bulletin", r"通报|简报|专报|快报|工作动态|公报"),
    ("minutes", r"纪要"),
    ("request", r"请示"),
    ("report", r"报告|汇报|情况说明"),
    ("initiative", r"倡议书?|承诺书|号召书"),
    ("invitation", r"邀请[函书]"),
    ("call", r"征集.{0,30}的?(?:通知|公告|启事|通告)|启事|征集(?:活动)?"),
    ("letter", r"的?函|复函"),
    ("division", r"分工(?:表|方案)?|任务(?:分解)?表|(?:任务|工作|责任)清单"),
    ("schedule", r"(?:安排|日程|计划|一览)表|日程|议程"),
)
_TOLD_BY_TITLE = tuple((kind, re.compile(f"(?:{form})(?:\\(.+\\))?$")) for kind, form in _KINDS)
TELL = frozenset({"summary", "bulletin", "request", "report", "initiative"})
"""Kinds of paper that tell, ask for leave or appeal: nobody is given anything to do by them."""
_PLAN = re.compile(r"(?:方案|计划|要点)(?:\(.+\))?$")


@dataclass(slots=True)
class Sheet:
    """A part with what it holds: outline, chapters and tables."""

    part: Part
    tree: Tree
    chapters: list[Chapter] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def label(self) -> str:
        """How the part is called: body, or annex with its number."""
        return "body" if self.part.kind != "annex" else f"annex {self.part.number}".strip()


@dataclass(slots=True)
class Paper:
    """The whole document."""

    source: str
    lines: list[Line]
    parts: Parts
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def main(self) -> list[Sheet]:
        """The notice and the plan it issues."""
        return [sheet for sheet in self.sheets if sheet.part.kind != "annex"]

    @property
    def annexes(self) -> list[Sheet]:
        """The annexes."""
        return [sheet for sheet in self.sheets if sheet.part.kind == "annex"]

    def flow(self, lines: list[Line]) -> Flow:
        """Return lines as one flow."""
        return flow(self.source, lines)

    def title(self, part: Part) -> Text | None:
        """Return the title of a plan or annex."""
        if not part.title:
            return None
        span = Span(part.title[0].span.start, part.title[-1].span.end)
        return Text(verbatim(self.source, span), span)


def take_apart(source: str) -> Paper:
    """Return the document of a text."""
    lines = split(source)
    tables = find_tables(source, lines)
    starts = [line.span.start for line in lines]
    within = {index for table in tables for index in range(table.start, table.end)}
    lines = [replace(line, table=True, numbering=None) if i in within else line for i, line in enumerate(lines)]
    paper = Paper(source, lines, cut(lines))
    for part in (paper.parts.notice, *paper.parts.others):
        sheet = Sheet(part, grow(source, part.body))
        held = {line.span.start for line in part.body}
        sheet.tables = [table for table in tables if starts[table.start] in held]
        paper.sheets.append(sheet)
    return paper


def name_chapters(paper: Paper, doc_type: str) -> None:
    """Tell the chapters of every part."""
    for sheet in paper.sheets:
        sheet.chapters = chapters_of(sheet.tree, policy=doc_type == "opinion")
    _plan_in_annex(paper)


def _plan_in_annex(paper: Paper) -> None:
    """A plan that is printed as the only annex with chapters, while the notice has none, is the plan issued."""
    if any(sheet.tree.nodes for sheet in paper.main):
        return
    for sheet in paper.annexes:
        if {chapter.kind for chapter in sheet.chapters} & {"theme", "content", "period", "guiding_ideology"}:
            sheet.part.kind = "plan"
            return


def doc_type_of(paper: Paper, title: Text | None) -> str:
    """Return the kind of paper, told by its title and by what follows the signature.

    notice, notice+plan, plan, opinion, letter, call, division, schedule, invitation, minutes, and those of TELL.
    """
    bare = fold(re.sub(r"\s", "", title.value)) if title else ""
    plans = [sheet for sheet in paper.main if sheet.part.kind == "plan"]
    if any(sheet.tree.nodes for sheet in plans) and not _POLICY.search(bare):
        return "notice+plan"
    if _POLICY.search(bare):
        return "opinion"
    told = next((kind for kind, form in _TOLD_BY_TITLE if form.search(bare)), "")
    return told or ("plan" if _PLAN.search(bare) else "notice")

"""The chapters of a part and what each is about, also where the chapter headings were lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.numbering import ordinal

from .chapter_kinds import kind_of, kind_of_group
from .lines import Line
from .numbered_tree import Node, Tree

_NESTED = ("guiding_ideology", "goal", "theme", "period")
_LEAD_IN = re.compile(r"^.{0,10}(?:要求|目标|思路|原则)$")


@dataclass(slots=True)
class Chapter:
    """A chapter: its kind, its node (None when its heading was lost) and the nodes below it."""

    kind: str
    node: Node | None
    nodes: list[Node] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Number and heading as printed, "" when lost."""
        return f"{self.node.number}{self.node.heading}" if self.node else ""

    def lines(self) -> list[Line]:
        """The lines of the chapter below its heading."""
        below = [line for node in self.nodes for inner in node.walk() for line in inner.lines]
        return (self.node.lines[1:] if self.node else []) + below


def chapters_of(tree: Tree, *, policy: bool = False) -> list[Chapter]:
    """Return the chapters of an outline.

    policy: the paper is an opinion, whose tasks are measures.
    """
    if tree.nodes and _headings_lost(tree.nodes, policy):
        return _runs(tree.nodes)
    found = []
    for node in tree.nodes:
        found.extend(_chapters(node, policy))
    return found


def _headings_lost(nodes: list[Node], policy: bool) -> bool:
    """No first level at all, the count begins again, and the headings say nothing of chapters."""
    if any(node.level == 1 for node in nodes):
        return False
    restarts = sum(ordinal(node.number) == 1 for node in nodes)
    return policy and restarts > 1


def _runs(nodes: list[Node]) -> list[Chapter]:
    runs: list[list[Node]] = []
    for node in nodes:
        if not runs or ordinal(node.number) == 1:
            runs.append([])
        runs[-1].append(node)
    found = []
    for run in runs:
        kind = kind_of_group([node.key for node in run], nested=any(node.children for node in run))
        found.append(Chapter(kind, None, run))
    return found


def _chapters(node: Node, policy: bool) -> list[Chapter]:
    """A chapter, or its parts when they are chapters of their own: 总体要求 with 指导思想 and 主要目标."""
    kinds = [kind_of(child.key) for child in node.children]
    kind = kind_of(node.key)
    if any(inner in _NESTED for inner in kinds) and kind in ("", "guiding_ideology", "goal"):
        return [Chapter(inner, child, child.children) for inner, child in zip(kinds, node.children, strict=True)]
    phases = sum("阶段" in child.key for child in node.children)
    if phases * 2 > len(node.children):
        kind = "steps"
    if policy and kind in ("task", "content", "focal_point", "") and node.children:
        kind = "measure"
    return [Chapter(kind, node, node.children)]

"""The numbered outline of a part, every node with its heading, its own text and the nodes below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from documents.reading.phrases.spans import Flow, Span
from documents.reading.phrases.units import is_unit

from .lines import Line, flow, soft
from .marks import depth, in_order

# the lines under ① and 一是 belong to the entry above them
_DEEPEST = 4
_WHOLE_SENTENCE = 32
# a heading without a number stands below （一） and above 1.
_BETWEEN = 2.5


@dataclass(slots=True)
class Node:
    """A numbered line with the lines that follow it; own is its text without the number and without its children."""

    level: float
    number: str
    span: Span
    lines: list[Line]
    own: Flow
    children: list[Node] = field(default_factory=list)
    heading_end: int = 0
    colon: bool = False

    @property
    def heading(self) -> str:
        """The heading without its end sign, as printed."""
        return self.own.value(0, self.heading_end)

    @property
    def key(self) -> str:
        """The heading folded and without white space, for the rules."""
        return self.own.text[: self.heading_end]

    @property
    def body(self) -> Flow:
        """The text after the heading and its end sign."""
        return self.own.cut(_after(self.own.text, self.heading_end))

    def walk(self) -> list[Node]:
        """Return this node and all below it, in order."""
        return [self, *(node for child in self.children for node in child.walk())]

    def end(self) -> int:
        """Return the offset in the source at which the node and all below it end."""
        return max(line.span.end for node in self.walk() for line in node.lines)


def _after(text: str, index: int) -> int:
    while index < len(text) and text[index] in "。：\n；，":
        index += 1
    return index


@dataclass(slots=True)
class Tree:
    """A part as an outline: the lines before the first numbered one, and the nodes of the highest level.

    after: where a list has no chapters, the lines behind it that close the paper.
    """

    before: list[Line]
    nodes: list[Node]
    after: list[Line] = field(default_factory=list)

    def walk(self) -> list[Node]:
        """Return all nodes in order."""
        return [node for top in self.nodes for node in top.walk()]


def grow(source: str, lines: list[Line]) -> Tree:
    """Return the outline of the lines of a part; rows of tables are left out."""
    lines = [line for line in lines if not line.table]
    marks = [i for i, line in enumerate(lines) if _opens_node(line, lines[i - 1] if i else None)]
    marks = sorted(
        {*marks, *_unit_headings(lines, marks), *_phases(lines, marks), *_bare_chapters(lines, marks)} or _days(lines)
    )
    if not marks:
        return Tree(lines, [])
    end = _end_of_list(lines, marks)
    lines, after = lines[:end], lines[end:]
    tops: list[Node] = []
    path: list[Node] = []
    for start, end in zip(marks, [*marks[1:], len(lines)], strict=True):
        node = _node(source, lines[start:end])
        _descend(path, node)
        (path[-1].children if path else tops).append(node)
        path.append(node)
    return Tree(lines[: marks[0]], tops, after)


_CLOSING = re.compile(
    r"请(?!示)|\d{1,2}月\d{1,2}日前，?各|各[^，。：；]{1,14}(?:要|须|应|请|于|将)|特此|联系(?:人|方式|电话)|望(?:各|你)|专此|妥否|会议(?:要求|强调|指出)|以上|上述|欢迎"
)


def _end_of_list(lines: list[Line], marks: list[int]) -> int:
    """Where a list without chapters ends: what behind its last entry is said to everybody is none of that entry."""
    last = lines[marks[-1]]
    if _level(lines[marks[0]]) == 1 and not (_level(last) == 1 and last.text.endswith("。")):
        return len(lines)
    behind = range(marks[-1] + 1, len(lines))
    closes = (at for at in behind if _CLOSING.match(lines[at].text) and not soft(lines[at - 1], lines[at]))
    return next(closes, len(lines))


def _opens_node(line: Line, previous: Line | None) -> bool:
    """A number opens a node unless the page broke the line there: 3 月 of a date, 2、 of a list in mid-sentence."""
    if line.numbering is None or line.numbering.level > _DEEPEST or not line.numbering.text:
        return False
    return previous is None or previous.text[-1] not in "、，" or previous.table


def _unit_headings(lines: list[Line], marks: list[int]) -> list[int]:
    """Lines between numbered ones that are a unit's name and nothing else: the entries below are that unit's."""
    inner = [(above, mark) for above, mark in pairwise(marks) if mark - above > 1]
    found = [mark - 1 for _, mark in inner if _level(lines[mark]) > 1 and _is_heading(lines[mark - 1])]
    return [index for index in found if not soft(lines[index - 1], lines[index])]


_PHASE = re.compile("第[一二三四五六]阶段(?![^：:（( ]*[，。])")


def _phases(lines: list[Line], marks: list[int]) -> list[int]:
    """Lines 第一阶段：宣传发动（8月） without a number: what is numbered below is of that phase."""
    held = set(marks)
    found = [index for index, line in enumerate(lines) if index not in held and _PHASE.match(line.text)]
    return found if len(found) > 1 and all(len(lines[index].text) <= _WHOLE_SENTENCE for index in found) else []


_DAYS = r"\d{1,2}月\d{1,2}日(?:[—-]{1,2}(?:\d{1,2}月)?\d{1,2}日)?"
_DAY = re.compile(rf"{_DAYS}(?:——?|：)(?=\D{{4}})")
_ON_A_DAY = re.compile(rf"{_DAYS}(?:上午|下午|晚)?(?:——?|[：，])(?=\D{{4}})")


def by_days(node: Node) -> list[Node]:
    """Return the lines of a chapter as nodes when each but the first begins with a day: 4月24日，召开发布会."""
    lines = node.lines[1:]
    if len(lines) < 2 or not all(_ON_A_DAY.match(line.text) for line in lines):
        return []
    return [_node(node.own.source, [line]) for line in lines]


def _days(lines: list[Line]) -> list[int]:
    """In a paper without numbers the lines that begin with a day: 6月16日——宣传咨询日，…."""
    found = [index for index, line in enumerate(lines) if _DAY.match(line.text)]
    return found if len(found) > 1 else []


_CHAPTER = re.compile(
    "(?:主要|具体|重点)?(?:活动|工作|宣传)(?:内容|安排|项目|任务|要求)(?:及分工)?|(?:主要|具体|重点|系列)活动|工作要求"
)


def _bare_chapters(lines: list[Line], marks: list[int]) -> list[int]:
    """Lines 活动安排 between chapters, without a number: what is counted from （一） is below them."""
    chapters = [mark for mark in marks if _level(lines[mark]) == 1]
    begun = [mark for mark in marks if _level(lines[mark]) > 1 and in_order(_number(lines[mark])) == 1]
    found = [mark - 1 for mark in begun if chapters and mark > chapters[0] + 1]
    return [index for index in found if lines[index].numbering is None and _CHAPTER.fullmatch(lines[index].bare)]


def _number(line: Line) -> str:
    return line.numbering.number if line.numbering else ""


def _level(line: Line) -> int:
    return line.numbering.level if line.numbering else 0


def _is_heading(line: Line) -> bool:
    return line.numbering is None and len(line.text) <= 20 and is_unit(line.text.rstrip("：").replace(" ", ""))


def _descend(path: list[Node], node: Node) -> None:
    """Leave on the path the node above the new one."""
    levels = [above.level for above in path]
    if node.level in levels:
        del path[levels.index(node.level) :]
    elif in_order(node.number) != 1:
        while path and path[-1].level > node.level:
            path.pop()


def _node(source: str, lines: list[Line]) -> Node:
    first = lines[0]
    own = flow(source, lines, first.body)
    if first.numbering is None:
        following = flow(source, lines)
        span, level = Span(first.span.start, lines[-1].span.end), 1 if _CHAPTER.fullmatch(first.bare) else _BETWEEN
        whole = first.text.rstrip("：")
        end = heading_end(following)[0] if _ON_A_DAY.match(whole) else len(whole)
        return Node(level, "", span, lines, following, heading_end=end)
    printed = re.sub(r"\s", "", source[first.span.start : first.body])
    node = Node(depth(first.numbering), printed, Span(first.span.start, lines[-1].span.end), lines, own)
    node.heading_end, node.colon = heading_end(own)
    return node


def heading_end(own: Flow) -> tuple[int, bool]:
    """Where the heading at the start of a text ends, and whether a colon ends it.

    A short sentence is a heading; of a long one its first clause.
    """
    colon = re.match(r"[^。，；：\n“”()]{2,14}：", own.text)
    if colon:
        return colon.end() - 1, True
    first = next((end for _, end in own.pieces("。！？；\n")), 0)
    if first <= _WHOLE_SENTENCE:
        return first, False
    clause = next((end for _, end in own.pieces("，。；：\n")), first)
    return min(clause, first), False

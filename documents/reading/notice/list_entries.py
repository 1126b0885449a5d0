"""Entries of an activity list: which nodes are groups, which are entries, and the sub-items 一是…二是… and ①②."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.reading.phrases.activity_titles import IN_WHICH_FORM, NAMES_EVENT, VERBS
from documents.reading.phrases.dates import Calendar, find
from documents.reading.phrases.spans import Flow, Span
from documents.reading.phrases.unit_roles import read_roles
from documents.reading.phrases.units import Register, UnitFound, is_unit, named
from documents.reading.structure.numbered_tree import Node

_BEGINS = r"(?:^|(?<=[。；：\n]))"
_SPOKEN = (
    re.compile(r"(?:^|(?<=[。；，：\n）)”]))(?P<mark>[一二三四五六七八九十]{1,3})是(?!否|指|为了)"),
    re.compile(r"(?:^|(?<=[。；，：\n）)”]))(?P<mark>[一二三四五六七八九十]{1,3})要(?![闻素点求件害职])"),
    re.compile(f"{_BEGINS}第(?P<mark>[一二三四五六七八九十]{{1,3}})[，、]"),
    re.compile(f"{_BEGINS}(?P<mark>首先|其次|再次|然后|最后)，?"),
)
_STEPS = {"首先": "一", "其次": "二", "再次": "三", "然后": "三"}
_CIRCLED = re.compile(r"[①-⑳]")
_ORDER = "一二三四五六七八九十"
_DETAIL = re.compile(
    rf"{IN_WHICH_FORM}|(?:活动|会议|培训|报名|比赛|竞赛|大赛|论坛|讲座|展览|演练|考试|调研|参会|报到)?(?:时间|地点|内容|形式|对象|主题|方式|要求|目的|目标|议程|规模|人员)|(?:参加|参会|参与|主办|承办|协办|责任|牵头|配合|协助|负责|支持)(?:人员|单位|对象|部门)"
)
_DETAILS = re.compile(
    rf"(?:{_DETAIL.pattern})(?:(?:[、和及与])(?:时间|地点|内容|方式|对象|人员|要求))*|"
    "(?:主办|承办|协办|组织)(?:单位)?(?:[、及和与](?:主办|承办|协办|支持)(?:单位)?)*"
)
_GIVES_DETAILS = re.compile(rf"(?:{_DETAIL.pattern})：")
_ORDINAL = re.compile(r"(?:活动|专题|专项|项目|板块|系列|任务|行动)[一二三四五六七八九十\d]{1,3}(?:：|、|\.)")
_ROUND = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:期|轮|批|场|站|次)")
_OF_DETAIL = re.compile("(?:要求|说明|注意事项|标准|条件|规则|须知|办法|流程|议程|内容包括|注)(?:如下)?：?$")
"""What ends so counts what an entry wants or says, and no events of its own: 要求：①…；②…."""
_OWNER = re.compile(r"(?P<name>[^，。；：\n“”《》]{2,45})：")
# names that do not show by their form what they are are taken for units where the list around them is one of units
_PEERS = 3
_DATED = re.compile("\\([^()]*\\d[^()]*[日号月]\\)：?$")
"""The day behind a heading, of all below it: 县教育局（7月7日）."""
_DOES = re.compile(VERBS)
# a group may say in a line or two who is responsible for all of it
_LONG_LEAD = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered entry: its text, the group headings above it, the unit that heads it and the day said with that."""

    number: str
    flow: Flow
    span: Span
    group: Node | None = None
    owner: UnitFound | None = None
    inherited: tuple[UnitFound, ...] = ()
    heads: tuple[UnitFound, ...] = ()
    when: Flow | None = None


def entries_in(nodes: list[Node], register: Register) -> tuple[list[Entry], list[Node]]:
    """Return the entries of a list of nodes in order, and the group headings among them."""
    entries: list[Entry] = []
    groups: list[Node] = []
    _collect(nodes, None, None, register, entries, groups)
    return entries, groups


def _collect(
    nodes: list[Node],
    group: Node | None,
    owner: UnitFound | None,
    register: Register,
    entries: list[Entry],
    groups: list[Node],
) -> None:
    peers = sum(_owner_match(node) is not None for node in nodes)
    for node in nodes:
        if is_group(node):
            groups.append(node)
            heading = _heading_unit(node, register) or owner
            _collect(node.children, node, heading, register, entries, groups)
        else:
            entries.append(_entry(node, group, owner, register, trusted=peers >= _PEERS))


def _heading_unit(node: Node, register: Register) -> UnitFound | None:
    """The unit whose name is all there is of a heading."""
    dated = _DATED.search(node.key)
    name = node.key[: dated.start()] if dated else node.key.rstrip("：")
    verb = _DOES.match(name)
    if (
        _GIVES_DETAILS.match(node.body.text)
        or not is_unit(name, register)
        or (verb and name[verb.end() : verb.end() + 1] not in "部局处科办委")
    ):
        return None
    return UnitFound(node.own.value(0, len(name)), node.own.span(0, len(name)), "lead", "", register.key(name))


def is_group(node: Node) -> bool:
    """A node is a group when nodes stand below it that are not just its details, and it says nothing of its own."""
    if sum(is_detail(child) for child in node.children) * 2 >= len(node.children):
        return False
    own = node.body
    told = find(own, Calendar(2000)) or (len(own) > _LONG_LEAD and read_roles(own, Register()).explicit)
    return not told


def is_detail(node: Node) -> bool:
    """Return whether a node only gives time, place, content … of what stands above it."""
    return node.colon and names_detail(node)


def names_detail(node: Node) -> bool:
    """Return whether the heading of a node is time, place, content … and nothing else."""
    return (_DETAILS.fullmatch(node.key) or _ROUND.fullmatch(node.key)) is not None


def _entry(node: Node, group: Node | None, owner: UnitFound | None, register: Register, *, trusted: bool) -> Entry:
    flow = with_children(node)
    ordinal = _ORDINAL.match(flow.text)
    if ordinal is not None:
        heads = [owner] if owner else []
        span = Span(node.span.start, node.end())
        return Entry(node.number, flow.cut(ordinal.end()), span, group, owner, heads=tuple(heads))
    match = _owner_match(node)
    heads = []
    if match is not None and (trusted or is_unit(match["name"], register)):
        owner = UnitFound(
            flow.value(0, match.end("name")), flow.span(0, match.end("name")), "lead", "", register.key(match["name"])
        )
        heads = named(flow.cut(0, match.end("name")), "lead", "", register) if "、" in match["name"] else []
        flow = flow.cut(match.end())
    elif len(node.body) > 6 and (heading := _heading_unit(node, register)) is not None:
        owner, flow = heading, node.body
    shared = read_roles(group.own, register) if group is not None else None
    inherited = tuple(shared.units) if shared is not None and shared.explicit else ()
    heads = heads or ([owner] if owner else [])
    span = Span(node.span.start, node.end())
    return Entry(node.number, flow, span, group, owner, inherited, tuple(heads), _day_of_unit(group, node, register))


def _day_of_unit(group: Node | None, node: Node, register: Register) -> Flow | None:
    """The day printed behind the unit that heads an entry, or the entries of its group."""
    for heading in (node, group):
        dated = _DATED.search(heading.key) if heading is not None else None
        if heading is not None and dated and _heading_unit(heading, register):
            return heading.own.cut(dated.start(), dated.end())
    return None


def _owner_match(node: Node) -> re.Match[str] | None:
    match = _OWNER.match(node.own.text)
    if _ORDINAL.match(node.own.text) or (match is not None and NAMES_EVENT.search(match["name"])):
        return None
    return None if match is None or _DETAIL.fullmatch(match["name"]) or _DETAIL.match(match["name"]) else match


def with_children(node: Node) -> Flow:
    """The text of a node and of its details below, one flow."""
    signs, at = node.own.text, list(node.own.at)
    for child in node.walk()[1:]:
        signs += "\n" + child.own.text
        at += [child.own.at[0] if child.own.at else at[-1], *child.own.at]
    return Flow(node.own.source, signs, at)


def joined(first: Flow, second: Flow) -> Flow:
    """Return two stretches of one paper as one flow, the second on a line of its own."""
    if not len(first) or not len(second):
        return first if len(first) else second
    return Flow(first.source, f"{first.text}\n{second.text}", [*first.at, second.at[0], *second.at])


@dataclass(frozen=True, slots=True)
class Item:
    """A sub-item: 一是 or ①, and its text; mark "" when the entry is not divided."""

    mark: str
    flow: Flow


def items_of(flow: Flow) -> tuple[Flow, list[Item]]:
    """Return what stands before the sub-items, and the sub-items; without any, nothing and the whole text."""
    marks = next((found for form in _SPOKEN if (found := _spoken(form, flow.text))), []) or _circled(flow.text)
    if len(marks) < 2 or _OF_DETAIL.search(flow.text[: marks[0][0]]):
        return flow.cut(0, 0), [Item("", flow)]
    ends = [start for start, _, _ in marks[1:]] + [len(flow.text)]
    items = [Item(mark, flow.cut(after, end)) for (_, after, mark), end in zip(marks, ends, strict=True)]
    return flow.cut(0, marks[0][0]), items


def _spoken(form: re.Pattern[str], text: str) -> list[tuple[int, int, str]]:
    """The marks 一是, 二是 … of one form as far as they count on from one; fewer than two are none."""
    marks: list[tuple[int, int, str]] = []
    for match in form.finditer(text):
        last = match["mark"] == "最后" and len(marks) > 1
        if last or (len(marks) < len(_ORDER) and _STEPS.get(match["mark"], match["mark"]) == _ORDER[len(marks)]):
            marks.append((match.start(), match.end(), match[0]))
    return marks if len(marks) > 1 else []


def _circled(text: str) -> list[tuple[int, int, str]]:
    marks: list[tuple[int, int, str]] = []
    for match in _CIRCLED.finditer(text):
        if ord(match[0]) - ord("①") == len(marks):
            marks.append((match.start(), match.end(), match[0]))
    return marks

"""The programme of a campaign: which chapters, annexes and tables list activities, and which list tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from documents.reading.phrases.activity_titles import VERBS
from documents.reading.phrases.dates import find
from documents.reading.phrases.spans import Flow, Text
from documents.reading.phrases.unit_roles import read_roles
from documents.reading.structure.chapter_kinds import kind_of
from documents.reading.structure.chapters import Chapter
from documents.reading.structure.dissection import TELL, Paper, Sheet
from documents.reading.structure.numbered_tree import Node, by_days

from . import doubt_messages
from .activities import Context, read_entry
from .draft import Activity, Task
from .list_entries import Entry, entries_in, items_of, names_detail, with_children
from .one_event import one_event
from .table_rows import lists_tasks, rows_of_tables, with_rows

_ANNEX_LIST = re.compile(r"活动|安排|计划|方案|项目|任务|分工|工作")
_NO_LIST = re.compile(r"口号|标语|宣传用语|标识|名单|回执|登记|统计表|申报|推荐表|汇总表|联系|样式|报名|评分|评价")
# a duty to report, or the end of a call: no activity
_NO_ENTRY = re.compile(
    "^(?:原则)?(?:同意|通过)|^(?:会议)?(?:听取|审议|传达|学习|指出|强调|认为|通报)|报送|报至|上报|填报|注册并?登[录陆]|联系人|报[市县区省]|请[^，。；]{0,12}将|发送|发至|反馈|寄送|提交|截[至止](?:日|时间|日期)|(?:投稿|征集|报名|申报|推荐|评选|收稿)(?:截止|时间|日期|期限|起止)"
)
# chapters that list activities when their entries say who or when
_PERHAPS = {"", "focal_point", "measure"}
_VERB_FIRST = re.compile(VERBS)
_PLAN_CHAPTERS = {"theme", "requirement", "guiding_ideology", "org", "period"}


@dataclass
class Programme:
    """Activities, headings that are none, tasks of tables, tasks of the running text, and the nodes they took."""

    activities: list[Activity] = field(default_factory=list)
    headers: list[Text] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    body_tasks: list[Task] = field(default_factory=list)
    taken: list[Node] = field(default_factory=list)
    undated: list[Node] = field(default_factory=list)
    one_event: bool = False
    _ids: set[int] = field(default_factory=set)

    def took(self, node: Node) -> bool:
        """Return whether a node, named alone or below another, became activities or tasks."""
        return id(node) in self._ids

    def spoke_of(self, nodes: list[Node]) -> bool:
        """Return whether one of the nodes was taken without a unit or a date in it."""
        undated = {id(node) for node in self.undated}
        return any(id(node) in undated for node in nodes)

    def take(self, nodes: list[Node]) -> None:
        """Note nodes, with all below them, that became activities or tasks."""
        self.taken.extend(nodes)
        self._ids |= {id(node) for top in nodes for node in top.walk()}


def read_programme(paper: Paper, doc_type: str, title: Text | None, context: Context) -> Programme:
    """Return the programme of a document; an opinion has tasks, but no activities, and what only tells has neither."""
    programme = Programme()
    if doc_type in TELL:
        if doc_type == "bulletin":  # one on an inspection lists what is to be mended
            programme.tasks.extend(rows_of_tables(paper, context)[1])
        return programme
    if doc_type == "opinion":
        _from_tables(paper, programme, context)
        return programme
    has_tasks = lists_tasks(paper)
    for sheet in paper.main:
        _from_chapters(sheet, programme, context, has_tasks=has_tasks)
    for sheet in paper.annexes:
        _from_annex(sheet, paper, programme, context, has_tasks=has_tasks)
    _from_tables(paper, programme, context)
    if not programme.activities and not programme.body_tasks and not has_tasks:
        for sheet in paper.main:
            _from_unnamed(sheet, programme, context)
        if not programme.activities:
            _from_title(paper, title, doc_type, programme, context)
        for sheet in paper.main if not programme.activities else ():
            _from_opening(sheet, paper, programme, context)
    for sheet in paper.main:
        _from_sentences(sheet, programme, context)
    if not programme.activities and not programme.tasks and not programme.body_tasks:
        _from_steps(paper, programme, context)
    return programme


def _from_tables(paper: Paper, programme: Programme, context: Context) -> None:
    """Each row once: an activity where the table lists what is held, else a task."""
    listed, tasks = rows_of_tables(paper, context)
    programme.activities = with_rows(programme.activities, listed)
    programme.tasks.extend(tasks)


def _from_chapters(sheet: Sheet, programme: Programme, context: Context, *, has_tasks: bool) -> None:
    content = any(chapter.kind == "content" and chapter.nodes for chapter in sheet.chapters)
    for chapter in sheet.chapters:
        if chapter.kind == "task" and chapter.nodes and (has_tasks or not content):
            _take(chapter.nodes, programme, context, as_tasks=has_tasks)
        elif _is_call(chapter):
            continue
        elif chapter.kind == "content" and chapter.node is not None:
            _take(chapter.nodes or _divided(chapter.node), programme, context)
        elif chapter.nodes and _says_who(chapter, context):
            _take(chapter.nodes, programme, context)


_STEP = re.compile(
    "(?:组织|自主|材料|作品|单位|专家|网络|现场|形式|资格|结果|社会|推荐)*(?:征集|申报|推荐|报送|投稿|报名|受理|审核|审查|初审|初评|复审|复评|"
    "评审|终审|终评|评选|评比|遴选|公示|公布|发布|表彰|展示|推广|公告|宣传推广)+(?:阶段)?"
)


def _is_call(chapter: Chapter) -> bool:
    """Whether the entries are the steps of a call, from handing in to the award: 申报, 评审, 公示, 发布."""
    steps = sum(_STEP.fullmatch(node.key) is not None for node in chapter.nodes)
    return len(chapter.nodes) > 1 and steps * 3 >= len(chapter.nodes) * 2


def _says_who(chapter: Chapter, context: Context) -> bool:
    """Whether the entries of a chapter that is no list of activities by its heading are such a list all the same."""
    if chapter.kind == "steps":
        return _all_owed(chapter.nodes, context)
    return chapter.kind in _PERHAPS and len(chapter.nodes) > 1 and _mostly_tell(chapter.nodes, context)


def _all_owed(nodes: list[Node], context: Context) -> bool:
    """Whether each of the phases says who is responsible for it."""
    return all(read_roles(with_children(node), context.register).explicit for node in nodes)


def _mostly_tell(nodes: list[Node], context: Context) -> bool:
    """Whether most entries, or the entries below them, name a unit or a date."""
    leaves = [leaf for node in nodes for leaf in node.walk() if not leaf.children]
    return sum(_tells(leaf, context) for leaf in leaves) * 2 > len(leaves)


def _divided(node: Node) -> list[Node]:
    """A chapter without numbered entries whose text counts 一是…二是… is one entry."""
    if days := by_days(node):
        return days
    _, items = items_of(node.body)
    if len(items) < 2:
        return []
    return [Node(node.level, "", node.span, node.lines, node.body)]


def _from_annex(sheet: Sheet, paper: Paper, programme: Programme, context: Context, *, has_tasks: bool) -> None:
    """An annex that lists activities, or that is the plan itself; one that elaborates an activity is left."""
    title = paper.title(sheet.part)
    text = re.sub(r"\s", "", title.value) if title else ""
    if not sheet.tree.nodes or _NO_LIST.search(text) or (text and not _ANNEX_LIST.search(text)):
        return
    if any(chapter.kind in _PLAN_CHAPTERS for chapter in sheet.chapters):
        if not programme.activities:
            _from_chapters(sheet, programme, context, has_tasks=has_tasks)
        return
    if not has_tasks or "活动" in text:
        _take(sheet.tree.nodes, programme, context, told_only=has_tasks)


def _from_unnamed(sheet: Sheet, programme: Programme, context: Context) -> None:
    """A notice whose chapters have no telling headings: those whose entries name dates or units."""
    nodes = [chapter.nodes for chapter in sheet.chapters if chapter.kind == "" and len(chapter.nodes) > 1]
    tops = [node for node in sheet.tree.nodes if not node.children]
    for group in [*nodes, tops if len(tops) > 1 else []]:
        counted = [node for node in group if not _NO_ENTRY.search(node.own.text)]
        told = [node for node in counted if _tells(node, context)]
        if len(told) * 2 >= len(counted) > 0 and (len(counted) > 2 or len(told) == len(counted)):
            _take(told, programme, context)


def _from_title(paper: Paper, title: Text | None, doc_type: str, programme: Programme, context: Context) -> None:
    """A notice that calls to one event."""
    event = one_event(paper, title, doc_type, context)
    if event is not None:
        programme.activities.append(event.activity)
        programme.one_event = event.is_set
        programme.take(event.details)


_ANNOUNCES = re.compile(
    "(?:开展|组织|举办|抓好|做好|推进|落实|安排|以下|下列|如下|重点)[^。；]{0,24}(?:活动|工作|行动|任务|措施|事项|项目)[：。，]?$|"
    "(?:议定|决定|明确)(?:如下|以下事项|事项)?[：。]$"
)


def _from_opening(sheet: Sheet, paper: Paper, programme: Programme, context: Context) -> None:
    """A notice without headings whose text counts what is to be done: 重点开展四个方面的活动：一是…二是…."""
    lines = sheet.tree.before if not sheet.tree.nodes else []
    flow = paper.flow(lines)
    before, items = items_of(flow)
    if len(items) < 2 or not _ANNOUNCES.search(before.text.rstrip("\n")):
        return
    if all(_VERB_FIRST.match(i.flow.text) or read_roles(i.flow, context.register).explicit for i in items):
        last = items[-1].flow
        end = flow.find(last.at[0]) + next((stop for _, stop in last.pieces("\n")), len(last))
        entry = Entry("", flow.cut(len(before), end), flow.span(len(before), end))
        programme.activities.extend(read_entry(entry, context))
        taken = [line for line in lines if entry.span.covers(line.span)]
        programme.take([Node(1, "", entry.span, taken, entry.flow)])


_HELD = re.compile("(?:定于|拟于|将于|计划于)(?=[^。；]{4,60}(?:召开|举办|举行))")


def _from_sentences(sheet: Sheet, programme: Programme, context: Context) -> None:
    """A chapter of plain text that sets an event for a day: 某办定于6月5日在某厅举办培训会."""
    for chapter in sheet.chapters:
        if chapter.node is None or chapter.nodes or programme.took(chapter.node) or chapter.kind in _PLAN_CHAPTERS:
            continue
        body = chapter.node.body
        for start, end in body.pieces("。；\n"):
            set_for = _HELD.search(body.text, start, end)
            said = body.cut(start, end)
            days = find(said, context.calendar) if set_for else []
            if days and days[0].precision == "day" and days[0].start == days[0].end:
                programme.activities.extend(read_entry(Entry("", _after_aim(said), said.whole()), context))


def _from_steps(paper: Paper, programme: Programme, context: Context) -> None:
    """Where nothing else is to be done, the steps are what is: each with its days, most with who takes them."""
    for chapter in (chapter for sheet in paper.main for chapter in sheet.chapters if chapter.kind == "steps"):
        flows = [with_children(node) for node in chapter.nodes]
        dated = all(find(flow, context.calendar) for flow in flows)
        who = sum(bool(read_roles(flow, context.register).units) for flow in flows)
        if len(flows) > 1 and dated and who * 2 > len(flows):
            _take(chapter.nodes, programme, context)


def _after_aim(sentence: Flow) -> Flow:
    """A sentence without the clause that says what it is for: 为帮助申报单位…，."""
    aim = re.match("(?:为|为了|根据|按照)[^，]*，", sentence.text)
    return sentence.cut(aim.end()) if aim else sentence


def _tells(node: Node, context: Context) -> bool:
    """Whether an entry says who or when (and is no duty to report)."""
    kind = "" if node.key.startswith("由") else kind_of(node.key)
    heads = kind and not (kind == "content" and _VERB_FIRST.match(node.key))
    if names_detail(node) or heads or _NO_ENTRY.search(node.own.text):
        return False
    return bool(find(node.own, context.calendar)) or read_roles(node.own, context.register).explicit


def _take(
    nodes: list[Node], programme: Programme, context: Context, *, as_tasks: bool = False, told_only: bool = False
) -> None:
    entries, groups = entries_in(nodes, context.register)
    activities = [activity for entry in entries for activity in read_entry(entry, context)]
    activities = _shared_in_groups(activities)
    told = [activity for activity in activities if activity.units or activity.dates]
    if told_only and len(told) * 2 < len(activities):
        return
    programme.take(nodes)
    if as_tasks:
        programme.body_tasks.extend(_as_task(activity) for activity in activities)
        return
    programme.activities.extend(activities)
    programme.headers.extend(Text(node.heading, node.own.span(0, node.heading_end)) for node in groups)
    programme.headers.extend(parent for parent in dict.fromkeys(a.parent for a in activities) if parent is not None)
    if not told:
        programme.undated.extend(nodes)


def _shared_in_groups(activities: list[Activity]) -> list[Activity]:
    """责任单位 on a line of its own behind the last entry of a group is said of all its entries, when none has any."""
    shared: list[Activity] = []
    for _, members in groupby(activities, key=lambda activity: activity.group.span if activity.group else None):
        block = list(members)
        last = block[-1]
        if len(block) > 1 and last.group and last.units and not any(activity.units for activity in block[:-1]):
            units = tuple(replace(unit, confidence=0.6) for unit in last.units if unit.cue.endswith(("单位", "部门")))
            kept = [doubt for doubt in last.doubts if doubt != doubt_messages.NO_LEAD]
            block = [replace(a, units=units, doubts=tuple(kept)) if units else a for a in block[:-1]] + [last]
        shared.extend(block)
    return shared


def _as_task(activity: Activity) -> Task:
    return Task(
        title=activity.title,
        span=activity.span,
        number=activity.number,
        responsible=activity.led_by(),
        assisting=activity.assisted_by(),
        dates=activity.dates,
        targets=activity.targets,
        confidence=activity.confidence,
        doubts=activity.doubts,
    )

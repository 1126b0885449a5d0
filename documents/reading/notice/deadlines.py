"""What the addressees owe, by when and to whom: 请于10月15日前将总结报…, 提前1周, 3个工作日内, 每年12月20日前."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from documents.numerals import small
from documents.reading.phrases.dates import DateFound, due, find, names_an_hour, working_days_from
from documents.reading.phrases.spans import Flow
from documents.reading.phrases.units import Register, UnitFound, is_unit, named, split_list

from . import doubt_messages
from .activities import Context
from .draft import Deadline

_DAYS = {"周": 7, "星期": 7, "月": 30}
_MANY = 12  # a sentence with more dates is no duty
_WINDOW = 200
WorkingDay = Callable[[date], bool]

_REPORT = (
    r"(?:报送至|报送到|报送给|报送|上报至|上报|报备|报至|报到|填报|呈报|反馈至|反馈给|反馈|提交至|提交到|提交给|提交|递交|交至|发送至|发送到|发送|发至|寄送|寄至|"
    r"传至|传真至|传真到|上传至|上传到|邮寄至|邮寄到|回传|函告|告知|回复|备案|通报|返回|汇总|送至|送交|报(?=[^道刊告废名送备价考批社销警表上到至给喜])|报$)"
)
_REPORT_RE = re.compile(_REPORT)
_CONTACT_VERB = re.compile(r"与(?P<to>[^，。；：]{2,20}?)(?:进行)?(?:联系|对接|沟通)")
_N = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
_RELATIVE = re.compile(
    rf"(?P<anchor>[^，。；：\n]{{0,24}}?)(?P<rel>提前(?P<n1>{_N})(?P<u1>个?(?:工作日|天|日|周|星期|月))|"
    rf"(?:(?:结束|完成|举办|开展|召开|收到|印发|接到|下发)[^，。；：\n]{{0,10}}(?:后|之日起)的?)?(?P<n2>{_N})(?P<u2>个?(?:工作日|天|日|周|星期|月))(?:以|之)?内|"
    rf"(?:开始|举办|召开|开展|举行)前(?P<n3>{_N})(?P<u3>个?(?:工作日|天|日|周|星期)))"
)
_RECURRING = re.compile(
    rf"(?P<text>每(?P<every>年|季度?|月|周|半月|两周|旬|半年)(?:度)?"
    rf"(?P<at>(?:{_N}月)?{_N}[日号]|[一二三四五六日天五]|末|底|初|结束后{_N}个?工作?日内)?"
    rf"(?:下班|\d{{1,2}}[时点：]\d{{0,2}}分?)?(?P<by>前|之前|内)?(?:{_N}个?(?:工作)?[日天]内)?)"
)
_ITEM_BY = re.compile(
    r"(?:将|把)(?P<item>[^。；]{2,80}?)(?:，?(?:一并|统一|及时|分别|以[^，。；]{2,20}(?:形式|方式)|经[^，。；]{2,20}后|通过[^，。；]{2,20}))*$"
)
_ITEM_EARLY = re.compile(r"(?:将|把)(?P<item>[^，。；]{2,60}?)(?:，|请|务必|并|统一)*(?:最迟)?(?:于|在)?$")
_ITEM_TOPIC = re.compile(
    r"(?:^|[，；、]|并|请)(?:\([^()]{1,3}\)|\d{1,2}[.、])?(?:(?:请?各地)?请?各(?:单位|部门|地区?|县区|乡镇|街道|成员单位|责任单位|有关单位|科室)的?)?"
    r"(?P<item>[^，。；、]{2,40}?(?:、[^，。；、]{2,20}?)*?)"
    r"(?:，(?:请|务必|统一|应|须|最迟|于|在)*|(?:请|务必|统一|应|须|最迟)+(?:于|在)?|(?:于|在))$"
)
_ITEM_AFTER = re.compile(r"(?P<item>[^，。；\n]{2,60})")
_GIVES = re.compile(r"送|提交|上报|反馈|填报|报备|递交|报$|回传|函告|传真")
_KINDS = (
    ("nominee_list", r"名单|联络员(?!.*表)|人员$"),
    ("registration", r"回执|登记表|报名|此表|附表|表格|申请表|推荐表"),
    ("summary", r"总结|综合情况|小结|评估报告|情况报告"),
    ("plan", r"方案|计划|安排"),
    ("case", r"案例"),
    ("progress", r"进展|进度|情况"),
    ("material", r"材料|资料|照片|图片|视频|作品|信息|动态|报道"),
)
_SENDER = re.compile(
    r"(?:请)?(?P<from>(?:各|全|市|县|区|省)[^，。；：\n]{1,40}?)"
    r"(?=(?:务必|请|应|要|须|需|分别|统一|于|在|将|每|指定|也|可|负责|按|及时|认真|必须|$))"
)
_TO_AFTER = re.compile(
    r"(?:我|本)?(?P<to>[^，。；\n“”]{2,40}?)(?=(?:邮箱|汇总|备案|审核|审定|统一|[，。；\n：]|并|\((?:传真|联系|邮箱|电话|地址|附)|$))"
)
_TO_BEFORE = re.compile(r"向(?P<to>[^，。；向]{2,30})$")
_OFFICE = re.compile(r"(?:局|委|办|办公室|部|厅|处|科|会|中心|小组|府|院|所|单位|室|部门|股|站)(?:\(.*\))?$")
_FOR_WHAT = re.compile("(?:备案|汇总|审核|审定|存档|备查)$")
_EVENT = re.compile(r"(?:每[项场次个]|各项|本次|本)?(?:活动)?$")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Days from which a relative deadline is counted: the date of issue, and dated events of the same part."""

    issued: date | None
    events: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that set a date, at begin:end of a sentence."""

    begin: int
    end: int
    day: DateFound | None = None
    recurring: str = ""
    relative: re.Match[str] | None = None


def kind_of_filing(name: str) -> str:
    """Return what a filing of this name is: summary, plan, case, nominee_list, registration, … or other."""
    return next((kind for kind, form in _KINDS if re.search(form, name)), "other")


def find_deadlines(
    flow: Flow, context: Context, anchors: Anchors, is_working_day: WorkingDay, *, annex: str = ""
) -> list[Deadline]:
    """Return the reporting duties of a stretch of text."""
    found: list[Deadline] = []
    for start, end in flow.pieces("。\n"):
        sentence = flow.cut(start, end)
        marks = _marks(sentence, context)
        built = [_duty(sentence, marks, index) for index in range(len(marks))]
        duties = [(mark, duty) for mark, duty in zip(marks, built, strict=True) if duty is not None]
        known = next((duty.to for _, duty in duties if duty.to), ())
        for mark, duty in duties:
            settled = _settled(replace(duty, to=duty.to or known, annex=annex), mark)
            found.append(_resolved(settled, mark, anchors, is_working_day))
    return found


def _marks(flow: Flow, context: Context) -> list[_Mark]:
    """The dates, terms and rhythms of a sentence in order, none within another."""
    if not (_REPORT_RE.search(flow.text) or _CONTACT_VERB.search(flow.text)):
        return []
    marks = [
        _Mark(*match.span(), recurring=match[0])
        for match in _RECURRING.finditer(flow.text)
        if _sets_rhythm(flow.text, match)
    ]
    for day in find(flow, context.calendar):
        begin, end = flow.find(day.span.start), flow.find(day.span.end - 1) + 1
        if _is_due(flow.text, begin, end, day):
            marks.append(_Mark(begin, end, day=day if day.relation == "by" else due(day)))
    for match in _RELATIVE.finditer(flow.text):
        begin, end = match.span("rel")
        event = _EVENT.search(flow.text[max(0, begin - 8) : begin])
        marks.append(_Mark(begin - len(event[0]) if event else begin, end, relative=match))
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.begin, -mark.end)):
        if not kept or mark.begin >= kept[-1].end:
            kept.append(mark)
    return kept[:_MANY]


def _sets_rhythm(text: str, match: re.Match[str]) -> bool:
    """每月5日前…, 每季度末将…报: a rhythm of reporting, not of doing."""
    return bool(match["by"]) or (bool(match["at"]) and re.match("将|报送|上报|向", text[match.end() :]) is not None)


def _is_due(text: str, begin: int, end: int, day: DateFound) -> bool:
    """A cut-off: X前, X下班前, 截止X, 于X将…报, X报送."""
    if day.relation == "by":
        return True
    if re.search(r"(?:截止|截至|最迟|不迟于|不晚于)(?:时间|日期)?(?:为|是|：|到|至|于)?$", text[:begin]):
        return True
    if re.match(r"(?:统一|分别|一并)?(?:报送|上报|提交)", text[end:]):
        return True
    return re.match(r"[^，。；]{0,4}(?:将|报送|上报)", text[end:]) is not None and text[:begin].endswith(("于", "在"))


def _duty(flow: Flow, marks: list[_Mark], index: int) -> Deadline | None:
    """The duty of a mark; None when no word of reporting goes with it."""
    mark = marks[index]
    own_end = marks[index + 1].begin if index + 1 < len(marks) else len(flow)
    verb = _REPORT_RE.search(flow.text, mark.end, own_end)
    if verb is None:
        contact = _CONTACT_VERB.search(flow.text, mark.end, min(own_end, mark.end + 40))
        if contact is not None:
            return _made(flow, mark, contact.span(), named(flow.cut(*contact.span("to")), "other", "", Register()))
        open_ended = re.match("[^，。]*将|[、，和及以]?[^，。；]{2,30}$", flow.text[mark.end : own_end])
        verb = _REPORT_RE.search(flow.text, own_end) if open_ended and own_end < len(flow) else None
        verb = verb or _verb_before(flow, marks, index)
    if verb is None or verb[0] == "通报":
        return None
    return _made(flow, mark, _item(flow, marks, index, verb, own_end), _recipient(flow, mark, verb))


def _verb_before(flow: Flow, marks: list[_Mark], index: int) -> re.Match[str] | None:
    """报送截止时间为X: the verb stands before the date."""
    start = marks[index - 1].end if index else 0
    late = re.search("截止|截至|最迟|不迟于|不晚于", flow.text[start : marks[index].begin])
    return _REPORT_RE.search(flow.text, start, marks[index].begin) if late else None


def _made(flow: Flow, mark: _Mark, item: tuple[int, int] | None, to: list[UnitFound]) -> Deadline:
    start = max(flow.text.rfind("；", 0, mark.begin) + 1, 0)
    sender = _SENDER.search(flow.text, max(start, mark.begin - _WINDOW), mark.begin)
    name = flow.value(*item) if item else ""
    return Deadline(
        item=name,
        kind=kind_of_filing(name),
        text=flow.value(mark.begin, mark.end),
        span=flow.span(mark.begin, mark.end),
        source=flow.span(start, len(flow)),
        date=mark.day,
        recurring=mark.recurring,
        sender=sender["from"] if sender else "",
        before=flow.value(start, mark.begin) if start < mark.begin else "",
        to=tuple(to),
    )


def _item(flow: Flow, marks: list[_Mark], index: int, verb: re.Match[str], own_end: int) -> tuple[int, int] | None:
    """What is to be handed in: 将X报, X，请于…报, 报送X, or X报送截止…."""
    mark = marks[index]
    before = marks[index - 1].end if index else 0
    if verb.end() <= mark.begin:
        said = re.search(r"[^，。；]{2,40}$", flow.text[before : verb.start()])
        return _trimmed(flow.text, before + said.start(), before + said.end()) if said else None
    inside = _ITEM_BY.search(flow.text[mark.end : min(verb.start(), own_end)])
    if inside is not None:
        return _trimmed(flow.text, mark.end + inside.start("item"), mark.end + inside.end("item"))
    early = _ITEM_EARLY.search(flow.text[before : mark.begin])
    if early is not None and not _REPORT_RE.search(early["item"]):
        return _trimmed(flow.text, before + early.start("item"), before + early.end("item"))
    after = _ITEM_AFTER.match(flow.text, verb.end(), own_end)
    gives = _GIVES.search(verb[0]) and not verb[0].endswith(("至", "到", "给"))
    if after is not None and gives and not _names_offices(flow.cut(*after.span("item"))):
        return _trimmed(flow.text, *after.span("item"))
    topic = _ITEM_TOPIC.search(flow.text[before : mark.begin])
    if topic is not None and not _only_names(topic["item"]):
        return _trimmed(flow.text, before + topic.start("item"), before + topic.end("item"))
    return None


def _only_names(text: str) -> bool:
    """Who hands in, not what: 各镇街、各部门."""
    return all(is_unit(name) for name in re.split("[、，和及]", text) if name)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a remark in brackets at the end: 名单（附件2）."""
    bracket = re.search(r"\((?:详?见)?附[件表]?\d*[^()]*\)$", text[start:end])
    tail = re.search(r"[、，并和及]+$", text[start : start + bracket.start() if bracket else end])
    end = start + bracket.start() if bracket else end
    return start, end - (len(tail[0]) if tail else 0)


def _recipient(flow: Flow, mark: _Mark, verb: re.Match[str]) -> list[UnitFound]:
    """报A, 报送至A和B, 向A报送…"""
    left = max(0, verb.start() - 34)
    before = _TO_BEFORE.search(flow.text[left : verb.start()])
    if before is not None:
        return named(flow.cut(left + before.start("to"), left + before.end("to")), "other", verb[0], Register())
    after = _TO_AFTER.match(flow.text, verb.end())
    if after is None:
        return []
    cut = flow.cut(*after.span("to"))
    if not _names_offices(cut):
        return []
    return [_bare(unit) for unit in named(cut, "other", verb[0], Register())]


def _names_offices(cut: Flow) -> bool:
    names = [_FOR_WHAT.sub("", cut.text[a:b]) for a, b in split_list(cut)]
    return bool(names) and all(_OFFICE.search(name) for name in names)


def _bare(unit: UnitFound) -> UnitFound:
    """A recipient without the explanation in brackets behind it."""
    return replace(unit, name=re.sub(r"[（(][^（）()]*[）)]$", "", unit.name))


def _settled(duty: Deadline, mark: _Mark) -> Deadline:
    """State what is doubtful about a duty."""
    doubt = "" if duty.to else doubt_messages.NO_RECIPIENT
    if mark.day is not None and mark.day.start is None:
        doubt = doubt_messages.NO_YEAR
    elif mark.day is not None and doubt_messages.weekday_differs(mark.day):
        doubt = doubt_messages.WEEKDAY
    elif mark.day is not None and names_an_hour(mark.day):
        doubt = doubt_messages.HOUR
    return replace(duty, doubt=doubt, confidence=0.7 if doubt or not duty.item else 1.0)


def _resolved(duty: Deadline, mark: _Mark, anchors: Anchors, is_working_day: WorkingDay) -> Deadline:
    """Compute what days a relative term comes to, and say how."""
    if mark.relative is None:
        return duty
    groups = mark.relative.groupdict()
    count = small(groups["n1"] or groups["n2"] or groups["n3"]) or 0
    unit = (groups["u1"] or groups["u2"] or groups["u3"]).removeprefix("个")
    ahead = groups["n2"] is None
    received = re.search("收到|印发|接到|下发", duty.text) is not None
    bases = anchors.events if ahead or not received else (anchors.issued,) if anchors.issued else ()
    days = tuple(_count(day, count, unit, ahead, is_working_day) for day in bases)
    shown = count * _DAYS.get(unit, 1)
    how = f"{shown} {'working day' if unit == '工作日' else 'day'}(s) {'before' if ahead else 'after'}"
    return replace(duty, relative=duty.text, resolved=days, how=how, doubt=doubt_messages.RELATIVE, confidence=0.6)


def _count(day: date, count: int, unit: str, ahead: bool, is_working_day: WorkingDay) -> date:
    if unit == "工作日":
        return working_days_from(day, -count if ahead else count, is_working_day)
    step = _DAYS.get(unit, 1) * count
    return day + timedelta(days=-step if ahead else step)

"""What the addressees owe, by when and to whom: 请于10月15日前将总结报…, 提前1周, 3个工作日内, 每年12月20日前."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from documents.numerals import small
from documents.reading.phrases.dates import DateFound, due, find, names_an_hour, working_days_from
from documents.reading.phrases.spans import Flow, Span
from documents.reading.phrases.units import Register, UnitFound, is_unit, named, split_list

from . import doubt_messages
from .activities import Context
from .draft import Deadline

_DAYS = {"周": 7, "星期": 7, "月": 30}
_MANY = 12  # a sentence with more dates is no duty
_WINDOW = 200
WorkingDay = Callable[[date], bool]

_REPORT = (
    r"(?:报送至|报送到|报送给|报送|上报至|上报|报备|报至|报到|填报|呈报|反馈至|反馈给|反馈(?!表|单)|提交至|提交到|提交给|提交|递交|交至|发送至|发送到|发送|发至|寄送|寄至|"
    r"传至|传真至|传真到|传真给|传真|上传至|上传到|邮寄至|邮寄到|寄到|回传|函告|告知|回复|备案(?!表)|通报|返回|汇总(?!表)|送至|送到|送交|交到|发到|"
    r"报名(?![表费者人方条范须])|送(?=[省市县区州厅局委办学院校公处科])|(?<![汇简日海快专])报(?=[^道刊告废名送备价考批社销警表上到至给喜请纸业数])|报$)"
)
_REPORT_RE = re.compile(f"{_REPORT}(?:(?:或者?|并|及|和|、){_REPORT})*")
_NAMES_SOMEBODY = re.compile(
    r"(?:确定|明确|指定|选派|选定|推荐|推选)(?:[一二两三四五六七八九十\d]{1,3}[名位个])?(?P<item>[^，。；将]{0,12}?"
    r"(?:联络员|联络人|联系人|负责人|责任人|信息员|通讯员|候选人|代表)(?:名单)?(?:\([^()]{1,12}\))?)(?!负责|将|对接|组织|参加)"
)
_CALL = re.compile("征集|投稿|报名|申报|推荐|评选|受理|收稿|来稿|征稿|提交|报送|反馈|上报")
_CUT_OFF = re.compile(r"(?:截止|截至|截稿|最迟|不迟于|不晚于)(?:时间|日期|日)?(?:为|是|：|到|至|于)*$")
_CONTACT_VERB = re.compile(r"与(?P<to>[^，。；：]{2,20}?)(?:进行)?(?:联系|对接|沟通)")
_N = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
_RELATIVE = re.compile(
    rf"(?P<anchor>[^，。；：\n]{{0,24}}?)(?P<rel>提前(?P<n1>{_N})(?P<u1>个?(?:工作日|天|日|周|星期|月))|"
    rf"(?:(?:结束|完成|举办|开展|召开|收到|印发|接到|下发)[^，。；：\n]{{0,10}}(?:后|之日起)的?)?(?P<n2>{_N})(?P<u2>个?(?:工作日|天|日|周|星期|月))(?:以|之)?内|"
    rf"(?:开始|举办|召开|开展|举行)前(?P<n3>{_N})(?P<u3>个?(?:工作日|天|日|周|星期)))"
)
_RECURRING = re.compile(
    rf"(?P<text>每(?P<every>年|季度?|月|周|半月|两周|旬|半年)(?:度)?"
    rf"(?P<at>(?:{_N}月|[首末]月|第{_N}个月)?{_N}[日号]|[一二三四五六日天五]|末|底|初|结束后{_N}个?工作?日内)?"
    rf"(?:[上下]午)?(?:下班|\d{{1,2}}[时点：]\d{{0,2}}分?)?(?P<by>前|之前|内)?(?:{_N}个?(?:工作)?[日天]内)?)"
)
_ITEM_BY = re.compile(
    r"(?:将|把)(?P<item>[^。；]{2,80}?)(?:，?(?:一并|统一|及时|分别|打包|盖章后|以[^，。；]{2,20}(?:形式|方式)|经[^，。；]{2,20}后|通过[^，。；]{2,20}))*$"
)
_ITEM_DONE = re.compile(
    r"(?:填写|填报|填好|形成|制定|编制|撰写|梳理|汇总(?!表)|下载)(?P<item>[^，。；]{2,40}?)(?:，|并|后|再|盖章|统一|及时|一并|以[^，。；]{2,12}形式)*$"
)
_ITEM_EARLY = re.compile(r"(?:将|把)(?P<item>[^，。；]{2,60}?)(?:，|请|务必|并|统一)*(?:最迟)?(?:于|在)?$")
_ITEM_TOPIC = re.compile(
    r"(?:^|[，；、]|并|请)(?:\([^()]{1,3}\)|\d{1,2}[.、])?(?:(?:请?各地)?请?各(?:单位|部门|地区?|县区|乡镇|街道|成员单位|责任单位|有关单位|科室)的?)?"
    r"(?P<item>[^，。；、]{2,40}?(?:、[^，。；、]{2,20}?)*?)"
    r"(?:，(?:请|务必|统一|应|须|最迟|于|在)*|(?:请|务必|统一|应|须|最迟)+(?:于|在)?|(?:于|在))$"
)
_ITEM_MADE = re.compile(
    r"(?:形成|撰写|编写|填写|填好|填报|汇总|整理|报送|提交|上报)(?P<item>[^，。；、]{2,40}(?:，(?:连同|并附|附)[^，。；]{2,30})?)"
    r"(?:，|并|请|务必|须|应|最迟)*(?:于|在)?$"
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
    r"(?:(?P<thing>[^，。；\n]{2,60}?)(?:报送|送|发送)?[至到给])??(?P<to>[^，。；\n“”]{2,40}?)"
    r"(?=(?:指定)?(?:电子|工作|官方|OA)?(?:邮箱|信箱|邮件)|汇总|备案|审核|审定|统一|存档|备查|[，。；\n：]|并|或(?:传真|邮寄|发)|\((?![市县区州旗、])|"
    r"电话|传真|联系|$)"
)
_TO_BEFORE = re.compile(r"向(?P<to>[^，。；向]{2,30})$")
_OFFICE = re.compile(
    r"(?:局|委|办|办公室|部|厅|处|科|会|中心|小组|府|院|所|单位|室|部门|股|站|集团|公司|校|系|学院|大学|厂|协会|科协|妇联|工商联|残联|文联|侨联|海关|队|组|社|台)(?:\(.*\))?$"
)
_FORWARD = re.compile(
    r"^(?:请)?(?:以上|上述|有关|相关|所有|各类)(?:有关|相关|各项|各类)?(?:材料|资料|表格|报表|信息|名单|文件|总结|表|情况|内容)[^，。；]{0,12}?"
)
"""A sentence that says to whom what was asked before is sent: 上述材料报送…."""
_FOR_WHAT = re.compile("(?:备案|汇总|审核|审定|存档|备查)$")
_EVENT = re.compile(
    "(?:每[项场次个]|各项|本次|本)?"
    "(?:“?(?:宣传|活动|质量|安全|安全生产|科技|科普)(?:宣传|活动)?[周月]”?(?:活动)?|活动|培训|会议|比赛|竞赛|检查)?(?:全部)?(?:结束之?后|结束)?$"
)
_ENDED = re.compile(
    "(?:活动|质量月|安全月|宣传月|活动周|科技周|会议|培训|工作|比赛|竞赛|展览|检查|整改)(?:全部)?(?:结束|完成)(?:之?后|时)?(?=[，请将由]|各|及时|须|应|要|即)"
)
_WEEKDAY = re.compile(
    "(?P<week>[本这下])周(?P<day>[一二三四五六日天])(?:下班|[上下]午|\\d{1,2}[：时点]\\d{0,2})*(?:之|以)?前"
)
_MONTH_END = re.compile("(?<![\\d一二三四五六七八九十])(?P<month>[本下]?)月(?:底|末)(?:之|以)?前")
_FEASTS = {"国庆": (10, 1), "元旦": (1, 1), "劳动": (5, 1), "五一": (5, 1), "十一": (10, 1)}
_FEAST = re.compile(
    "(?P<feast>国庆|元旦|劳动|五一|十一|春节|中秋|端午|清明)(?:节|假期|长假|小长假)*(?:放假)?(?:之|以)?前(?!夕|后)"
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Days from which a relative deadline is counted: the date of issue, and dated events of the same part."""

    issued: date | None
    events: tuple[date, ...] = ()
    ended: date | None = None
    collected: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term counted from a day: how many units of days, before or after, and from which days; or the days it is."""

    count: int = 0
    unit: str = "天"
    ahead: bool = False
    base: str = "event"
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that set a date, at begin:end of a sentence."""

    begin: int
    end: int
    day: DateFound | None = None
    recurring: str = ""
    relative: _Term | None = None


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
        found = _forwarded(found, sentence)
        marks = _marks(sentence, context, anchors)
        built = [_duty(sentence, marks, index, anchors) for index in range(len(marks))]
        duties = [(mark, duty) for mark, duty in zip(marks, built, strict=True) if duty is not None]
        known = next((duty.to for _, duty in duties if duty.to), ())
        duties = _shared_out(sentence, duties)
        for mark, duty in duties:
            settled = _settled(replace(duty, to=duty.to or known, annex=annex), mark)
            found.append(_resolved(settled, mark, anchors, is_working_day))
    return found


def _shared_out(sentence: Flow, duties: list[tuple[_Mark, Deadline]]) -> list[tuple[_Mark, Deadline]]:
    """X前、Y前分别将A和B报C: as many things as days, one for each day."""
    marks = [mark for mark, _ in duties]
    joints = [sentence.text[one.end : other.begin] for one, other in pairwise(marks)]
    if not joints or not all(re.fullmatch("[、，和及]", joint) for joint in joints):
        return duties
    if not sentence.text.startswith("分别", marks[-1].end):
        return duties
    items = re.split("[、和及]", duties[-1][1].item)
    if len(items) != len(duties):
        return duties
    return [
        (mark, replace(duty, item=item, kind=kind_of_filing(item), to=duties[-1][1].to))
        for (mark, duty), item in zip(duties, items, strict=True)
    ]


def _forwarded(found: list[Deadline], sentence: Flow) -> list[Deadline]:
    """上述材料报送A和B: whom the duties before this sentence are due to, where they did not say it themselves."""
    lead = _FORWARD.match(sentence.text) if found else None
    verb = _REPORT_RE.search(sentence.text, lead.end()) if lead else None
    to = _recipient(sentence, verb) if verb is not None and verb.start() < 40 else []
    if not to:
        return found
    doubt = doubt_messages.NO_RECIPIENT
    *others, last = found
    found = [*others, replace(last, source=Span(last.source.start, sentence.whole().end))]
    return [
        duty if duty.to else replace(duty, to=tuple(to), doubt="" if duty.doubt == doubt else duty.doubt)
        for duty in found
    ]


def _marks(flow: Flow, context: Context, anchors: Anchors) -> list[_Mark]:
    """The dates, terms and rhythms of a sentence in order, none within another."""
    told = (_REPORT_RE, _CONTACT_VERB, _NAMES_SOMEBODY)
    if not any(form.search(flow.text) for form in told) and not (_CALL.search(flow.text) and "截" in flow.text):
        return []
    marks = [
        _Mark(*match.span(), recurring=match[0])
        for match in _RECURRING.finditer(flow.text)
        if _sets_rhythm(flow.text, match)
    ]
    for day in find(flow, context.calendar):
        begin, end = flow.find(day.span.start), flow.find(day.span.end - 1) + 1
        if _is_due(flow.text, begin, end, day):
            word = re.search("截[至止](?:到|至)?$", flow.text[:begin])
            begin = word.start() if word else begin
            marks.append(_Mark(begin, end, day=day if day.relation == "by" else due(day)))
    for match in _RELATIVE.finditer(flow.text):
        begin, end = match.span("rel")
        event = _EVENT.search(flow.text[max(0, begin - 12) : begin])
        marks.append(_Mark(begin - len(event[0]) if event else begin, end, relative=_term(match)))
    marks += _worded(flow.text, context, anchors)
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.begin, -mark.end)):
        if not kept or mark.begin >= kept[-1].end:
            kept.append(mark)
    return kept[:_MANY]


def _term(match: re.Match[str]) -> _Term:
    """The term of 提前1周, 结束后5个工作日内, 收到通知3日内."""
    groups = match.groupdict()
    count = small(groups["n1"] or groups["n2"] or groups["n3"]) or 0
    unit = (groups["u1"] or groups["u2"] or groups["u3"]).removeprefix("个")
    ahead = groups["n2"] is None
    said = match["anchor"] + match["rel"]
    base = "issue" if not ahead and re.search("收到|印发|接到|下发|发布|通知之日", said) else "event"
    return _Term(count, unit, ahead, "end" if not ahead and re.search("结束|完成", said) else base)


def _worded(text: str, context: Context, anchors: Anchors) -> list[_Mark]:
    """Days said in words: 活动结束后, 本周五前, 月底前, 国庆节前."""
    marks = [_Mark(*match.span(), relative=_Term(base="end")) for match in _ENDED.finditer(text)]
    issued, year = anchors.issued, context.calendar.year
    for match in _WEEKDAY.finditer(text):
        days = "一二三四五六日".find(match["day"].replace("天", "日")) + (7 if match["week"] == "下" else 0)
        day = (issued + timedelta(days=days - issued.weekday()),) if issued else ()
        marks.append(_Mark(*match.span(), relative=_Term(base="fixed", days=day)))
    for match in _MONTH_END.finditer(text):
        month = issued.replace(day=28) + timedelta(days=4) if issued else None
        if month is not None and match["month"] == "下":
            month = month.replace(day=28) + timedelta(days=4)
        day = (month.replace(day=1) - timedelta(days=1),) if month else ()
        marks.append(_Mark(*match.span(), relative=_Term(base="fixed", days=day)))
    for match in _FEAST.finditer(text):
        at = _FEASTS.get(match["feast"])
        own = context.calendar.year_of(at[0]) if at and year is not None else None
        if at and own is not None and issued is not None and date(own, *at) <= issued:
            own += 1
        eve = (date(own, *at) - timedelta(days=1),) if at and own is not None else ()
        marks.append(_Mark(*match.span(), relative=_Term(base="fixed", days=eve)))
    return marks


def _sets_rhythm(text: str, match: re.Match[str]) -> bool:
    """每月5日前…, 每季度末将…报: a rhythm of reporting, not of doing."""
    return bool(match["by"]) or (bool(match["at"]) and re.match("将|报送|上报|向", text[match.end() :]) is not None)


def _is_due(text: str, begin: int, end: int, day: DateFound) -> bool:
    """A cut-off: X前, X下班前, 截止X, 于X将…报, X报送."""
    if day.relation == "by":
        return True
    if _CUT_OFF.search(text[:begin]):
        return True
    if re.match(r"(?:统一|分别|一并)?(?:报送|上报|提交)", text[end:]):
        return True
    return re.match(r"[^，。；]{0,4}(?:将|报送|上报)", text[end:]) is not None and text[:begin].endswith(("于", "在"))


def _duty(flow: Flow, marks: list[_Mark], index: int, anchors: Anchors) -> Deadline | None:
    """The duty of a mark; None when no word of reporting goes with it."""
    mark = marks[index]
    own_end = marks[index + 1].begin if index + 1 < len(marks) else len(flow)
    verb = _REPORT_RE.search(flow.text, mark.end, own_end)
    person = _NAMES_SOMEBODY.search(flow.text, mark.end, own_end)
    if person is not None and (verb is None or person.start() < verb.start()):
        between = flow.text[person.end() : verb.start()] if verb is not None else ""
        joined = verb is not None and (len(between) < 12 or re.search("[并，]", between))
        to = _recipient(flow, verb) if verb is not None and joined else []
        return _made(flow, mark, person.span("item"), to)
    if verb is None:
        contact = _CONTACT_VERB.search(flow.text, mark.end, min(own_end, mark.end + 40))
        if contact is not None:
            return _made(flow, mark, contact.span(), named(flow.cut(*contact.span("to")), "other", "", Register()))
        open_ended = re.match("、|[^，。]*将|[、，和及以]?[^，。；]{2,30}$", flow.text[mark.end : own_end])
        verb = _REPORT_RE.search(flow.text, own_end) if open_ended and own_end < len(flow) else None
        verb = verb or _verb_before(flow, marks, index)
    if verb is None:
        return _called(flow, mark, anchors)
    if verb[0] == "报名":
        return replace(_made(flow, mark, verb.span(), []), kind="registration")
    if verb[0] == "通报":
        return None
    return _made(flow, mark, _item(flow, marks, index, verb, own_end), _recipient(flow, verb))


_COLLECTED = re.compile(
    r"征集(?!时间|截止|期限|方式|对象|范围|要求|办法|内容|活动|工作|令)(?:\d{4}年度?)?(?P<item>[^，。；：的\n]{2,20}?)(?=活动|工作|的|[，。；：\n]|$)"
)


def collected(flow: Flow) -> str:
    """Return what a paper collects (征集质量月口号的公告), "" when it collects nothing."""
    match = _COLLECTED.search(flow.text)
    return match["item"] if match else ""


def _called(flow: Flow, mark: _Mark, anchors: Anchors) -> Deadline | None:
    """A cut-off of what is collected: 征集时间截至X, 投稿截止日：X, 报名截止X."""
    near = flow.text[max(0, mark.begin - 40) : mark.end + 4]
    late = _CUT_OFF.search(flow.text[: mark.begin]) or re.search("截[至止]", flow.text[mark.begin : mark.end])
    call = _CALL.search(near)
    if late is None or call is None or mark.day is None:
        return None
    duty = _made(flow, mark, None, [])
    topic = collected(flow) or anchors.collected if call[0] not in ("报名", "申报", "推荐") else call[0]
    return replace(duty, item=topic or call[0], kind="material" if topic != call[0] else "registration")


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
    done = _ITEM_DONE.search(flow.text[mark.end : min(verb.start(), own_end)])
    if done is not None:
        return _trimmed(flow.text, mark.end + done.start("item"), mark.end + done.end("item"))
    early = _ITEM_EARLY.search(flow.text[before : mark.begin])
    if early is not None and not _REPORT_RE.search(early["item"]):
        return _trimmed(flow.text, before + early.start("item"), before + early.end("item"))
    after = re.compile(
        r"(?P<item>(?:\([^()]*\)|[^，。；\n()]){2,60}?)(?:报送|送|发送)?[至到给](?P<to>[^，。；\n]{2,30})"
    ).match(flow.text, verb.end(), own_end)
    if after is None or not _names_offices(_until(flow, *after.span("to"))):
        after = _ITEM_AFTER.match(flow.text, verb.end(), own_end)
    gives = _GIVES.search(verb[0]) and not verb[0].endswith(("至", "到", "给"))
    if after is not None and gives and not _names_offices(flow.cut(*after.span("item"))):
        return _trimmed(flow.text, *after.span("item"))
    made = _ITEM_MADE.search(flow.text[before : mark.begin])
    if made is not None and not _only_names(made["item"]):
        return _trimmed(flow.text, before + made.start("item"), before + made.end("item"))
    topic = _ITEM_TOPIC.search(flow.text[before : mark.begin])
    if topic is not None and not _only_names(topic["item"]):
        return _trimmed(flow.text, before + topic.start("item"), before + topic.end("item"))
    return None


def _only_names(text: str) -> bool:
    """Who hands in, not what: 各镇街、各部门."""
    return all(is_unit(name) for name in re.split("[、，和及]", text) if name)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a remark in brackets at the end: 名单（附件2）."""
    bracket = re.search(r"\((?:(?:详?见)?附[件表]?\d*|[^()]*(?:电子版|邮箱|@|同时))[^()]*\)$", text[start:end])
    tail = re.search(
        r"[、，并和及]*(?:(?<=[、，并和及])(?:请|最迟|务必)*[于在])?$",
        text[start : start + bracket.start() if bracket else end],
    )
    end = start + bracket.start() if bracket else end
    return start, end - (len(tail[0]) if tail else 0)


def _until(flow: Flow, start: int, end: int) -> Flow:
    """The names at the start of a stretch, as far as they go."""
    stop = _TO_AFTER.match(flow.text[start:end])
    return flow.cut(start, start + stop.end("to") if stop else end)


def _recipient(flow: Flow, verb: re.Match[str]) -> list[UnitFound]:
    """报A, 报送至A和B, 向A报送…"""
    left = max(0, verb.start() - 34)
    before = _TO_BEFORE.search(flow.text[left : verb.start()])
    if before is not None:
        return named(flow.cut(left + before.start("to"), left + before.end("to")), "other", verb[0], Register())
    clause = re.compile("[^，。；\n]*").match(flow.text, verb.end())
    starts = []
    if clause is not None and not verb[0].endswith(("至", "到", "给")):
        said = re.sub(r"\([^()]*\)", lambda bracket: " " * len(bracket[0]), flow.text[: clause.end()])
        starts = [at.end() for at in re.finditer("[至到给](?!位)", said) if at.start() > verb.end()]
    for start in [*starts, verb.end()]:
        after = _TO_AFTER.match(flow.text, start)
        cut = flow.cut(*after.span("to")) if after else None
        if cut is not None and _names_offices(cut) and not _NO_OFFICE.search(cut.text):
            return [_bare(unit) for unit in named(cut, "other", verb[0], Register())]
    rest = re.compile(f"[^。；]{{0,60}}?，(?:并|一并|统一)?{_REPORT}").match(flow.text, verb.end())
    verbs = list(_REPORT_RE.finditer(flow.text, verb.end(), rest.end() + 6)) if rest else []
    onward = (
        rest is not None
        and not re.search("[前日]|向", rest[0])
        and verbs
        and verbs[-1][0].startswith(("送", "报", "交", "寄"))
    )
    return _recipient(flow, verbs[-1]) if onward else []


_NO_OFFICE = re.compile("^(?:或|并|和|至|到|向|请)|材料|总结|情况|报告|方案|名单|表$|邮箱|年|月|日")


def _names_offices(cut: Flow) -> bool:
    names = [_FOR_WHAT.sub("", cut.text[a:b]) for a, b in split_list(cut)]
    return bool(names) and all(_OFFICE.search(name) for name in names)


def _bare(unit: UnitFound) -> UnitFound:
    """A recipient without the explanation in brackets behind it."""
    return replace(unit, name=re.sub(r"[（(][^（）()]*[）)]?$", "", unit.name))


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
    term = mark.relative
    if term is None:
        return duty
    bases = _bases(term, anchors)
    days = term.days or tuple(_count(day, term.count, term.unit, term.ahead, is_working_day) for day in bases)
    shown = term.count * _DAYS.get(term.unit, 1)
    named = "working day" if term.unit == "工作日" else "day"
    how = f"{shown} {named}(s) {'before' if term.ahead else 'after'}" if term.count else ""
    doubt = doubt_messages.RELATIVE if days else doubt_messages.NOT_COMPUTED
    return replace(duty, relative=duty.text, resolved=days, how=how, doubt=doubt, confidence=0.6)


def _bases(term: _Term, anchors: Anchors) -> tuple[date, ...]:
    """The days a term is counted from."""
    if term.base == "issue":
        return (anchors.issued,) if anchors.issued else ()
    if term.base == "end" and anchors.ended is not None:
        return (anchors.ended,)
    return anchors.events


def _count(day: date, count: int, unit: str, ahead: bool, is_working_day: WorkingDay) -> date:
    if unit == "工作日":
        return working_days_from(day, -count if ahead else count, is_working_day)
    step = _DAYS.get(unit, 1) * count
    return day + timedelta(days=-step if ahead else step)

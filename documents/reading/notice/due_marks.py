"""Words that set a day in a sentence: X前, a term (结束后5日内), a rhythm (每月5日前), a feast or weekday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from documents.numerals import small
from documents.reading.phrases.dates import DateFound, due, find
from documents.reading.phrases.spans import Flow

from .activities import Context
from .filing_words import CALLS, CONTACT_VERB, CUT_OFF, NAMES_SOMEBODY, REPORT_VERB

_MANY = 12  # a sentence with more dates is no duty
_N = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
_RELATIVE = re.compile(
    rf"(?P<anchor>[^，。；：\n]{{0,24}}?)(?P<rel>提前(?P<n1>{_N})(?P<u1>个?(?:工作日|天|日|周|星期|月))|"
    rf"(?:(?:结束|完成|举办|开展|召开|收到|印发|接到|下发)[^，。；：\n]{{0,10}}(?:后|之日起)的?)?(?P<n2>{_N})(?P<u2>个?(?:工作日|天|日|周|星期|月))(?:以|之)?内|"
    rf"(?:活动|会议|培训|比赛|检查|宣传)?(?:当[日天]|次日|第二天)(?:上午|下午|晚上?)?(?:\d{{1,2}}[：时点]\d{{0,2}}分?|下班|放学)?(?:之|以)?前|"
    rf"(?:开始|举办|召开|开展|举行)前(?P<n3>{_N})(?P<u3>个?(?:工作日|天|日|周|星期)))"
)
_RECURRING = re.compile(
    rf"(?P<text>(?:{_N}月份?)?每(?P<every>年|季度?|月|周|个?工作日|日|天|半月|两周|旬|半年)(?:度)?"
    rf"(?P<at>(?:{_N}月|[首末]月|第{_N}个月)?{_N}[日号]|[一二三四五六日天五]|末|底|初|结束后{_N}个?工作?日内)?"
    rf"(?:[上下]午)?(?:下班|\d{{1,2}}[时点：]\d{{0,2}}分?)?(?P<by>前|之前|内)?(?:{_N}个?(?:工作)?[日天]内)?)"
)
_EVENT = re.compile(
    "(?:每[项场次个]|各项|本次|本)?"
    "(?:“?(?:宣传|活动|质量|安全|安全生产|科技|科普)(?:宣传|活动)?[周月]”?(?:活动)?|活动|培训|会议|比赛|竞赛|检查)?(?:全部)?(?:结束之?后|结束)?$|"
    "(?:本次|各|该)?(?:主题日|仪式|展览|展会|论坛|演练|征集|评选|讲座|宣传日|开放日|报名)(?:全部)?(?:结束)?$"
)
_ENDED = re.compile(
    "(?:活动|质量月|安全月|宣传月|活动周|科技周|会议|培训|工作|比赛|竞赛|展览|检查|整改)(?:全部)?(?:结束|完成)(?:之?后|时)?(?=[，请将由]|各|及时|须|应|要|即)"
)
_WEEKDAY = re.compile(
    "(?P<week>[本这下])个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?:下班|[上下]午|\\d{1,2}[：时点]\\d{0,2})*(?:之|以)?前"
)
_MONTH_END = re.compile("(?<![\\d一二三四五六七八九十])(?P<month>[本下]?)月(?:底|末)(?:之|以)?前")
_FEASTS = {"国庆": (10, 1), "元旦": (1, 1), "劳动": (5, 1), "五一": (5, 1), "十一": (10, 1)}
FEAST = re.compile(
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
class Term:
    """A term counted from a day: how many units of days, before or after, and from which days; or the days it is."""

    count: int = 0
    unit: str = "天"
    ahead: bool = False
    base: str = "event"
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that set a date, at begin:end of a sentence."""

    begin: int
    end: int
    day: DateFound | None = None
    recurring: str = ""
    relative: Term | None = None


def marks_in(flow: Flow, context: Context, anchors: Anchors) -> list[Mark]:
    """The dates, terms and rhythms of a sentence in order, none within another."""
    told = (REPORT_VERB, CONTACT_VERB, NAMES_SOMEBODY)
    if not any(form.search(flow.text) for form in told) and not (
        CALLS.search(flow.text) and re.search("截|即日", flow.text)
    ):
        return []
    marks = [
        Mark(*match.span(), recurring=match[0])
        for match in _RECURRING.finditer(flow.text)
        if _sets_rhythm(flow.text, match)
    ]
    for day in find(flow, context.calendar):
        begin, end = flow.find(day.span.start), flow.find(day.span.end - 1) + 1
        if _is_due(flow.text, begin, end, day):
            word = re.search("截[至止](?:到|至)?$", flow.text[:begin])
            begin = word.start() if word else begin
            marks.append(Mark(begin, end, day=day if day.relation == "by" else due(day)))
    for match in _RELATIVE.finditer(flow.text):
        begin, end = match.span("rel")
        event = _EVENT.search(flow.text[max(0, begin - 12) : begin])
        marks.append(Mark(begin - len(event[0]) if event else begin, end, relative=_term(match)))
    marks += _worded(flow.text, context, anchors)
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.begin, -mark.end)):
        if not kept or mark.begin >= kept[-1].end:
            kept.append(mark)
    return kept[:_MANY]


def _term(match: re.Match[str]) -> Term:
    """The term of 提前1周, 结束后5个工作日内, 收到通知3日内."""
    groups = match.groupdict()
    count = small(groups["n1"] or groups["n2"] or groups["n3"] or "") or 0
    unit = (groups["u1"] or groups["u2"] or groups["u3"] or "天").removeprefix("个")
    ahead = groups["n2"] is None
    said = match["anchor"] + match["rel"]
    base = "issue" if not ahead and re.search("收到|印发|接到|下发|发布|通知之日", said) else "event"
    return Term(count, unit, ahead, "end" if not ahead and re.search("结束|完成", said) else base)


def _worded(text: str, context: Context, anchors: Anchors) -> list[Mark]:
    """Days said in words: 活动结束后, 本周五前, 月底前, 国庆节前."""
    marks = [Mark(*match.span(), relative=Term(base="end")) for match in _ENDED.finditer(text)]
    issued, year = anchors.issued, context.calendar.year
    for match in _WEEKDAY.finditer(text):
        days = "一二三四五六日".find(match["day"].replace("天", "日")) + (7 if match["week"] == "下" else 0)
        day = (issued + timedelta(days=days - issued.weekday()),) if issued else ()
        marks.append(Mark(*match.span(), relative=Term(base="fixed", days=day)))
    for match in _MONTH_END.finditer(text):
        month = issued.replace(day=28) + timedelta(days=4) if issued else None
        if month is not None and match["month"] == "下":
            month = month.replace(day=28) + timedelta(days=4)
        day = (month.replace(day=1) - timedelta(days=1),) if month else ()
        marks.append(Mark(*match.span(), relative=Term(base="fixed", days=day)))
    for match in FEAST.finditer(text):
        at = _FEASTS.get(match["feast"])
        own = context.calendar.year_of(at[0]) if at and year is not None else None
        if at and own is not None and issued is not None and date(own, *at) <= issued:
            own += 1
        eve = (date(own, *at) - timedelta(days=1),) if at and own is not None else ()
        marks.append(Mark(*match.span(), relative=Term(base="fixed", days=eve)))
    return marks


def _sets_rhythm(text: str, match: re.Match[str]) -> bool:
    """每月5日前…, 每季度末将…报: a rhythm of reporting, not of doing."""
    return bool(match["by"]) or (bool(match["at"]) and re.match("将|报送|上报|向", text[match.end() :]) is not None)


def _is_due(text: str, begin: int, end: int, day: DateFound) -> bool:
    """A cut-off: X前, X下班前, 截止X, 于X将…报, X报送; 截至X，仍有… tells how things stand."""
    told = re.match("，|[^，。]{0,6}(?:仍|尚|已|还有|全|共)", text[end:])
    if told and re.search("(?:^|[。；\n])(?:截[至止]|到)$", text[:begin]):
        return False
    if day.relation == "by":
        return True
    if CALLS.search(text[:begin]) and re.search("即日起?(?:至|到)$", text[:begin]):
        return True
    if re.match("[、和及]", text[end:]) and re.search("分别[于在]?$", text[:begin]):
        return True
    if re.match("[、和及][^，。；]{3,12}前分别", text[end:]):
        return True
    if CUT_OFF.search(text[:begin]):
        return True
    if re.match(r"(?:统一|分别|一并)?(?:报送|上报|提交)", text[end:]):
        return True
    return re.match(r"[^，。；]{0,4}(?:将|报送|上报)", text[end:]) is not None and text[:begin].endswith(("于", "在"))

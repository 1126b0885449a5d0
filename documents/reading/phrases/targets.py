"""Quantified targets: 不少于100张, 95%, 4000—5000名, 十家; each with value, unit and comparator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from documents.numerals import number

from .spans import Flow, Span

Context = Literal["activity", "task", "policy", "requirement", "quota", "demand"]

_MEASURES = (
    "个百分点|%|‰|台件|台套|人次|家次|户次|车次|台次|班次|点次|篇次|场次|批次|课时|学时|平方公里|平方米|立方米|吨标准煤|公里|公顷|千瓦时|分钟|小时|"
    "个(?!字|领域|行业|类别|月|小时|工作日|方面|环节|阶段|时段|重点时段)|家|户|名|位|人(?!民|员|才|大|均|力|群)|场|次|期|篇|条(?!件|例)|张|份(?!额)|件|项|批|套|支|幅|块|种|册|本(?!次|地|市|省|区|县|单位|着)|处(?!理|置)|"
    "所|部(?!门|分|署)|台|辆|座|讲(?!座|堂|解|话|师|述|好)|类|大(?!力|学|赛|会|幅|型|众|量)|起|秒|吨|亩|亿元|元|分(?!别|类|级|析|工|享|期|钟|会|解|布|局|公司)|例|宗|组(?!织|长|建)|面(?!向|对|积)|版|集(?!中|团|体)|堂|队(?!伍|员|长|列|友)|间(?!隙|接|断|距|的|关|进|开)|节(?!日|能|目|约|点|假|水|电|奏|省|制|选|庆|前|后|期)|对(?!接|比|全|企|重|在)|对口|则|部分"
)
_CN = "[一二三四五六七八九十百千万两]{1,6}"
_AR = r"\d{1,12}(?:，\d{3}){0,4}(?:\.\d{1,6})?"
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z/第])(?P<n>{_AR}|{_CN})(?:%?(?:—{{1,2}}|-|至|到|~)(?P<n2>{_AR}|{_CN}))?"
    rf"(?P<scale>[万千百亿]?)(?P<more>多|余|几)?(?P<u>(?:{_MEASURES}))(?P<more2>多|余)?"
    r"(?P<after>及?以上|以内|之内|以下|左右|上下)?"
)
_BEFORE = re.compile(
    r"(?P<c>不得?少于|不得?低于|不得?小于|至少|最少|≥|达到|达成|达|不得?超过|限报|限|不得?高于|不得?多于|不得?大于|最多|≤|控制在|超过|突破|超|高于|大于|多于|＞|>|(?<![签预条合节集公特契制履违])约为?|大约|近|左右)"
    r"(?:了|到)?[^\d，。；、]{0,4}$"
)
_INDEX = re.compile(
    r"(?:指数|系数|得分|评分|分值)(?:均|总体)?(?P<c>不得?低于|达到|达|超过|突破|高于|稳定在|保持在|提高到|提升到|提升至)"
    r"(?P<n>\d{1,4}(?:\.\d{1,4})?)(?![\d.])(?!分|%|个|亿|万|位)(?P<after>及?以上|左右)?"
)
_WORDS = re.compile(
    r"字数[^，。；\d]{0,6}(?P<n>\d{2,6})个?字(?:以内|之内|以下)|字数(?:一般|总体)?(?:不得?超过|不得?多于|限)(?P<m>\d{2,6})个?字"
)
_SIGNS = {
    ">=": "不少于 不得少于 不低于 不得低于 不小于 不得小于 至少 最少 ≥ 达到 达成 达 以上 及以上",
    "<=": "限报 限 不超过 不得超过 不高于 不得高于 不多于 不得多于 不大于 不得大于 最多 ≤ 控制在 以内 之内 以下",
    ">": "超过 突破 超 高于 大于 多于 ＞ >",
    "~": "约 约为 大约 近 左右 上下",
}
COMPARATORS = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
_EDGES = "，。；：、\n“”()"
# ten and more of these, written in Chinese figures, are counted things and no figure of speech
_COUNTED = re.compile(r"^(?:名|家|户|人|场|篇|项|个|件|所|条|批次|份|支)")
_ONE_OF = re.compile(r"(?:打造|建设|培育|建成|创建|建立)$")
_NO_TARGET = re.compile(
    r"(?:第|前|等|附件|近年来|已有|现有|原有|上述|以下|这|该|其中|奖励|奖补|补助|补贴|经费|资金|奖金|预算|投入|GB/?T?|ISO)$"
)
_GRANT = re.compile("资助|补助|补贴|奖金|报名费|会务费")
"""What is paid is nothing to be reached."""
# names that carry a figure: 百家讲坛, 百家争鸣
_FIXED = re.compile("讲坛|争鸣|姓|讲堂")
# what is handed in or named is a formality
_HANDED = re.compile("报送|上报|提交|填报|报名|指定|明确|安排专人|联络员")
# who is named for it, and nobody who takes part: 选派1名联络员
_OFFICER = re.compile("联络|联系人|专人|分管|负责|领导|干部|工作人员|信息员|通讯员|骨干|同志|代表参[加会]")
_WHOLE = re.compile("[家户名位人场次期篇条张份件项批套支幅块册本处所台辆座讲类起例宗组面版堂队节对则]")
"""Nobody counts halves of these: 6.5—6.22对 is a day."""
_AWARD = re.compile("(?:[特一二三优]等奖|优秀奖|鼓励奖|提名奖|优胜奖)(?:各)?$")
_QUOTA = re.compile("推荐|报送|申报|上报|提交|限报|投稿|总数|总人数")
_PIECES = re.compile("[篇条期幅件]")
# what is handed in by the piece: 报送2篇
_GIVEN = re.compile("(?:报送|上报|提交|推荐|征集)(?:了|各)?$")
# verbs that make 百家 or 万名 a number and not part of a name
_DOES = re.compile(
    "(?:组织|扶持|推动|培训|培育|帮扶|走访|遴选|打造|发动|覆盖|服务|动员|邀请|评选|培养|表彰|惠及|选派|带动|每年|全[国省市县区])$"
)
_DURATION = re.compile(r"分钟|小时|秒|学时|课时")
_LENGTH = re.compile(r"时长|时间|每[天日人]|累计|培训|学习|播放|服务")
_PLAIN_LIMIT = 10
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be delivered or reached. comparator: = >= > <= ~ range; year and per ("year") when printed."""

    text: str
    span: Span
    value: float
    unit: str
    comparator: str = "="
    value_max: float | None = None
    metric: str = ""
    year: int | None = None
    per: str = ""
    confidence: float = 1.0


def find_targets(flow: Flow, context: Context) -> list[Target]:
    """Return the targets of a flow.

    context: in a requirement only figures with a comparator count, in a quota those of what each hands in, in a demand
    also what is handed in by the piece, in a policy also 打造一个….
    """
    found = [target for match in _QUANTITY.finditer(flow.text) if (target := _target(flow, match, context)) is not None]
    found += [_words(flow, match) for match in _WORDS.finditer(flow.text)]
    return found + [_index(flow, match) for match in _INDEX.finditer(flow.text)]


def _words(flow: Flow, match: re.Match[str]) -> Target:
    """字数控制在2000字以内: how long a text may be."""
    value = number(match["n"] or match["m"]) or 0.0
    return Target(flow.value(*match.span()), flow.span(*match.span()), value, "字", "<=", metric="字数")


def _index(flow: Flow, match: re.Match[str]) -> Target:
    """满意度指数达到78: a figure without a unit."""
    start, end = _clause(flow.text, match.start("n"), match.end("n"))
    return Target(
        text=flow.value(start, end),
        span=flow.span(start, end),
        value=number(match["n"]) or 0.0,
        unit="",
        comparator=_comparator(match["c"] or "", match["after"] or ""),
        metric=flow.text[start : match.start("c")],
        year=_year(flow.text, match.start()),
    )


def _target(flow: Flow, match: re.Match[str], context: Context) -> Target | None:
    value = number(match["n"])
    start, end = _clause(flow.text, match.start(), match.end())
    before = _BEFORE.search(flow.text[max(start, match.start() - 12) : match.start()])
    sign = _comparator(before["c"] if before else "", match["after"] or "")
    if value is None or not _counts(flow.text, match, value, sign, context) or _threshold(flow.text, match, end):
        return None
    if context == "requirement" and flow.text.startswith("的", match.end()):
        return None  # 80分以上的入选: who is meant, and nothing to be reached
    upper = number(match["n2"]) if match["n2"] else None
    start, end = _said(flow.text, match.start(), start), end
    return Target(
        text=flow.value(start, end),
        span=flow.span(start, end),
        value=value,
        unit=match["scale"] + match["u"],
        comparator="range" if upper is not None else sign,
        value_max=upper,
        metric=_metric(flow.text[start:end], match[0]),
        year=_year(flow.text, match.start()),
        per="year" if "每年" in flow.text[start:end] or "年均" in flow.text[start:end] else "",
        confidence=1.0 if sign != "=" or match["u"] == "%" else 0.8,
    )


def _comparator(before: str, after: str) -> str:
    """The sign of the words around a figure; 左右 and 以内 outweigh 达, 不少于 outweighs 以上."""
    late, early = COMPARATORS.get(after, ""), COMPARATORS.get(before, "")
    if late in ("~", "<="):
        return late
    return early or late or "="


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    left = max(first - 1, *(text.rfind(sign, first, start) for sign in _EDGES)) + 1
    right = min((at for sign in _EDGES if (at := text.find(sign, end, last)) >= 0), default=last)
    return left, right


def _said(text: str, index: int, start: int) -> int:
    """The start of the clause as it is said, with brackets and quotes closed before the figure taken along."""
    first = max(0, index - _LONGEST)
    left = max(first - 1, *(text.rfind(sign, first, index) for sign in "，。；：、\n")) + 1
    for opening, closing in ("“”", "()"):
        opened = text.rfind(opening, left, index)
        if opened >= 0 and closing not in text[opened:index]:
            left = opened + 1
        if text.count(closing, left, index) > text.count(opening, left, index):
            return start
    return left


def _counts(text: str, match: re.Match[str], value: float, sign: str, context: Context) -> bool:
    lead = text[max(0, match.start() - 6) : match.start()]
    near = (max(0, match.start() - 8), match.end() + 8)
    if _FIXED.match(text, match.end()):
        return False
    if "." in match["n"] and not match["scale"] and _WHOLE.fullmatch(match["u"]):
        return False
    if match["u"] == "分" and re.search("[时点]$", lead):
        return False
    if match["u"] in ("元", "%") and _GRANT.search(text[_clause(text, match.start(), match.end())[0] : match.start()]):
        return False
    if _quoted(text, match.start()) or (lead.endswith(("第", "前")) and sign == "="):
        return False
    if context == "quota":
        begin = _clause(text, match.start(), match.end())[0]
        return sign in ("<=", ">=") and _QUOTA.search(text[begin : match.start()]) is not None
    handed = context == "requirement" and not (sign == ">=" and _PIECES.fullmatch(match["u"]))
    if handed and _HANDED.search(text[_clause(text, match.start(), match.end())[0] : match.end()]):
        return False
    if match["u"] in ("%", "个百分点", "‰"):
        return match["n"][0].isdigit()
    lone = len(match["n"]) == 1 and match["n"] in "百千万" and _DOES.search(lead) is None
    if lone and _BEFORE.search(lead) is None:
        return False
    if sign != "=" or match["n2"]:
        return True
    if context == "demand":
        return _GIVEN.search(lead) is not None
    if (
        value <= 3
        and match["u"] in ("名", "人", "位")
        and (lead.endswith(("各", "人")) or _OFFICER.search(text, *near))
    ):
        return False
    if lead.endswith("等奖") or _AWARD.search(lead):
        return True
    if context == "requirement" or (_NO_TARGET.search(lead) and match["u"] != "大"):
        return False
    if _DURATION.fullmatch(match["u"]):
        return _LENGTH.search(text[max(0, match.start() - 12) : match.start()]) is not None
    if match["n"][0].isdigit():
        return True
    if value >= _PLAIN_LIMIT:
        return _COUNTED.match(match["u"]) is not None and not lead.endswith(("数", "上", "成"))
    return context == "policy" and match["n"] == "一" and match["u"] == "个" and _ONE_OF.search(lead) is not None


def _quoted(text: str, index: int) -> bool:
    """Whether the place lies within quotes or the title of a paper."""
    for left, right in ("“”", "《》"):
        opened = text.rfind(left, max(0, index - 120), index)
        if opened >= 0 and right not in text[opened:index]:
            return True
    return False


def _threshold(text: str, match: re.Match[str], end: int) -> bool:
    """超1000亿元的企业达2家, 万人拥有量12件: the first figure describes what the second counts."""
    if match["after"] in ("以上", "以下", "及以上") and text.startswith("的", match.end()):
        return _BEFORE.search(text[max(0, match.start() - 12) : match.start()]) is None
    later = _QUANTITY.search(text, match.end(), end)
    if later is None:
        return False
    per = not match["n"][0].isdigit() and later["n"][0].isdigit()
    return per or text.startswith("的", match.end())


def _metric(clause: str, figure: str) -> str:
    before, _, after = clause.partition(figure)
    before = _BEFORE.sub("", before)
    return after if after and not before.endswith(("率", "量", "数", "度")) and len(after) > 1 else before


def _year(text: str, index: int) -> int | None:
    """The year of the last 到2015年 before the figure in its sentence."""
    sentence = text[max(0, index - 300, text.rfind("。", max(0, index - 300), index)) : index]
    years = re.findall(r"到(\d{4})年", sentence)
    return int(years[-1]) if years else None

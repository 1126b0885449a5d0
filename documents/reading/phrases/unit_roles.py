"""Who leads, undertakes, assists or takes part: in running text, after labels, in brackets, by 会同 and 联合."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from .activity_titles import PLACE_BEHIND
from .dates import Calendar, find
from .spans import Flow
from .units import Register, UnitFound, all_units, may_name, named, split_list

# what a cue word makes of a unit, as long as no stronger one is named
_RANKS = {
    "lead": "共同牵头 统一组织 牵头 负责 主办 主责 主管 主抓",
    "undertake": "共同承办 承办 共同举办 联合举办 组织实施 具体实施 实施 抓好落实",
    "assist": "协办 协助 配合 参与 参加 支持",
    "share": "按职责分工负责 分工负责 分别负责",
}
_CUES = {cue: rank for rank, cues in _RANKS.items() for cue in cues.split()}
_CUE = "|".join(sorted(_CUES, key=len, reverse=True))
_TAIL = r"(?:具体|组织|实施|开展|落实|推进|完成|抓好|做好|此项|该项|工作|活动|并|统筹|协调|督促|指导|、|和){0,6}"
_CLAUSE = re.compile(
    rf"(?:(?:按照|按|根据|依据)(?:各自)?职责(?:分工)?|各自|共同|联合|具体|密切|积极|统筹|统一|组织|予以|提供|给予|分别|总|主要|牵头)*(?P<cue>{_CUE})(?!人){_TAIL}$"
)
# 由A组织, 由B安排: of verbs that say nothing of roles by themselves
_OUTRIGHT = re.compile(
    r"(?:共同|联合|具体|统一|分别|负责|牵头)*(?P<cue>组织|组成|安排|执行|部署|落实|协调|统筹|承担|主抓|主持|开展|操作|监督|汇总)"
    rf"{_TAIL}(?:执行|安排|部署|推动|好)?$"
)
_LEAD_IN = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,6}(?<![理自缘])由|(?:此|本|该|这|以上|上述)(?:项|次|类|些)?(?:工作|活动|任务|行动)?(?:均|分别|具体|统一|将)?由?|(?:活动|工作|会议|培训|论坛|任务|比赛|竞赛)由|(?:具体|统一|分别|并|拟|将)?由|请(?=[^，。；]{2,30}(?:牵头|负责)))"
)
_DATED_BY = re.compile(
    "[^，。由]{0,40}(?:[日号旬月底末)：]|前|后|期间|上午|下午)由"
    "(?=[^，。]{2,60}(?:牵头|负责|组织|实施|主办|承办|举办|开展))"
)
_LABELS = {
    "lead": r"(?:责任|主办|牵头|负责|主责|主管|第一责任|组织|实施)(?:单位|部门|科室|处室|股室)|主办|牵头|负责单位",
    "undertake": r"承办(?:单位|部门)?",
    "assist": r"(?:协办|配合|协助|参与|参加|支持|联合|协同)(?:单位|部门|科室|处室|股室)?|协作单位",
    "other": r"(?:指导|监督|特邀|媒体支持)(?:单位|部门)?",
}
_LABEL = re.compile("|".join(rf"(?P<{role}>{form})" for role, form in _LABELS.items()))
_LABELLED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2}}(?:单位|部门|科室|处室|股室)(?:：|[为是](?![了否])))|(?:^|(?<=[。；，\n(、】]))(?:{'|'.join(_LABELS.values())})[：]|【(?:{'|'.join(_LABELS.values())})】|(?:承办|协办)："
)
_NEXT_LABEL = re.compile(
    r"[，、](?=[\u4e00-\u9fff]{2,4}(?:单位|部门)[为是])|"
    rf"[。；\n)]|[，、。；\n (](?=[^，。；：、\n()]{{2,6}}：)|(?=(?:{'|'.join(_LABELS.values())})：)|"
    rf"(?=(?:时间|地点|联系人|内容|参加人员|参加对象|参赛对象|主题|形式)：)"
)
_VERBS = (
    "组织(?!部|局|处|办)|开展|举办|举行|召开|在|于|将|对(?!外|台)|为(?!民)|会同|联合(?!会|国|工|办)|共同|负责|牵头|主办|承办|协办|协助|配合|参与|"
    "继续|全面|具体|按|做好|制定|建立|邀请|要(?!闻)|应(?!急|用|对)|面向|通过|深入|适时|分别|携手|合作(?!社|交流|局|中心|办)|启动|推出|开设|发布|编制|向|"
    "围绕|利用|依托|选派|推动|等|进行"
)
# partners that name nobody in particular
_NOBODY = re.compile(
    r"(?:新闻|主流|各|有关|相关|市级|省级|区级|县级|社会|其他|各级|多家|上述)*(?:部门|单位|媒体|企业|机构|组织|高校|院校|团体|行业)$"
)
_PARTNERS = re.compile(
    r"(?P<cue>会同|联合(?!开展|举|召|组织|会|发|印|体|国|制|执|惩|检|行|整|办|下|攻|党|实|推|宣)|携手|联手|(?<![参加])与(?=.{2,40}(?:共同|联合|合作|共建|建立|携手)))"
)
_SUBJECT = re.compile(
    r"(?P<list>[^。；：“”\n]{2,80}?)(?P<verb>(?:将|要|应|继续|分别|共同|具体|认真|自行|至少|统一|各自)*(?:负责|会同|联合|共同|组织|举办|开展|举行|召开|完成|承办|牵头|主办))"
)
_CUE_JOINT = re.compile("(?<=主办|牵头|负责|承办|协办|协助|配合|参与)、")
# a clause of names is shorter; an entry has fewer partners
_WINDOW, _MANY = 120, 40
_HEADING = 32
_PARENS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


@dataclass(slots=True)
class Roles:
    """The units of an entry as read, before it is settled who leads."""

    units: list[UnitFound] = field(default_factory=list)
    explicit: bool = False

    def add(self, found: list[UnitFound]) -> None:
        """Take in units not yet taken in."""
        names, spans = {unit.name for unit in self.units}, [unit.span for unit in self.units]
        new = [unit for unit in found if unit.name not in names]
        self.units.extend(unit for unit in new if not any(span.covers(unit.span) for span in spans))


def read_roles(flow: Flow, register: Register) -> Roles:
    """Return the units of an entry with their roles (lead, undertake, share, partner, assist, other)."""
    roles = Roles()
    for reader in (_convener, _labelled, _sentences, _verbs, _brackets):
        roles.add(reader(flow, register))
    roles.explicit = bool(roles.units)
    roles.add(_partners(flow, register))
    if not roles.explicit and not any(_EVERYBODY.match(flow.text, start) for start, _ in flow.pieces("。；\n")):
        acting = _subjects(flow, register, led=any(unit.role == "lead" for unit in roles.units))
        roles.add(acting)
        roles.explicit = any(re.search("负责|牵头", unit.cue) for unit in acting)
    if not roles.units:
        roles.add(_acting(flow, register))
    return roles


def settle(units: list[UnitFound], heads: Sequence[UnitFound] = ()) -> tuple[UnitFound, ...]:
    """Return the units with their final role lead, assist or other.

    The units heading the entry lead; whoever undertakes leads only when nobody else does; so does a unit that shares.
    """
    names = {unit.name for unit in heads}
    found = [*heads, *(unit for unit in units if unit.name not in names)]
    has_lead = any(unit.role == "lead" for unit in found)
    stand_in = "undertake" if any(unit.role == "undertake" for unit in found) else "share"
    settled = []
    for unit in found:
        role = unit.role
        if role in ("undertake", "share"):
            role = "lead" if not has_lead and role == stand_in else "assist"
        elif role == "partner":
            role = "assist"
        settled.append(replace(unit, role=role))
    return tuple(settled)


_CONVENES = re.compile("(?P<who>[^，。；：\n]{2,40}?)(?:定于|拟于|将于|计划于)(?=[^，。；]{2,60}(?:召开|举办|举行))")


def _convener(flow: Flow, register: Register) -> list[UnitFound]:
    """A定于6月5日举办…: A leads."""
    for start, end in flow.pieces("，。；\n"):
        match = _CONVENES.match(flow.text[start:end])
        heading = flow.text[:start].rstrip("。；：\n")
        first = len(heading) <= _HEADING and not re.search("[。；\n]", heading)
        if match is not None and first and _unit_clause(flow.cut(start, start + match.end("who")), register):
            return named(flow.cut(start, start + match.end("who")), "lead", "定于", register, confidence=0.8)
    return []


def _labelled(flow: Flow, register: Register) -> list[UnitFound]:
    """责任单位：A、B；配合单位：C."""
    found: list[UnitFound] = []
    for match in _LABELLED.finditer(flow.text):
        label = _LABEL.search(flow.text, match.start(), match.end())
        stop = _NEXT_LABEL.search(flow.text, match.end())
        end = stop.start() if stop else len(flow.text)
        if label is not None:
            found += named(
                flow.cut(match.end(), _list_end(flow.text, match.end(), end)), str(label.lastgroup), label[0], register
            )
    led = any(re.match("牵头|主办|主责", unit.cue) for unit in found)
    does = led and [unit for unit in found if re.match("责任|实施|落实", unit.cue)]
    return [replace(unit, role="assist") if does and unit in does else unit for unit in found]


def _list_end(text: str, start: int, end: int) -> int:
    """Leave a closing bracket out, and keep one that belongs to a name: 各县（市、区）."""
    while end < len(text) and text[end] == ")" and text.count("(", start, end) > text.count(")", start, end):
        stop = _NEXT_LABEL.search(text, end + 1)
        end = stop.start() if stop else len(text)
    return end


def _sentences(flow: Flow, register: Register) -> list[UnitFound]:
    """此项工作由A、B负责，C协助。"""
    found: list[UnitFound] = []
    for start, end in flow.pieces("。；\n"):
        if flow.text[start] != "(" or flow.text[end - 1] != ")":
            found += _clauses(flow.cut(start, end), register)
    return found


def _clauses(flow: Flow, register: Register) -> list[UnitFound]:
    """Gather the units of one sentence: names without a cue wait for the cue of a later clause."""
    found: list[UnitFound] = []
    pending: int | None = None
    named_outright = False
    for start, end in _role_pieces(flow):
        lead_in = _LEAD_IN.match(flow.text[start:end]) or _DATED_BY.match(flow.text[start:end])
        if lead_in:
            pending, named_outright = start + lead_in.end(), True
        begin = start if pending is None else pending
        cue = _CLAUSE.search(flow.text[begin:end])
        if cue is None and named_outright and pending is not None:
            cue = _OUTRIGHT.search(flow.text[begin:end])
        if cue is not None and cue.start() > 0:
            shared = re.search("分工|职责|分别", cue[0]) and cue["cue"] == "负责"
            word = (
                "分工负责" if shared else "牵头" if "牵头" in cue[0] else cue["cue"] if cue["cue"] in _CUES else "负责"
            )
            units = _cued(flow.cut(begin, begin + cue.start()), word, register, outright=named_outright)
            found += units
            pending, named_outright = None, bool(units) and named_outright
        elif end - begin < 2 * _WINDOW and _unit_clause(flow.cut(begin, end), register):
            pending = begin
        elif named_outright and pending is not None:
            found += _mid_clause(flow.cut(begin, end), register)
            pending, named_outright = None, False
        else:
            pending = None
    return found


def _role_pieces(flow: Flow) -> list[tuple[int, int]]:
    """The clauses of a sentence; A主办、B承办 are two."""
    found = []
    for start, end in flow.pieces("，"):
        for joint in _CUE_JOINT.finditer(flow.text, start, end):
            found.append((start, joint.start()))
            start = joint.end()
        found.append((start, end))
    return found


def _cued(flow: Flow, cue: str, register: Register, *, outright: bool) -> list[UnitFound]:
    """The units before a cue; A会同B负责 makes B a partner."""
    part = re.search("组织(?![部局处办科委])", flow.text)
    if part and part.start() > 1:
        return _cued(flow.cut(0, part.start()), cue, register, outright=False)
    joint = re.search("会同|联合(?!会|国|工)|(?<=[局委部办厅])商(?=[省市县区])", flow.text)
    if joint and joint.start() > 1:
        leads = _cued(flow.cut(0, joint.start()), cue, register, outright=outright)
        return leads + (named(flow.cut(joint.end()), "partner", joint[0], register) if leads else [])
    texts = [flow.text[a:b] for a, b in split_list(flow)]
    if not all_units(texts, register) and not (outright and all(len(text) <= 20 and may_name(text) for text in texts)):
        return []
    return named(flow, _CUES[cue], cue, register)


_MID_CUE = re.compile(rf"(?:具体|统一|共同|分别)?(?P<cue>{_CUE}|组织实施|组织)")


def _mid_clause(flow: Flow, register: Register) -> list[UnitFound]:
    """由A统一组织安排… : the cue stands in the middle of the clause."""
    cue = _MID_CUE.search(flow.text, 2)
    if cue is None:
        return []
    return _cued(flow.cut(0, cue.start()), cue["cue"] if cue["cue"] in _CUES else "负责", register, outright=False)


_DOES = re.compile(
    r"(?:由)?(?P<list>[^，。；：\n]{2,80}?)(?:要|应|须|将|也|还|具体|积极|密切|主动|认真|各自|共同|全力|同步)*"
    r"(?P<cue>负责(?!人|同志)|牵头|配合|协助|参与(?!率|人)|支持(?!下))(?=[^，。；]{2})"
)


def _verbs(flow: Flow, register: Register) -> list[UnitFound]:
    """A负责场地保障，B配合做好宣传: the cue stands before what is done."""
    found: list[UnitFound] = []
    for start, end in flow.pieces("，。；\n"):
        match = _DOES.match(flow.text[start:end])
        if match is None or re.search("会同|联合", match["list"]):
            continue
        names = flow.cut(start + match.start("list"), start + match.end("list"))
        dates = find(names, Calendar(2000))
        if dates:
            names = names.cut(names.find(dates[-1].span.end))
        if _unit_clause(names, register):
            found += named(names, _CUES[match["cue"]], match["cue"], register, confidence=0.8)
    return found


def _unit_clause(flow: Flow, register: Register) -> bool:
    return all_units([flow.text[a:b] for a, b in split_list(flow)], register)


def _brackets(flow: Flow, register: Register) -> list[UnitFound]:
    """（A负责，B协助） or （A、B） closing a sentence."""
    found: list[UnitFound] = []
    for match in _PARENS.finditer(flow.text):
        if not re.match(r"[。；，\n]|$", flow.text[match.end() :]) or match.start() == 0:
            continue
        inner = flow.cut(match.start(1), match.end(1))
        for start, end in inner.pieces("；"):
            part = inner.cut(start, end)
            units = _clauses(part, register) or _joint(part, register)
            if not units and "：" not in part.text and _closes(flow.text, match):
                units = _bare_names(part, register)
            found += units
    return found


def _bare_names(part: Flow, register: Register) -> list[UnitFound]:
    """（A、B，9月8日，某地） or （9月底前完成，A、B）: the names before the date, else those behind it."""
    clauses = [part.cut(start, end) for start, end in part.pieces("，")]
    dated = [bool(find(clause, Calendar(2000))) for clause in clauses]
    first, last = (dated.index(True), len(dated) - dated[::-1].index(True)) if any(dated) else (len(dated), 0)
    for chosen in (clauses[:first], clauses[last:]):
        if chosen and all(_unit_clause(clause, register) for clause in chosen):
            return [unit for clause in chosen for unit in named(clause, "lead", "", register, confidence=0.9)]
    return []


def _closes(text: str, match: re.Match[str]) -> bool:
    """A bracket of names gives the units when it stands behind a sentence or closes the entry."""
    return text[match.start() - 1] in "。；\n" or match.end() >= len(text.rstrip("。；\n"))


def _joint(flow: Flow, register: Register) -> list[UnitFound]:
    """A会同B、C: A leads."""
    joint = re.search("会同|联合", flow.text)
    if joint is None or joint.start() < 2 or not _unit_clause(flow.cut(0, joint.start()), register):
        return []
    partners = _partner_list(flow, joint.end(), register)
    listed = named(partners, "partner", joint[0], register) if partners is not None else []
    return named(flow.cut(0, joint.start()), "lead", joint[0], register) + listed


def _partners(flow: Flow, register: Register) -> list[UnitFound]:
    """会同A、B组织…, 联合A及B，…, 与A共同…: partners, and before 会同 whoever acts."""
    found: list[UnitFound] = []
    done = 0
    for match in islice(_PARTNERS.finditer(flow.text), _MANY):
        listed = _partner_list(flow, match.end(), register) if match.start() >= done else None
        if listed is None:
            continue
        done = match.end() + len(listed)
        actor = _actor(flow, match.start(), register) if match["cue"] != "与" else []
        partners = named(listed, "partner", match["cue"], register, confidence=0.9)
        found += actor + [replace(unit, role="other") if _NOBODY.match(unit.name) else unit for unit in partners]
    return found


def _partner_list(flow: Flow, start: int, register: Register) -> Flow | None:
    """The shortest run of names from start on that a verb or the clause ends."""
    stop = re.search(r"[，。；：“”\n]", flow.text[start : start + 90])
    limit = start + (stop.start() if stop else min(90, len(flow.text) - start))
    ends = [limit, *(start + verb.start() for verb in re.finditer(_VERBS, flow.text[start:limit]))]
    for end in sorted(set(ends)):
        texts = [flow.text[start:end][a:b] for a, b in split_list(flow.cut(start, end))]
        if all_units(texts, register):
            return flow.cut(start, end)
    return None


def _clause_start(text: str, end: int) -> int:
    return max(text.rfind(sign, max(0, end - _WINDOW), end) for sign in "，。；：\n(") + 1


def _hour(text: str) -> int:
    """How long the time of day at the start of a text is: the date before it ends without it."""
    found = re.match("(?:上午|下午|晚上?|当[天日]|[，、])*(?:\\d{1,2}[：时点]\\d{0,2}分?)?", text)
    return found.end() if found else 0


def _actor(flow: Flow, end: int, register: Register) -> list[UnitFound]:
    """The units that stand as subject right before the place end of a clause."""
    start = _clause_start(flow.text, end)
    if end - start >= _WINDOW:
        return []
    for date in find(flow.cut(start, end), Calendar(2000)):
        if flow.find(date.span.end) >= end > flow.find(date.span.start) - 1 > start:
            end = flow.find(date.span.start) - (flow.text[flow.find(date.span.start) - 1] in "于在")
        else:
            start = max(start, flow.find(date.span.end))
    start += _hour(flow.text[start:end])
    while end > start and flow.text[end - 1] in "将要应并拟由":
        end -= 1
    place = PLACE_BEHIND.search(flow.text[start:end])
    end = start + place.start() if place else end
    if flow.text[start:end].startswith("由"):
        start += 1
    subject = flow.cut(start, end)
    return named(subject, "lead", "", register, confidence=0.8) if _unit_clause(subject, register) else []


_PREDICATE = (
    r"(?:要|按|各自|应当?|须|需要?|将|每[日天周月季年]|在(?!职|校|建)|于|对(?!外|口|台)|利用|围绕|结合|通过|依托|面向|派出|选派|安排|设置|设立|制定|制作|"
    r"悬挂|张贴|发放|播放|开设|开放|接受|走访|组建|组织|开展|举办|举行|召开|负责|完成|发布|推出|编制|建立|印发|全面|集中|统一|分别|继续|具体|认真|自行|至少|各自|积极)"
)
_JOINS = re.compile("参加|出席|观看|收看|派员|报名|高度重视|准时|积极|严格|配合|支持|不得|严禁|报送|上报")
"""What is asked of those that come, not of those that hold the event."""


_EVERYBODY = re.compile(
    "(?:请|要求)?(?:各地(?:区|方)?|各单位|各部门|各有关(?:单位|部门)|有关(?:单位|部门)|各级)(?:、各?[\u4e00-\u9fff]{2,4})*"
    "(?=要|应|须|将|在|结合|可|组织|认真|根据|围绕)"
)
"""All that the paper is sent to, and nobody in particular."""


def _acting(flow: Flow, register: Register) -> list[UnitFound]:
    """各区县市场监管局要在广场设置宣传点: whoever a sentence begins with does it, when nobody else is named."""
    for start, end in flow.pieces("。；\n"):
        if _EVERYBODY.match(flow.text, start):
            return []
        if _JOINS.search(flow.text[start:end]):
            continue
        first = next(flow.cut(start, end).pieces("，"), (0, 0))
        if find(flow.cut(start, start + first[1]), Calendar(2000)) and start + first[1] < end:
            start += first[1] + 1
        for match in islice(re.finditer(_PREDICATE, flow.text[start : min(end, start + _WINDOW)]), 8):
            names = flow.cut(start, start + match.start())
            if len(names) > 1 and _unit_clause(names, register):
                return named(names, "undertake", "", register, confidence=0.6)
    return []


def _subjects(flow: Flow, register: Register, *, led: bool) -> list[UnitFound]:
    """A、B联合开展…, A组织…: the subject of a sentence acts; that of a later one takes part."""
    found: list[UnitFound] = []
    for start, end in flow.pieces("。；\n，"):
        match = _SUBJECT.match(flow.text[start:end])
        if match is None:
            continue
        own = re.search("负责|牵头", match["verb"]) and (start == 0 or flow.text[start - 1] in "。；\n")
        role = "lead" if own and found else "partner" if led or found else "undertake"
        actors = _actor(flow, start + match.end("list"), register)
        found += [replace(unit, role=role, cue=match["verb"], confidence=0.7) for unit in actors]
    return found

"""Units with a verb that says their part: 由A负责，B配合; A牵头做好…."""

from __future__ import annotations

import re

from .dates import Calendar, find
from .spans import Flow
from .units import Register, UnitFound, are_units, is_unit, may_name, named, split_list

# a clause of names is shorter
_WINDOW = 120
# among so many names of units one more is one, whatever its form
_MANY = 3
# what a cue word makes of a unit, as long as no stronger one is named
_RANKS = {
    "lead": "共同牵头 统一组织 牵头 负责 主办 主责 主管 主抓",
    "undertake": "共同承办 承办 共同举办 联合举办 组织实施 具体实施 实施 抓好落实",
    "assist": "协办 协助 配合 参与 参加 支持 参展 参演 予以指导 提供指导 给予指导 进行指导",
    "share": "按职责分工负责 分工负责 分别负责",
}
_CUES = {cue: rank for rank, cues in _RANKS.items() for cue in cues.split()}
_CUE = "|".join(sorted(_CUES, key=len, reverse=True))
_TAIL = r"(?:具体|组织|实施|开展|落实|推进|完成|抓好|做好|此项|该项|工作|活动|并|统筹|协调|督促|指导|、|和){0,6}"
_CLAUSE = re.compile(
    rf"(?:(?:按照|按|根据|依据)(?:各自)?职责(?:分工)?|要|应当?|须|也|各自|共同|联合|具体|密切|主动|全力|认真|切实|做好|积极|统筹|统一|组织|予以|提供|给予|分别|总|主要|牵头|执行)*(?P<cue>{_CUE})(?!人){_TAIL}$"
)
# 由A组织, 由B安排: of verbs that say nothing of roles by themselves
_NAMED_SO = re.compile("(?:为|是|作为)(?P<cue>牵头|责任|主办|承办|协办|配合|协助|参与|支持)(?:单位|部门)$")
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
_CUE_JOINT = re.compile("(?<=主办|牵头|负责|承办|协办|协助|配合|参与)、")


def sentences(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the units of sentences that end in their part: 此项工作由A、B负责，C协助。"""
    found: list[UnitFound] = []
    for start, end in flow.pieces("。；\n"):
        if flow.text[start] != "(" or flow.text[end - 1] != ")":
            found += clauses(flow.cut(start, end), register)
    return found


def clauses(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the units of one sentence: names without a cue wait for the cue of a later clause."""
    found: list[UnitFound] = []
    pending: int | None = None
    named_outright = False
    for start, end in _role_pieces(flow):
        lead_in = _LEAD_IN.match(flow.text[start:end]) or _DATED_BY.match(flow.text[start:end])
        if lead_in:
            pending, named_outright = start + lead_in.end(), True
        begin = start if pending is None else pending
        cue = _CLAUSE.search(flow.text[begin:end]) or _NAMED_SO.search(flow.text[begin:end])
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
        elif end - begin < 2 * _WINDOW and are_units(flow.cut(begin, end), register):
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
    known = sum(is_unit(text, register) for text in texts)
    trusted = outright or known > _MANY
    if known < len(texts) and not (trusted and all(len(text) <= 20 and may_name(text) for text in texts)):
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


def verbs(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the units whose part stands before what is done: A负责场地保障，B配合做好宣传."""
    found: list[UnitFound] = []
    for start, end in flow.pieces("，。；\n"):
        match = _DOES.match(flow.text[start:end])
        if match is None or re.search("会同|联合", match["list"]):
            continue
        names = flow.cut(start + match.start("list"), start + match.end("list"))
        dates = find(names, Calendar(2000))
        if dates:
            names = names.cut(names.find(dates[-1].span.end))
        if are_units(names, register):
            found += named(names, _CUES[match["cue"]], match["cue"], register, confidence=0.8)
    return found

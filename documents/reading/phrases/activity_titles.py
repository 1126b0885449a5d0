"""What an activity is called: the naming clause with its verb, freed of date, place and partners before it."""

from __future__ import annotations

import re

from .dates import Calendar, find
from .spans import Flow
from .units import Register, all_units, are_units, split_list

VERBS = (
    r"(?:继续|广泛|深入|大力|积极|着力|专题|联合|共同|认真|集中|全面|统一|适时|切实|扎实)*"
    r"(?:组织开展|组织召开|组织举办|组织实施|组织参加|举办开展|开展|举办|举行|召开|组织|实施|开设|推动|推进|加强|推广|创建|启动|发布|"
    r"评选|完成|落实|筹备|开通|编制|编印|印发|制作|建立|设立|打造|征集|开放|走进|参加|推出|宣传|强化|完善|提升|建设)"
)
_VERB = re.compile(VERBS)
_EVENT = re.compile(r"(?:继续|联合|共同|统一|认真|集中)*(?:组织|开展|举办|举行|召开|启动|开设|评选|征集|发布|实施)")
_ACTED = re.compile(
    r"(?:继续|联合|共同|统一|认真|广泛|深入|大力|积极|着力|集中|全面|扎实|切实)*(?:组织|开展|举办|举行|召开|实施)"
)
_PREFIX = re.compile(
    r"^(?:最迟|在|于|分别(?:在|于)|由|会同|联合(?!开展|举|召|组)|与|围绕|以|结合|根据|按照|为|利用|依托|通过|面向|针对|"
    r"分[一二两三四五六\d]{1,2}(?:期|批|场|轮|片))"
)
_ACTIVITY_END = re.compile(
    r"(?:活动|行动|培训|培训班|会议?|大会|论坛|讲座|讲堂|竞赛|比赛|大赛|评选|检查|整治|演练|展|展览|宣传|咨询|调查|"
    r"仪式|征集|观摩|座谈|沙龙|节|周|行|日|赛|班|工程|测评|监测|抽查|服务|建设|体系|征文|比武|联盟|培育|攻关|专项|”)$"
)
_MANNER = re.compile(
    "^[^，]{0,24}(?:要|应|须)?(?:结合[^，]{0,6}实际|高度重视|精心组织|认真组织)$|^[^，]{2,12}期间$|^[^，按根]{0,12}(?:按照|根据)[^，]*(?:要求|安排|部署|精神)$"
)
PLACE_BEHIND = re.compile("(?<=.)[在于][^，。；、]{2,20}$")
"""Where an acting unit is followed by the place: A、B在X广场联合举办…."""
NAMES_EVENT = re.compile(
    "(?:活动|行动|培训|大会|论坛|讲座|竞赛|比赛|大赛|评选|检查|巡查|排查|整治|演练|展览|咨询|仪式|征集|征文|观摩|座谈|走访|答题|测评|抽查|开放日)$"
)
"""How the name of an event ends: 专题培训：… names what is done, not who does it."""
# verbs that say what is done although they name no event
_ACTS = re.compile(
    "开辟|播放|播发|展播|登载|推介|投播|张贴|悬挂|刊发|刊登|宣传|发送|投放|设置|发放|滚动|展示|集中|普及|摆放|推送|直播|刊播"
)
IN_WHICH_FORM = "(?:线上|线下|网上|校内|校外|室内|室外|场内|场外)(?:活动|部分|形式)?"
"""In which form a thing is done is not its name."""
_FORM = re.compile(f"{IN_WHICH_FORM}：")
_QUOTES = (("“", "”"), ("《", "》"))
_WHOLE = 26
_HEADING = 45


def title_of(flow: Flow) -> tuple[int, int]:
    """Return where the title stands in the text of an entry that begins with it (numbers and owner left out)."""
    heading = flow.text.find("\n")
    if _stands_alone(flow, heading):
        return 0, _without_bracket(flow.text, 0, heading)
    form = _FORM.match(flow.text)
    if form:
        start, end = title_of(flow.cut(form.end()))
        return form.end() + start, form.end() + end
    colon = re.match(r"[^。，；：\n()]{3,24}：(?!\d)", flow.text)
    if colon and _only_dates(flow.cut(0, colon.end() - 1)):
        start, end = title_of(flow.cut(colon.end()))
        return colon.end() + start, colon.end() + end
    if colon and (
        _ACTIVITY_END.search(flow.text[: colon.end() - 1]) or NAMES_EVENT.search(flow.text[: colon.end() - 1])
    ):
        return 0, colon.end() - 1
    start, end = _naming_clause(flow)
    start, end = start + _verb_start(flow.cut(start, end)), end
    return start, _without_bracket(flow.text, start, end)


def _stands_alone(flow: Flow, end: int) -> bool:
    """A heading on a line of its own, of several clauses, that says neither when nor who, is the title as it is."""
    text = flow.text[:end]
    if (
        not 4 <= end <= _HEADING
        or "，" not in text
        or re.search("[。；：\\d]|[由于]|负责(?!人)|牵头", text)
        or len(flow) - end < 8
    ):
        return False
    return not (_gives_roles(flow, 0, end) or find(flow.cut(0, end), Calendar(2000)))


def _clauses(flow: Flow) -> list[tuple[int, int]]:
    """The clauses of a text; the colon of an hour (9：30) parts none."""
    found: list[tuple[int, int]] = []
    for start, end in flow.pieces("，。；：\n"):
        if found and re.fullmatch("\\d：\\d", flow.text[found[-1][1] - 1 : start + 1]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _naming_clause(flow: Flow) -> tuple[int, int]:
    """The first sentence when it is a short heading, else its first clause that names something."""
    sentence = next(flow.pieces("。；\n"), (0, len(flow.text)))
    clauses = [(a, b) for a, b in _clauses(flow) if b <= sentence[1]] or [sentence]
    rest = flow.text[sentence[1] :].lstrip("。；\n")
    followed = (
        len(rest) > 10 and not rest.startswith("(") and not re.search(r"\d", flow.text[clauses[0][1] : sentence[1]])
    )
    heads = _ACTIVITY_END.search(flow.text[clauses[0][0] : clauses[0][1]])
    if (
        len(clauses) > 1
        and followed
        and sentence[1] - sentence[0] <= _WHOLE
        and not heads
        and not _adverbial(flow, *clauses[0])
    ):
        return sentence
    for start, end in clauses:
        if not _adverbial(flow, start, end):
            return start, end
    named = [each for each in clauses if not _only_dates(flow.cut(*each)) and not _gives_roles(flow, *each)]
    return (named or clauses)[0]


_ROLE_CLAUSE = re.compile(
    r"(?:由)?(?P<list>.+?)(?:共同|具体|联合)?(?:牵头|负责|主办|承办|协办|协助|配合|参与)(?:组织|实施)*$"
)


_TOGETHER = re.compile("(?:由)?(.{2,40}?)(?:会同|联合|携手|与)(.{2,60})")


def _gives_roles(flow: Flow, start: int, end: int) -> bool:
    """A牵头, B、C配合, A会同B: a clause of units and the cue of their role."""
    match = _ROLE_CLAUSE.fullmatch(flow.text[start:end])
    if match is None:
        joint = _TOGETHER.fullmatch(flow.text[start:end])
        sides = [flow.cut(start + a, start + b) for a, b in joint.regs[1:]] if joint else []
        return bool(sides) and all(are_units(side, Register()) for side in sides)
    names = flow.cut(start + match.start("list"), start + match.end("list"))
    return all_units([names.text[a:b] for a, b in split_list(names)], Register())


def _only_dates(clause: Flow) -> bool:
    dates = find(clause, Calendar(2000))
    return bool(dates) and sum(clause.find(d.span.end) - clause.find(d.span.start) for d in dates) >= len(clause) - 3


_SET = re.compile("[于在](?=\\d|每|今|本)")


def _only_sets_a_day(clause: Flow) -> bool:
    """市教育局于3月26日下午: who and when, and the deed only behind the comma."""
    begun, dates = _SET.search(clause.text), find(clause, Calendar(2000))
    if begun is None or not dates or not are_units(clause.cut(0, begun.start()), Register()):
        return False
    return (
        re.fullmatch("(?:上午|下午|晚上?|前|起)?", clause.text[clause.find(dates[-1].span.end - 1) + 1 :]) is not None
    )


def _adverbial(flow: Flow, start: int, end: int) -> bool:
    """A clause that gives only date, place, partners or purpose."""
    text = flow.text[start:end]
    if _gives_roles(flow, start, end):
        return True
    if _only_dates(flow.cut(start, end)) or _MANNER.search(text):
        return True
    if _only_sets_a_day(flow.cut(start, end)):
        return True
    acts = _ACTS.search(re.sub("《[^《》]*》", "", text)) is not None and not text.startswith("为")
    return _PREFIX.match(text) is not None and _verb_start(flow.cut(start, end)) == 0 and not acts


def _verb_start(clause: Flow) -> int:
    """Where the naming verb stands behind date, place, subject or partners; 0 when the clause begins with its name."""
    dates = find(clause, Calendar(2000))
    begins_with_date = bool(dates) and clause.find(dates[0].span.start) <= 1
    if not (begins_with_date or _PREFIX.match(clause.text)):
        return _after_subject(clause)
    position = clause.find(dates[0].span.end) if begins_with_date else 1
    for verb in (_VERB if begins_with_date else _EVENT).finditer(clause.text, position):
        quoted = any(clause.text.rfind(a, 0, verb.start()) > clause.text.rfind(b, 0, verb.start()) for a, b in _QUOTES)
        if not quoted and len(clause.text) - verb.end() >= 3:
            return verb.start()
    dashed = len(clause.text[position:]) - len(clause.text[position:].lstrip("—："))
    position, least = position + dashed, 2 if dashed else 4
    return position if begins_with_date and len(clause.text) - position >= least else 0


_CONVENED = re.compile("^[^，。；：]{0,30}?(?:定于|拟于|将于|计划于)[^，。；]{2,60}?(?=(?:召开|举办|举行|组织|开展))")


def _after_subject(clause: Flow) -> int:
    """Where the verb stands behind the units that act: A、B联合举办…, A负责开展…, A定于6月5日在某厅举办…"""
    convened = _CONVENED.match(clause.text)
    if convened is not None:
        return convened.end()
    for verb in _ACTED.finditer(clause.text, 2):
        subject = clause.cut(0, verb.start())
        cue = re.search(r"(?:负责|牵头|将|要|应)+$", subject.text)
        place = PLACE_BEHIND.search(subject.text)
        names = subject.cut(0, cue.start() if cue else place.start() if place else None)
        if verb.start() > 40:
            break
        if all_units([names.text[a:b] for a, b in split_list(names)], Register()):
            return verb.start()
    return 0


def _without_bracket(text: str, start: int, end: int) -> int:
    """Leave out a bracket that closes the title and names units."""
    bracket = re.search(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$", text[start:end])
    if bracket and re.search("负责|牵头|单位|主办|承办|协|配合|局|委|办|处|、|[月日]", bracket[0]):
        return start + bracket.start()
    return end

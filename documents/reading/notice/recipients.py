"""To whom something is handed in: 报A, 报送至A和B, 向A报送…."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.spans import Flow
from documents.reading.phrases.units import Register, UnitFound, named, split_list

from .filing_words import REPORT, REPORT_VERB

_TO_AFTER = re.compile(
    r"(?:(?P<thing>[^，。；\n]{2,60}?)(?:报送|送|发送)?[至到给])??(?P<to>[^，。；\n“”]{2,40}?)"
    r"(?=(?:指定)?(?:电子|工作|官方|OA)?(?:邮箱|信箱|邮件)|汇总|备案|审核|审定|验收|评审(?![办委组])|审查|存查|统一|存档|备查|[，。；\n：]|并|或(?:传真|邮寄|发)|\((?![市县区州旗、])|"
    r"电话|传真|联系|$)"
)
_TO_BEFORE = re.compile(r"向(?P<to>[^，。；向]{2,30})$")
_OFFICE = re.compile(
    r"(?:局|委|办|办公室|部|厅|处|科|会|中心|小组|府|院|所|单位|室|部门|股|站|集团|公司|校|系|学院|大学|厂|协会|科协|妇联|工商联|残联|文联|侨联|海关|队|组|社|台|机构|(?<!公)司|馆|宫|园|基地|编辑部)(?:\(.*\))?$"
)
_FOR_WHAT = re.compile("(?:备案|汇总|审核|审定|验收|评审|审查|存档|备查)$")


def until(flow: Flow, start: int, end: int) -> Flow:
    """The names at the start of a stretch, as far as they go."""
    stop = _TO_AFTER.match(flow.text[start:end])
    return flow.cut(start, start + stop.end("to") if stop else end)


def recipients_of(flow: Flow, verb: re.Match[str]) -> list[UnitFound]:
    """报A, 报送至A和B, 向A报送…"""
    left = max(0, verb.start() - 34)
    before = _TO_BEFORE.search(flow.text[left : verb.start()])
    if before is not None:
        return named(flow.cut(left + before.start("to"), left + before.end("to")), "other", verb[0], Register())
    clause = re.compile("[^，。；\n]*").match(flow.text, verb.end())
    starts = []
    if clause is not None and not verb[0].endswith(("至", "到", "给")):
        said = re.sub(r"\([^()]*\)", lambda bracket: " " * len(bracket[0]), flow.text[: clause.end()])
        starts = [at.end() for at in re.finditer("[至到给](?!位)", said) if at.start() >= verb.end()]
    for start in [*starts, verb.end()]:
        after = _TO_AFTER.match(flow.text, start)
        cut = flow.cut(*after.span("to")) if after else None
        if cut is not None and names_offices(cut) and not _NO_OFFICE.search(cut.text):
            return [_bare(unit) for unit in named(cut, "other", verb[0], Register())]
    rest = re.compile(f"[^。；]{{0,60}}?，(?:并|一并|统一)?{REPORT}").match(flow.text, verb.end())
    verbs = list(REPORT_VERB.finditer(flow.text, verb.end(), rest.end() + 6)) if rest else []
    onward = (
        rest is not None
        and not re.search("[前日]|向", rest[0])
        and verbs
        and verbs[-1][0].startswith(("送", "报", "交", "寄"))
    )
    return recipients_of(flow, verbs[-1]) if onward else []


_NO_OFFICE = re.compile(
    "^(?:或|并|和|至|到|向|请)|材料|总结|情况|报告|方案|名单|表$|平台|系统|网站|小程序|公众号|微信|QQ|群$|"
    "邮箱|[\\d一二三四五六七八九十][年月日]|[年月日]$"
)


def names_offices(cut: Flow) -> bool:
    names = [_FOR_WHAT.sub("", cut.text[a:b]) for a, b in split_list(cut)]
    return bool(names) and all(_OFFICE.search(name) for name in names)


def _bare(unit: UnitFound) -> UnitFound:
    """A recipient without the explanation in brackets behind it."""
    return replace(unit, name=re.sub(r"[（(][^（）()]*[）)]?$", "", unit.name))

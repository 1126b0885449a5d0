"""What is to be handed in: 将X报…, X，请于…报, 报送X, 形成X并报…."""

from __future__ import annotations

import re

from documents.reading.phrases.spans import Flow
from documents.reading.phrases.units import is_unit

from .due_marks import Mark
from .filing_words import NAMES_SOMEBODY, REPORT_VERB
from .recipients import names_offices, until

_ITEM_BY = re.compile(
    r"(?:将|把)(?P<item>[^。；]{2,80}?)(?:，?(?:一并|统一|及时|同步|分别|打包|(?:加盖(?:单位)?公章|签字盖章|签章|盖章|审核|签字)后?|以[^，。；]{2,20}(?:形式|方式)|经[^，。；]{2,20}后|通过[^，。；]{2,20}))*$"
)
_ITEM_DONE = re.compile(
    r"(?:填写|填报|填好|形成|制定|编制|撰写|梳理|汇总(?!表)|下载)(?P<item>[^，。；]{2,40}?)(?:，|并|后|再|盖章|统一|及时|一并|以[^，。；]{2,12}形式)*$"
)
_ITEM_EARLY = re.compile(
    r"(?:将|把)(?P<item>(?:[^，。；()]|\([^()]*\)){2,60}?)(?:(?:按要求)?加盖公章后?|，|请|务必|并|统一)*(?:最迟)?(?:于|在)?$"
)
_ITEM_TOPIC = re.compile(
    r"(?:^|[，；、]|并|请)(?:\([^()]{1,3}\)|\d{1,2}[.、]|【[^【】]{1,3}】|[①-⒛㈠-㈩㊀-㊉])?(?:(?:请?各地)?请?各(?:单位|部门|地区?|县区|乡镇|街道|成员单位|责任单位|有关单位|科室)的?)?"
    r"(?P<item>[^，。；、]{2,40}?(?:、[^，。；、]{2,20}?)*?)"
    r"(?:，(?:请|务必|统一|应|须|最迟|于|在)*|(?:请|务必|统一|应|须|最迟)+(?:于|在)?|(?:于|在))$"
)
_ITEM_MADE = re.compile(
    r"(?:形成|制定|制订|编制|拟定|拟订|起草|撰写|编写|填写|填好|填报|汇总|整理|报送|提交|上报)(?P<item>[^，。；、]{2,40}(?:，(?:连同|并附|附)[^，。；]{2,30})?)"
    r"(?:，|并|请|务必|须|应|最迟)*(?:于|在)?$"
)
_ITEM_AFTER = re.compile(r"(?P<item>[^，。；\n]{2,60})")
_GIVES = re.compile(r"送|提供|提交|上报|反馈|填报|报备|递交|报$|回传|函告|传真")

_KEPT_IN = re.compile("(?:在|于|通过)[^，。；]{2,20}(?:网站|平台|系统|客户端|小程序|公众号)$")
"""By which site a thing is handed in is no part of its name."""
_TO_ADDRESS = re.compile("(?:发送|报送|发|送|报)?[至到](?:指定|工作|电子|以下)?(?:邮箱|信箱|邮件|QQ|微信)[^，。；]*$")


_NOTHING = re.compile("(?:请|最迟|务必|统一|应|须|于|在|并|各单位|(?:报送|上报)?(?:时间|日期|期限|方式)(?:截[至止])?)*")


def item_of(flow: Flow, marks: list[Mark], index: int, verb: re.Match[str], own_end: int) -> tuple[int, int] | None:
    """Return where the thing stands that a verb hands in by a mark; None where only 请 or 最迟 stands there."""
    item = _item(flow, marks, index, verb, own_end)
    return None if item is None or _NOTHING.fullmatch(flow.text, *item) else item


def _item(flow: Flow, marks: list[Mark], index: int, verb: re.Match[str], own_end: int) -> tuple[int, int] | None:
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
    if early is not None and not REPORT_VERB.search(early["item"], 1):
        return _trimmed(flow.text, before + early.start("item"), before + early.end("item"))
    after = re.compile(
        r"(?P<item>(?:\([^()]*\)|[^，。；\n()]){2,60}?)(?:报送|送|发送)?[至到给](?P<to>[^，。；\n]{2,30})"
    ).match(flow.text, verb.end(), own_end)
    if after is None or not names_offices(until(flow, *after.span("to"))):
        after = _ITEM_AFTER.match(flow.text, verb.end(), own_end)
    gives = _GIVES.search(verb[0]) and not verb[0].endswith(("至", "到", "给"))
    if after is not None and gives and not names_offices(_until_bracket(flow, *after.span("item"))):
        return _trimmed(flow.text, *after.span("item"))
    made = _ITEM_MADE.search(flow.text[before : mark.begin])
    if made is not None and not _only_names(made["item"]):
        return _trimmed(flow.text, before + made.start("item"), before + made.end("item"))
    topic = _ITEM_TOPIC.search(flow.text[before : mark.begin])
    earlier = None
    if topic is not None and NAMES_SOMEBODY.match(topic["item"]):
        earlier = _ITEM_MADE.search(flow.text[before : before + topic.start("item")].rstrip("，并"))
    if earlier is not None:
        return _trimmed(flow.text, before + earlier.start("item"), before + earlier.end("item"))
    if (
        topic is not None
        and not topic["item"].startswith(("注：", "备注", "由", "经"))
        and not _only_names(topic["item"])
    ):
        return _trimmed(flow.text, before + topic.start("item"), before + topic.end("item"))
    return None


def _until_bracket(flow: Flow, start: int, end: int) -> Flow:
    """A stretch up to a bracket that closes only behind it."""
    whole = flow.text.count("(", start, end) == flow.text.count(")", start, end)
    return flow.cut(start, end if whole else flow.text.rindex("(", start, end))


def handed_over(flow: Flow, verb: re.Match[str]) -> tuple[int, int] | None:
    """Return where the item of 将X报送… stands, None when the sentence has none."""
    said = _ITEM_BY.search(flow.text[: verb.start()])
    return _trimmed(flow.text, *said.span("item")) if said is not None else None


_FILLED = re.compile("，?(?:并|请)?(?:认真)?(?:填写|填报|填好)(?P<item>[^，。；]{2,40})(?:，|并)")


def filled_in(flow: Flow, start: int, end: int) -> tuple[int, int] | None:
    """Return where the form stands that a person named is entered in: 指定联络员，填写《登记表》，报…."""
    said = _FILLED.match(flow.text, start, end)
    return said.span("item") if said is not None else None


_FORM_NAMED = re.compile("(?:填报|填写|填好|提交|提供|报送)(?P<item>《[^《》]{2,40}》)")


def named_before(sentence: str) -> str:
    """Return the form that the sentence before has filled in, "" for none: 须填报《申请表》。请于9月12日前报送."""
    said = _FORM_NAMED.search(sentence)
    return said["item"] if said else ""


_PASSED_ON = re.compile("(?:汇总|审核|审定|审查|签字|盖章|初审|把关)(?:签字|盖章)?后?，?(?:最迟|务必|请)?(?:于|在)?$")


def is_passed_on(before: str) -> bool:
    """Return whether what stands before a day says that a thing named before is passed on: 年级组汇总后于…报."""
    return _PASSED_ON.search(before) is not None


def _only_names(text: str) -> bool:
    """Who hands in, not what: 各镇街、各部门."""
    return all(is_unit(name) for name in re.split("[、，和及]", re.sub("^请?[贵我本你]?", "", text)) if name)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a remark in brackets at the end: 名单（附件2）."""
    if text.count("(", start, end) > text.count(")", start, end):
        end = text.rindex("(", start, end)
    bracket = re.search(r"\((?:[^()]*(?:邮箱|@|同时)|[^()]*电子版[^()]|[^()]+电子版)[^()]*\)$", text[start:end])
    tail = re.search(
        r"[、，并和及]*(?:(?<=[、，并和及])(?:请|最迟|务必)*[于在])?$",
        text[start : start + bracket.start() if bracket else end],
    )
    end = start + bracket.start() if bracket else end
    again = re.search("的(?:单位|部门|企业|同志|人员)将(?=.)", text[start:end])
    start += again.end() if again else 0
    kept = _KEPT_IN.search(text[start:end])
    end = start + kept.start() if kept and kept.start() > 1 else end
    whose = re.search("的(?:单位|部门|企业|同志|人员)(?:请|应|须|务必)?[于在]?$", text[start:end])
    end = start + whose.start() if whose else end
    where = _TO_ADDRESS.search(text[start:end])
    if where is not None and where.start() > 1:
        return start, start + where.start()
    return start, end - (len(tail[0]) if tail else 0)

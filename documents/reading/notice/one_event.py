"""A paper that calls to one event: set for a day in a sentence, or with time and place as headings; an invitation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.reading.phrases.dates import find
from documents.reading.phrases.spans import Flow, Span, Text, verbatim
from documents.reading.structure.dissection import Paper
from documents.reading.structure.numbered_tree import Node

from .activities import Context, read_entry
from .draft import Activity
from .list_entries import Entry, joined, names_detail

_NAMED = re.compile(
    r"关于(?:(?:商请|恳请|邀请|请|组织|协助|支持|配合|做好|协办)*(?:参加|出席|观摩)?)(?!报送|申报|推荐|征集|提供|填报|反馈|征求|上报|印发|转发)(?P<name>(?:组织)?(?:召开|举办|举行|开展)?[^，。]{4,40}?)"
    r"(?:有关(?:工作|事项|事宜))?的(?:通知|函|预通知|邀请函)"
)
_CAMPAIGN = re.compile(
    "全国[^，。]{2,6}日”?(?:系列|主题)?活动|[月周]”?(?:期间)?(?:系列|宣传|主题)?活动|活动[月周]|系列活动|[月周]”?$"
)
_SET = re.compile(
    "(?:定于|拟于|将于|决定于|兹定于|计划于|(?<![关对基位限])于)(?=[^。；]{4,60}(?:召开|举办|举行|开展|赴))"
)
_ENDS = re.compile("，(?:现?请|望|会期|现将)|[。；]")
_WHO = re.compile(
    r"(?:本次|此次|该|本届)?[^，。；\n]{0,10}由[^。；\n]{2,80}"
    r"(?:主办|承办|协办|牵头|负责|组织|配合)[^。；\n]*[。；]?"
)
"""The sentence behind the one that sets the day: 本次活动由A主办，B承办."""
_HOLDS = re.compile("(?:召开|举办|举行|开展)(?P<name>[^，。；]{4,40}?)(?=[，。；]|$)")


@dataclass(frozen=True, slots=True)
class OneEvent:
    """The one event of a paper. details: the headings that say when, where and who; is_set: a sentence sets its day."""

    activity: Activity
    details: list[Node]
    is_set: bool


def one_event(paper: Paper, title: Text | None, doc_type: str, context: Context) -> OneEvent | None:
    """Return the one event that a paper calls to; None when its title names none and it invites to none."""
    at = [index for index in range(*title.span) if not paper.source[index].isspace()] if title else []
    event = _NAMED.search("".join(paper.source[index] for index in at))
    if event is None:
        return _invited(paper, context) if doc_type == "invitation" else None
    is_campaign = _CAMPAIGN.search(event["name"]) is not None
    told = None if is_campaign else _set_for_a_day(paper, context)
    details = _details(paper, context)
    if told is None and len(details) < (2 if is_campaign else 1):
        return None
    flow = told if told else details[0].own.cut(0, 0)
    for node in details:
        flow = joined(flow, node.own)
    span = told.whole() if told else Span(details[0].span.start, details[-1].span.end)
    place = Span(at[event.start("name")], at[event.end("name") - 1] + 1)
    name = Text(verbatim(paper.source, place), place, 0.8)
    return OneEvent(replace(read_entry(Entry("", flow, span), context)[0], title=name), details, told is not None)


def _invited(paper: Paper, context: Context) -> OneEvent | None:
    """兹定于10月20日在会展中心举办某展览会: the event of an invitation whose title is 邀请函 alone."""
    told = _set_for_a_day(paper, context)
    held = _HOLDS.search(told.text) if told else None
    if told is None or held is None:
        return None
    name = Text(told.value(*held.span("name")), told.span(*held.span("name")), 0.8)
    return OneEvent(replace(read_entry(Entry("", told, told.whole()), context)[0], title=name), [], is_set=True)


def _set_for_a_day(paper: Paper, context: Context) -> Flow | None:
    """定于11月8日下午在三楼会议室召开例会，请…参加: the sentence that sets the day, and the next where it says who."""
    sheet = paper.sheets[0]
    flow = paper.flow(sheet.tree.before or sheet.part.body)
    begun = _SET.search(flow.text)
    if begun is None:
        return None
    end = next((at.start() for at in _ENDS.finditer(flow.text, begun.end())), len(flow))
    days = find(flow.cut(begun.start(), end), context.calendar)
    if not days or days[0].precision != "day":
        return None
    who = _WHO.match(flow.text, end + 1) if flow.text[end : end + 1] in "。；" else None
    return flow.cut(begun.start(), who.end() if who else end)


def _details(paper: Paper, context: Context) -> list[Node]:
    """The headings that say when and where: with a place or a day among them, or each with a colon."""
    details = [node for node in paper.sheets[0].tree.nodes if names_detail(node) and not node.children]
    details = [node for node in details if not node.key.startswith("报名")]
    dated = any("时间" in node.key and find(node.body, context.calendar) for node in details)
    if not dated and not any("地点" in node.key for node in details):
        return [node for node in details if node.colon]
    return details

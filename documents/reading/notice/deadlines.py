"""What the addressees owe, by when and to whom: 请于10月15日前将总结报…, 提前1周, 3个工作日内, 每年12月20日前."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from documents.reading.phrases.dates import names_an_hour, working_days_from
from documents.reading.phrases.spans import Flow, Span
from documents.reading.phrases.units import Register, UnitFound, named

from . import doubt_messages
from .activities import Context
from .draft import Deadline
from .due_marks import Anchors, Mark, Term, marks_in
from .filed_items import filled_in, handed_over, is_passed_on, item_of, named_before
from .filing_words import CALLS, CONTACT_VERB, CUT_OFF, NAMES_SOMEBODY, REPORT, REPORT_VERB, kind_of_filing
from .recipients import recipients_of

_DAYS = {"周": 7, "星期": 7, "月": 30}
_WINDOW = 200
WorkingDay = Callable[[date], bool]
_SENDER = re.compile(
    r"(?:请)?(?P<from>(?:各|全|市|县|区|省)[^，。；：\n]{1,40}?)"
    r"(?=(?:务必|请|应|要|须|需|分别|统一|于|在|将|每|指定|也|可|负责|按|及时|认真|必须|$))"
)
_FORWARD = re.compile(
    r"^(?:请)?(?:以上|上述|有关|相关|所有|各类)(?:有关|相关|各项|各类)?(?:材料|资料|表格|报表|信息|名单|文件|总结|表|情况|内容)[^，。；]{0,12}?"
)
"""A sentence that says to whom what was asked before is sent: 上述材料报送…."""


def find_deadlines(
    flow: Flow, context: Context, anchors: Anchors, is_working_day: WorkingDay, *, annex: str = ""
) -> list[Deadline]:
    """Return the reporting duties of a stretch of text."""
    found: list[Deadline] = []
    earlier = ""
    for start, end in flow.pieces("。\n"):
        sentence = flow.cut(start, end)
        found = _told_next(_forwarded(found, sentence), sentence)
        marks = marks_in(sentence, context, anchors)
        built = [_duty(sentence, marks, index, anchors) for index in range(len(marks))]
        duties = [(mark, duty) for mark, duty in zip(marks, built, strict=True) if duty is not None]
        duties = _passed_on(sentence, duties)
        duties = [
            each
            for mark, duty in _shared_out(sentence, duties)
            for each in ((mark, duty), *_also(sentence, marks, mark, duty))
        ]
        for mark, duty in duties:
            to = duty.to or _beside(sentence, mark, duties) or _all_to(sentence, mark)
            duty = duty if duty.item else _of(duty, named_before(earlier))
            settled = _settled(replace(duty, to=to, annex=annex), mark)
            found.append(_resolved(settled, mark, anchors, is_working_day))
        earlier = sentence.value(0, len(sentence)) if flow.text[end : end + 1] == "。" else ""
    return found


def _passed_on(sentence: Flow, duties: list[tuple[Mark, Deadline]]) -> list[tuple[Mark, Deadline]]:
    """X前将A交B，B汇总后于Y前报C: what is passed on is A."""
    told: list[tuple[Mark, Deadline]] = []
    for mark, duty in duties:
        if told and told[-1][1].item and is_passed_on(sentence.text[told[-1][0].end : mark.begin]):
            duty = _of(duty, told[-1][1].item)
        told.append((mark, duty))
    return told


_ALSO = re.compile(rf"[，；](?:并|同时)+(?:请)?将(?P<item>[^，。；]{{2,40}}?)(?:一并|分别|及时|统一)?(?={REPORT})")
_COPY = re.compile(
    "(?:[^，。；]{2,14}的)?(?:其|相关|有关|上述)?(?:电子(?:版|稿|文档|档|材料|文件)|扫描件|[Ww]ord版?|PDF版?)(?:材料)?"
)


def _also(sentence: Flow, marks: list[Mark], mark: Mark, duty: Deadline) -> Iterator[tuple[Mark, Deadline]]:
    """将A发送至B，同时将C邮寄至D: by the same day a second thing is due; the same once more in another form is none."""
    stop = min((other.begin for other in marks if other.begin > mark.end), default=len(sentence))
    first = REPORT_VERB.search(sentence.text, mark.end, stop)
    more = _ALSO.search(sentence.text, first.end(), stop) if first else None
    verb = REPORT_VERB.search(sentence.text, more.end(), stop) if more and duty.item else None
    if more is None or verb is None or _COPY.fullmatch(more["item"]):
        return
    yield mark, replace(_made(sentence, mark, more.span("item"), recipients_of(sentence, verb)), before=duty.before)


def _beside(sentence: Flow, mark: Mark, duties: list[tuple[Mark, Deadline]]) -> tuple[UnitFound, ...]:
    """To whom the duties beside this one go: that no semicolon parts from it, else the last before it."""
    left = sentence.text.rfind("；", 0, mark.begin)
    right = sentence.text.find("；", mark.end) % (len(sentence) + 1)
    near = [duty.to for other, duty in duties if duty.to and other is not mark and left < other.begin < right]
    before = [duty.to for other, duty in duties if duty.to and other.begin < mark.begin]
    return near[0] if near else before[-1] if before else ()


_ALL_TO = re.compile(
    f"[，；](?:以上|上述|所有|有关|相关)?(?:各项)?(?:材料|资料|信息|表格|报表|内容)[^，。；]{{0,14}}?(?={REPORT})"
)


def _all_to(sentence: Flow, mark: Mark) -> tuple[UnitFound, ...]:
    """X前报A，Y前报B，以上材料均报C: to whom all of a sentence goes."""
    said = _ALL_TO.search(sentence.text, mark.end)
    verb = REPORT_VERB.search(sentence.text, said.end()) if said else None
    return tuple(recipients_of(sentence, verb)) if verb else ()


def _told_next(found: list[Deadline], sentence: Flow) -> list[Deadline]:
    """征集时间截至X。请将A发送至B: what the cut-off before this sentence is of, and to whom."""
    verb = REPORT_VERB.search(sentence.text) if found and found[-1].collects else None
    if verb is None:
        return found
    *others, last = found
    item = handed_over(sentence, verb)
    if item is None:
        return found
    name, to = sentence.value(*item), tuple(recipients_of(sentence, verb))
    source = Span(last.source.start, sentence.whole().end)
    told = replace(_of(last, name), to=to or last.to, source=source, collects=False)
    return [*others, replace(told, doubt="" if to and told.doubt == doubt_messages.NO_RECIPIENT else told.doubt)]


_EACH = re.compile("(?P<items>[^，。；]{0,40}?)(?:请|应|须|并)?分别[于在]?$")


def _shared_out(sentence: Flow, duties: list[tuple[Mark, Deadline]]) -> list[tuple[Mark, Deadline]]:
    """X前、Y前分别将A和B报C: as many things as days, one for each day; of one thing the same on each."""
    runs: list[list[tuple[Mark, Deadline]]] = []
    for mark, duty in duties:
        joint = sentence.text[runs[-1][-1][0].end : mark.begin] if runs else ""
        if re.fullmatch("[、，和及]", joint):
            runs[-1].append((mark, duty))
        else:
            runs.append([(mark, duty)])
    return [each for run in runs for each in _given_out(sentence, run)]


def _given_out(sentence: Flow, run: list[tuple[Mark, Deadline]]) -> list[tuple[Mark, Deadline]]:
    said = _EACH.search(sentence.text[: run[0][0].begin])
    if len(run) < 2 or (said is None and not sentence.text.startswith("分别", run[-1][0].end)):
        return run
    last = run[-1][1]
    items = re.split("[、和及]", last.item or (said["items"] if said else ""))
    if len(items) == 1 and items[0]:
        items = items * len(run)
    if len(items) != len(run):
        return run
    return [(mark, replace(_of(duty, item), to=last.to)) for (mark, duty), item in zip(run, items, strict=True)]


def _forwarded(found: list[Deadline], sentence: Flow) -> list[Deadline]:
    """上述材料报送A和B: whom the duties before this sentence are due to, where they did not say it themselves."""
    lead = _FORWARD.match(sentence.text) if found else None
    verb = REPORT_VERB.search(sentence.text, lead.end()) if lead else None
    to = recipients_of(sentence, verb) if verb is not None and verb.start() < 40 else []
    if not to:
        return found
    doubt = doubt_messages.NO_RECIPIENT
    *others, last = found
    found = [*others, replace(last, source=Span(last.source.start, sentence.whole().end))]
    return [
        duty if duty.to else replace(duty, to=tuple(to), doubt="" if duty.doubt == doubt else duty.doubt)
        for duty in found
    ]


def _duty(flow: Flow, marks: list[Mark], index: int, anchors: Anchors) -> Deadline | None:
    """The duty of a mark; None when no word of reporting goes with it."""
    mark = marks[index]
    own_end = marks[index + 1].begin if index + 1 < len(marks) else len(flow)
    verb = REPORT_VERB.search(flow.text, mark.end, own_end)
    person = NAMES_SOMEBODY.search(flow.text, mark.end, own_end)
    if person is not None and (verb is None or person.start() < verb.start()):
        between = flow.text[person.end() : verb.start()] if verb is not None else ""
        joined = verb is not None and (len(between) < 12 or re.search("[并，]", between))
        to = recipients_of(flow, verb) if verb is not None and joined else []
        filled = filled_in(flow, person.end(), verb.start()) if verb is not None and joined else None
        return _made(flow, mark, filled or person.span("item"), to)
    if verb is None:
        contact = CONTACT_VERB.search(flow.text, mark.end, min(own_end, mark.end + 40))
        if contact is not None:
            return _made(flow, mark, contact.span(), named(flow.cut(*contact.span("to")), "other", "", Register()))
        open_ended = re.match("、|[^，。]*将|[、，和及以]?[^，。；]{2,30}$|[、和及]$", flow.text[mark.end : own_end])
        verb = REPORT_VERB.search(flow.text, own_end) if open_ended and own_end < len(flow) else None
        verb = verb or _verb_before(flow, marks, index)
    if verb is None:
        return _called(flow, mark, anchors)
    if verb[0] == "报名":
        return replace(_made(flow, mark, verb.span(), []), kind="registration")
    if verb[0] == "通报":
        return None
    return _made(flow, mark, item_of(flow, marks, index, verb, own_end), recipients_of(flow, verb))


_COLLECTED = re.compile(
    r"征集(?!时间|截止|期限|方式|对象|范围|要求|办法|内容|活动|工作|令)(?:\d{4}年度?)?(?P<item>[^，。；：的\n]{2,20}?)(?=活动(?!口号|标语|主题|作品|案例|标识)|工作|的|[，。；：\n]|$)"
)


def collected(flow: Flow) -> str:
    """Return what a paper collects (征集质量月口号的公告), "" when it collects nothing."""
    match = _COLLECTED.search(flow.text)
    return match["item"] if match else ""


_FROM_NOW = re.compile("即日起?(?:至|到)$")


def _called(flow: Flow, mark: Mark, anchors: Anchors) -> Deadline | None:
    """A cut-off of what is collected: 征集时间截至X, 投稿截止日：X, 报名截止X."""
    near = flow.text[max(0, mark.begin - 40) : mark.end + 4]
    before, own = flow.text[: mark.begin], flow.text[mark.begin : mark.end]
    late = _FROM_NOW.search(before) or CUT_OFF.search(before) or re.search("截[至止]", own)
    call = CALLS.search(near)
    if late is None or call is None or mark.day is None:
        return None
    duty = _made(flow, mark, None, [])
    topic = collected(flow) or anchors.collected if call[0] not in ("报名", "申报", "推荐") else call[0]
    kind = "material" if topic != call[0] else "registration"
    return replace(duty, item=topic or call[0], kind=kind, collects=True)


def _verb_before(flow: Flow, marks: list[Mark], index: int) -> re.Match[str] | None:
    """报送截止时间为X: the verb stands before the date."""
    start = marks[index - 1].end if index else 0
    before = flow.text[start : marks[index].begin]
    late = re.search("截止|截至|最迟|不迟于|不晚于", before) or re.search(
        "(?:时间|期限|日期)(?:安排|要求)?[：为]$", before
    )
    return REPORT_VERB.search(flow.text, start, marks[index].begin) if late else None


def _made(flow: Flow, mark: Mark, item: tuple[int, int] | None, to: list[UnitFound]) -> Deadline:
    start = max(flow.text.rfind("；", 0, mark.begin) + 1, 0)
    sender = _SENDER.search(flow.text, max(start, mark.begin - _WINDOW), mark.begin)
    duty = Deadline(
        item="",
        kind="",
        text=flow.value(mark.begin, mark.end),
        span=flow.span(mark.begin, mark.end),
        source=flow.span(start, len(flow)),
        date=mark.day,
        recurring=mark.recurring,
        sender=sender["from"] if sender else "",
        before=flow.value(start, mark.begin) if start < mark.begin else "",
        to=tuple(to),
    )
    return _of(duty, flow.value(*item) if item else "")


_REFERENCE = re.compile("[（(](?:详?见)?附[件表]?[0-9一二三四五六七八九十]*[）)]$")


def _of(duty: Deadline, name: str) -> Deadline:
    """The duty to hand in what is called so; the number of its form behind it is no part of the name."""
    reference = _REFERENCE.search(name)
    item = name[: reference.start()] if reference else name
    return replace(duty, item=item, kind=kind_of_filing(item), reference=reference[0] if reference else "")


def _settled(duty: Deadline, mark: Mark) -> Deadline:
    """State what is doubtful about a duty."""
    doubt = "" if duty.to else doubt_messages.NO_RECIPIENT
    if mark.day is not None and mark.day.start is None:
        doubt = doubt_messages.NO_YEAR
    elif mark.day is not None and doubt_messages.weekday_differs(mark.day):
        doubt = doubt_messages.WEEKDAY
    elif mark.day is not None and names_an_hour(mark.day):
        doubt = doubt_messages.HOUR
    return replace(duty, doubt=doubt, confidence=0.7 if doubt or not duty.item else 1.0)


def _resolved(duty: Deadline, mark: Mark, anchors: Anchors, is_working_day: WorkingDay) -> Deadline:
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
    counted = (bases[-1], -term.count if term.ahead else term.count) if term.unit == "工作日" and days else None
    return replace(duty, relative=duty.text, resolved=days, how=how, doubt=doubt, confidence=0.6, counted=counted)


def _bases(term: Term, anchors: Anchors) -> tuple[date, ...]:
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

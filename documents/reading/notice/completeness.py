"""What is doubtful about a document as a whole, and what of it could not be placed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from documents.numbering import ordinal
from documents.reading.phrases.spans import Span, Text, verbatim
from documents.reading.phrases.units import is_body_name
from documents.reading.structure.dissection import Paper

from . import doubt_messages, head
from .campaign import Campaign
from .draft import Doubt, NoticeDraft

_ROUTINE = re.compile(
    r"特此(?:通知|函告|报告)。?$|(?:如下|执行|落实|实施)[：。]?$|(?:现|特).{0,30}(?:通知如下|印发)|^目\s*录$"
)

# chapters whose every line belongs to the one thing they say
_WHOLE = ("theme", "slogans", "logo", "contacts", "period")


def complete(paper: Paper, draft: NoticeDraft, campaign: Campaign, *, truncated: bool) -> NoticeDraft:
    """Return the draft with its unplaced paragraphs and its doubts."""
    draft = replace(draft, unplaced=tuple(unplaced(paper, draft)))
    rivals = [Doubt("period", doubt_messages.PERIOD_CONTRADICTS, day.span) for day in campaign.rivals]
    return replace(draft, doubts=(*_doubts(paper, draft, truncated), *rivals))


def unplaced(paper: Paper, draft: NoticeDraft) -> list[Text]:
    """Return the lines of the source of which no proposal holds anything."""
    claimed = _merged(_claims(paper, draft))
    starts = [span.start for span in claimed]
    left = []
    for line in paper.lines:
        index = bisect_left(starts, line.span.end)
        touched = index > 0 and claimed[index - 1].end > line.span.start
        if draft.title is not None and line.text.strip() == draft.title.value.strip():
            continue
        if not touched and not _ROUTINE.search(line.text):
            left.append(Text(verbatim(paper.source, line.span), line.span))
    return left


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return merged


def _claims(paper: Paper, draft: NoticeDraft) -> list[Span]:
    """The stretches that proposals hold, and the headings of chapters and parts."""
    texts = [draft.title, draft.header, draft.number, draft.theme, draft.spirit_slogan, draft.logo_note, draft.ideology]
    texts += [
        draft.goal,
        draft.printed,
        draft.publicity,
        *draft.issuers,
        *draft.addressees,
        *draft.copy_to,
        *draft.headers,
    ]
    spans = [text.span for text in texts if text is not None]
    spans += [Span(s.heading.span.start, max(s.heading.span.end, s.body.span.end)) for s in draft.sections]
    for annex in draft.annexes:
        spans.append(annex.title.span)
        spans += [Span(s.heading.span.start, max(s.heading.span.end, s.body.span.end)) for s in annex.sections]
    spans += [text.span for text in draft.preamble]
    spans += [annex.theme.span for annex in draft.annexes if annex.theme is not None]
    spans += [slogan.text.span for slogan in draft.slogans] + [activity.span for activity in draft.activities]
    spans += [task.span for task in draft.tasks + draft.body_tasks] + [form.span for form in draft.forms]
    above = draft.title.span.start if draft.title else 0
    spans += [line.span for line in paper.lines[:40] if line.span.end <= above and is_body_name(line.text)]
    spans += [label.span for form in draft.forms for label in form.header_fields]
    spans += [found.round.span for found in draft.interviews] + [found.source for found in draft.deadlines]
    spans += [contact.span for contact in draft.contacts] + [a.title.span for a in draft.attachments]
    spans += [date.span for date in (*draft.period, *draft.milestones)] + [target.span for target in draft.targets]
    spans += [draft.issued.span] if draft.issued else []
    spans += [line.span for line in paper.parts.notice.attachments + paper.parts.imprint]
    return spans + _headings(paper)


def _headings(paper: Paper) -> list[Span]:
    spans = [line.span for line in paper.lines if head.is_portal_line(line)]
    ends = [line.span.end for line in paper.lines]
    for sheet in paper.sheets:
        spans += [chapter.node.own.span(0, chapter.node.heading_end) for chapter in sheet.chapters if chapter.node]
        spans += [node.own.span(0, node.heading_end) for node in sheet.tree.walk() if node.children]
        spans += [line.span for chapter in sheet.chapters if chapter.kind in _WHOLE for line in chapter.lines()]
        spans += [span for table in sheet.tables for span in table.dividers]
        spans += [cell.spans[0] for table in sheet.tables for cell in table.header]
        first = next((line.span.start for line in sheet.part.title + sheet.part.body), None)
        if first is not None and sheet.part.kind == "annex":
            above = bisect_right(ends, first)
            spans += [line.span for line in paper.lines[max(0, above - 1) : above]]
    return spans


def _doubts(paper: Paper, draft: NoticeDraft, truncated: bool) -> list[Doubt]:
    found = []
    if truncated:
        found.append(Doubt("truncated", doubt_messages.TRUNCATED))
    if not looks_official(draft):
        found.append(Doubt("no-notice", doubt_messages.NO_NOTICE))
    elif draft.title is None:
        found.append(Doubt("no-title", doubt_messages.NO_TITLE))
    if draft.year is None:
        found.append(Doubt("no-year", doubt_messages.NO_DOCUMENT_YEAR))
    found += _numbering(paper) + _dates(draft) + _numbers(draft)
    found += [
        Doubt("attachment", doubt_messages.EMPTY_ANNEX, a.title.span)
        for a in draft.attachments
        if not a.content_present and a.number
    ]
    return found


def looks_official(draft: NoticeDraft) -> bool:
    """Return whether at least two marks of an official notice are there."""
    marks = (draft.title, draft.number, draft.addressees, draft.issued, draft.deadlines, draft.activities, draft.tasks)
    return sum(bool(mark) for mark in (*marks, draft.sections, draft.issuers)) >= 2


def _numbering(paper: Paper) -> list[Doubt]:
    """The same number twice below one heading."""
    found = []
    for sheet in paper.sheets:
        for nodes in [[node for node in sheet.tree.nodes if node.level == 1], *(n.children for n in sheet.tree.walk())]:
            seen: set[str] = set()
            for node in nodes:
                if node.number in seen:
                    found.append(Doubt("same-number", doubt_messages.SAME_NUMBER, node.span))
                seen.add(node.number)
            for above, node in pairwise(nodes if len(seen) == len(nodes) else []):
                if above.level == node.level and ordinal(node.number) == ordinal(above.number) + 2:
                    found.append(Doubt("missing-number", doubt_messages.MISSING_NUMBER, node.span))
    return found


def _dates(draft: NoticeDraft) -> list[Doubt]:
    """Weekdays that do not fit, ends before beginnings, duties due before the notice was issued."""
    found = []
    days = [day for activity in draft.activities for day in activity.dates]
    days += [task.deadline for task in draft.tasks if task.deadline] + list(draft.period)
    for day in [*days, *(d.date for d in draft.deadlines if d.date)]:
        if doubt_messages.weekday_differs(day):
            found.append(Doubt("weekday", doubt_messages.WEEKDAY, day.span))
        if day.start and day.end and day.end < day.start:
            found.append(Doubt("order", doubt_messages.ENDS_BEFORE_START, day.span))
    issued = draft.issued.start if draft.issued else None
    for deadline in draft.deadlines:
        if issued and deadline.date and deadline.date.end and deadline.date.end < issued:
            found.append(Doubt("before-issue", doubt_messages.DATE_BEFORE_ISSUE, deadline.span))
    return found


def _numbers(draft: NoticeDraft) -> list[Doubt]:
    """The same person printed with different office numbers."""
    seen: dict[str, set[str]] = {}
    found = []
    for contact in draft.contacts:
        phones = set(contact.phones)
        if contact.name in seen and phones and seen[contact.name] and not phones <= seen[contact.name]:
            found.append(Doubt("phone", doubt_messages.PHONE_DIFFERS, contact.span))
        seen.setdefault(contact.name, set()).update(phones)
    return found

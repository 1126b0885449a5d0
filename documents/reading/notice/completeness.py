"""What is doubtful about a document as a whole, and what of it could not be placed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from documents.numbering import ordinal
from documents.reading.phrases.spans import Span, Text, verbatim
from documents.reading.phrases.units import is_body_name
from documents.reading.structure.dissection import TELL, Paper

from . import doubt_messages
from .bulletin import is_issue_line
from .campaign import Campaign
from .draft import Doubt, NoticeDraft, Section
from .placement import asking, placed, unplaced_in
from .portal import is_portal_line
from .table_rows import spans_of_rows
from .task_tables import is_scale

_ROUTINE = re.compile(
    r"特此(?:通知|函告|报告)。?$|(?:如下|执行|落实|实施)[：。]?$|(?:现|特).{0,30}(?:通知如下|印发)|^目\s*录$|^会议(?:议定|决定|明确|要求)(?:如下|以下)?.{0,6}[：。]?$"
)

_NUMBER_WIDTH = 10
# chapters whose every line belongs to the one thing they say
_WHOLE = ("theme", "slogans", "logo", "contacts", "period")


def complete(paper: Paper, draft: NoticeDraft, campaign: Campaign, *, truncated: bool) -> NoticeDraft:
    """Return the draft with where each of its words went, what asks without being a row, and its doubts."""
    frame = [*_frame(paper, draft), *campaign.heads]
    places = placed(paper, [*_rows(draft), *spans_of_rows(paper)], frame, _prose(paper, draft))
    rivals = [Doubt("period", doubt_messages.PERIOD_CONTRADICTS, day.span) for day in campaign.rivals]
    asked = asking(draft, places) if draft.doc_type not in TELL else []
    doubts = [Doubt("asks", doubt_messages.ASKS, span) for span in asked]
    left = [span for span in unplaced_in(paper.source, places) if not any(each.covers(span) for each in asked)]
    draft = replace(
        draft,
        places=tuple(places),
        unplaced=tuple(Text(verbatim(paper.source, span), span) for span in left),
        asking=tuple(Text(verbatim(paper.source, span), span, 0.5, doubt_messages.ASKS) for span in asked),
    )
    return replace(draft, doubts=(*_doubts(paper, draft, truncated), *rivals, *doubts))


def _section(section: Section) -> Span:
    return Span(section.heading.span.start, max(section.heading.span.end, section.body.span.end))


def _rows(draft: NoticeDraft) -> list[Span]:
    """What a person sees as a row of its own."""
    texts = [draft.theme, draft.spirit_slogan, draft.logo_note, draft.ideology, draft.goal]
    spans = [text.span for text in texts if text is not None]
    spans += [slogan.text.span for slogan in draft.slogans] + [activity.span for activity in draft.activities]
    spans += [task.span for task in draft.tasks + draft.body_tasks] + [form.span for form in draft.forms]
    spans += [label.span for form in draft.forms for label in form.header_fields]
    spans += [found.round.span for found in draft.interviews] + [found.source for found in draft.deadlines]
    spans += [contact.span for contact in draft.contacts] + [entry.title.span for entry in draft.attachments]
    spans += [date.span for date in (*draft.period, *draft.milestones)] + [target.span for target in draft.targets]
    return spans + [_section(section) for section in draft.sections if section.kind in ("focal_point", "requirement")]


def _frame(paper: Paper, draft: NoticeDraft) -> list[Span]:
    """What makes it a paper: head, signature, imprint, headings, heads of tables, lines of a portal, page numbers."""
    texts = [draft.title, draft.header, draft.number, draft.printed, draft.publicity]
    texts += [*draft.issuers, *draft.addressees, *draft.copy_to, *draft.headers]
    spans = [text.span for text in texts if text is not None] + [annex.title.span for annex in draft.annexes]
    spans += [annex.theme.span for annex in draft.annexes if annex.theme is not None]
    above = draft.title.span.start if draft.title else 0
    title = draft.title.value.strip() if draft.title else ""
    spans += [line.span for line in paper.lines[:40] if line.span.end <= above and is_body_name(line.text)]
    spans += [line.span for line in paper.lines if line.text.strip() == title or _ROUTINE.search(line.text)]
    spans += [line.span for line in paper.lines[:8] if is_issue_line(line)]
    spans += [draft.issued.span] if draft.issued else []
    spans += [_headed(paper, activity.owner.span) for activity in draft.activities if activity.owner]
    spans += [line.span for line in paper.parts.notice.attachments + paper.parts.imprint]
    spans += _between_lines(paper)
    return spans + _headings(paper)


def _headed(paper: Paper, span: Span) -> Span:
    """The name of the unit an entry stands under, with the number before it."""
    start = paper.source.rfind("\n", 0, span.start) + 1
    return Span(start, span.end) if span.start - start < _NUMBER_WIDTH else span


def _between_lines(paper: Paper) -> list[Span]:
    """What the page put between the lines of the text: white space and page numbers."""
    edges = [0, *(edge for line in paper.lines for edge in line.span), len(paper.source)]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _prose(paper: Paper, draft: NoticeDraft) -> list[Span]:
    """What stays text: why and on what ground, the sections of chapters and annexes, and all that a report tells."""
    spans = [text.span for text in draft.preamble] + [_section(section) for section in draft.sections]
    spans += [_section(section) for annex in draft.annexes for section in annex.sections]
    spans += [
        chapter.node.own.whole()
        for sheet in paper.sheets
        for chapter in sheet.chapters
        if chapter.node and chapter.nodes
    ]
    if draft.doc_type in TELL:
        spans += [line.span for sheet in paper.main for line in sheet.part.body]
    return spans


def _headings(paper: Paper) -> list[Span]:
    spans = [line.span for line in paper.lines if is_portal_line(line)]
    ends = [line.span.end for line in paper.lines]
    for sheet in paper.sheets:
        spans += [chapter.node.own.span(0, chapter.node.heading_end) for chapter in sheet.chapters if chapter.node]
        spans += [node.own.span(0, node.heading_end) for node in sheet.tree.walk() if node.children]
        spans += [line.span for chapter in sheet.chapters if chapter.kind in _WHOLE for line in chapter.lines()]
        spans += [span for table in sheet.tables for span in table.dividers]
        scales = [row for table in sheet.tables if is_scale(table) for row in table.rows]
        spans += [span for row in scales for cell in row for span in cell.spans[:1]]
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
    others = (draft.sections, draft.issuers, draft.theme or draft.period)
    return sum(bool(mark) for mark in (*marks, *others)) >= 2


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

"""What stands anywhere in a notice: duties with a date, contacts, rounds of interviews, forms, the attachment list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from documents.reading.phrases.spans import Span, Text, verbatim
from documents.reading.phrases.targets import Target
from documents.reading.structure.columns import Table
from documents.reading.structure.dissection import Paper, Sheet
from documents.reading.structure.lines import Line

from .activities import Context
from .contact_tables import contacts_of
from .contacts import PHONE, find_contacts, loose_mail, spaced
from .deadlines import collected, find_deadlines
from .draft import Activity, Attachment, Contact, Deadline, Form, Interview, NoticeDraft, Task
from .due_marks import Anchors
from .forms_and_interviews import (
    find_interviews,
    interview_table,
    is_form,
    is_ragged,
    is_row_of_labels,
    read_form,
    read_pairs,
)
from .programme import Programme
from .task_tables import THROUGHOUT

# a row of a list of contacts: a name or a unit, and a number that is no date
_CONTACT_ROW = re.compile(rf"[\t|]\s*(?!(?:19|20)\d{{6}}){PHONE}\s*(?:[\t|]|$)")


_MONTH_END = re.compile("(?<![\\d一二三四五六七八九十个下每上\\s])月(?:底|末)(?:之|以)?前")
_ASKED = re.compile("请[^。；]*$|^各[^，。；]*(?:于|在|应|须|要)$")


def fill_in(
    paper: Paper, draft: NoticeDraft, programme: Programme, context: Context, is_working_day: Callable[[date], bool]
) -> NoticeDraft:
    """Return the draft with what stands anywhere in the text: deadlines, contacts, interviews, forms, attachments.

    paper: the document; programme: the entries taken already; is_working_day: the calendar for relative terms.
    """
    interviews: list[Interview] = []
    deadlines: list[Deadline] = []
    contacts: list[Contact] = []
    forms: list[Form] = []
    issued = draft.issued.start if draft.issued else None
    ended = draft.period[0].end if draft.period else None
    topic = _topic(paper, draft)
    for sheet in paper.sheets:
        lines = _free_lines(sheet, programme)
        rounds = find_interviews(paper.flow(sheet.part.body), context.calendar, context.register)
        for table in sheet.tables:
            rounds += interview_table(table, context.calendar, context.register)
        interviews.extend(rounds)
        events = tuple(item.date.start for item in rounds if item.date and item.date.start)
        anchors = Anchors(issued, events, ended, topic)
        annex = sheet.part.number
        deadlines.extend(find_deadlines(paper.flow(lines), context, anchors, is_working_day, annex=annex))
        free = {id(line) for line in lines}
        within = paper.flow([line for line in sheet.part.body if not line.table and id(line) not in free])
        deadlines.extend(filter(_is_report, find_deadlines(within, context, anchors, is_working_day, annex=annex)))
        contacts.extend(_contacts(paper, sheet))
        forms.extend(_forms(paper, sheet))
    return replace(
        draft,
        interviews=tuple(interviews),
        deadlines=tuple(deadlines),
        contacts=tuple(_each_once(contacts)),
        forms=tuple(forms),
        attachments=tuple(_attachments(paper)),
        targets=tuple(_outside(draft.targets, deadlines)),
        milestones=tuple(day for day in draft.milestones if not any(d.span.covers(day.span) for d in deadlines)),
        tasks=tuple(_throughout(task, draft) for task in draft.tasks),
        activities=tuple(_dated(_without_reports(activity, deadlines), draft) for activity in draft.activities),
    )


def _topic(paper: Paper, draft: NoticeDraft) -> str:
    """What a call collects, told by its first sentences, else by its title."""
    body = [line for line in paper.parts.notice.body[:12] if not (draft.title and draft.title.span.covers(line.span))]
    title = [line for line in paper.lines if draft.title and draft.title.span.covers(line.span)]
    found = [collected(paper.flow(lines)) for lines in (body, title)]
    return next(filter(None, found), "")


def _free_lines(sheet: Sheet, programme: Programme) -> list[Line]:
    """The lines of a part outside of tables and of the entries that became activities or tasks."""
    taken = {id(line) for node in sheet.tree.walk() if programme.took(node) for line in node.lines}
    return [line for line in sheet.part.body if not line.table and id(line) not in taken]


def _is_report(deadline: Deadline) -> bool:
    """Within an entry a thing is to be handed to somebody, or somebody is asked for it; other days are its own."""
    return bool(deadline.item) and (bool(deadline.to) or _ASKED.search(deadline.before) is not None)


def _without_reports(activity: Activity, deadlines: list[Deadline]) -> Activity:
    """An activity without the dates by which its plan or summary is due."""
    kept = [day for day in activity.dates if not any(duty.span.covers(day.span) for duty in deadlines)]
    return replace(activity, dates=tuple(kept))


def _throughout(task: Task, draft: NoticeDraft) -> Task:
    """全月 in the column of dates is the period of the campaign."""
    due = task.deadline
    if due is None or due.precision != "period":
        return task
    period = draft.period[0] if draft.period else replace(due, precision="ongoing")
    return replace(task, deadline=replace(period, text=due.text, span=due.span))


def _dated(activity: Activity, draft: NoticeDraft) -> Activity:
    """全月 or 活动期间 without another date is the period of the campaign."""
    if activity.dates or not draft.period:
        return activity
    said = THROUGHOUT.search(draft.source, *activity.span)
    late = _MONTH_END.search(draft.source, *activity.span)
    if said is None and late is not None:
        day = replace(draft.period[0], text=late[0], span=Span(*late.span()), start=draft.period[0].end, confidence=0.8)
        return replace(activity, dates=(replace(day, relation="by"),))
    if said is None:
        return activity
    month = replace(draft.period[0], text=said[0], span=Span(*said.span()), precision="month", confidence=0.8)
    return replace(activity, dates=(month,))


_SHEETS = re.compile("[张份套幅]")


def _outside(targets: tuple[Target, ...], deadlines: list[Deadline]) -> list[Target]:
    """How many sheets are handed in (照片3张, 一式两份) is a formality and no target."""
    handed = [Span(deadline.span.start, deadline.source.end) for deadline in deadlines]
    formal = [target for target in targets if _SHEETS.fullmatch(target.unit)]
    return [
        target for target in targets if target not in formal or not any(span.covers(target.span) for span in handed)
    ]


def _contacts(paper: Paper, sheet: Sheet) -> list[Contact]:
    """The contacts of a part; a mail address that stands apart belongs to all of them when none has any."""
    listed = [contact for table in sheet.tables for contact in contacts_of(table, sheet.label)]
    taken = [contact.span for contact in listed]
    lines = [line for line in sheet.part.body if not line.table or _CONTACT_ROW.search(line.text)]
    whole = spaced(paper.source, [line for line in lines if not any(line.span.covers(span) for span in taken)])
    found = find_contacts(whole, sheet.label) + listed
    found = [each for each in found if each.name or each.phones or each.fax or each.mailbox or each.unit] or found
    found = _with_mail_of_unit(found)
    known = {mail for contact in found for mail in contact.emails}
    for mail, span in loose_mail(whole):
        if mail in known:
            continue
        named = [each for each in found if each.unit and not each.emails and each.unit in _around(paper.source, span)]
        if len(named) == 1:
            found = [replace(each, emails=(mail,), confidence=0.8) if each is named[0] else each for each in found]
        elif found and not known:
            found = [replace(contact, emails=(mail,), confidence=0.7) for contact in found]
        else:
            found.append(Contact(span, emails=(mail,), where=sheet.label, confidence=0.6))
        known.add(mail)
    return found


def _with_mail_of_unit(found: list[Contact]) -> list[Contact]:
    """均报集团公司运营安全部，邮箱：…: an address beside a unit is that of the one person of the unit who is named."""
    kept = list(found)
    for contact in found:
        people = [each for each in kept if each.name and not each.emails and _is_of(each.unit, contact.unit)]
        if contact.emails and not contact.name and not contact.phones and len(people) == 1:
            kept.remove(contact)
            kept[kept.index(people[0])] = replace(people[0], emails=contact.emails, confidence=0.8)
    return kept


def _is_of(unit: str, other: str) -> bool:
    return bool(unit and other) and (unit.endswith(other) or other.endswith(unit))


_FAR = 60


def _around(source: str, span: Span) -> str:
    """What stands in the sentence before an address, as far as it is near."""
    start = max(span.start - _FAR, source.rfind("。", 0, span.start) + 1)
    return re.sub(r"\s", "", source[start : span.start])


def _each_once(contacts: list[Contact]) -> list[Contact]:
    """A person printed twice, once without the unit, with the same number: once, with all addresses."""
    found: list[Contact] = []
    for contact in contacts:
        rest = [each for each in contacts if each is not contact and each.name and each.name == contact.name]
        fuller = [each for each in rest if each.unit and set(contact.phones) <= set(each.phones)]
        if contact.name and not contact.unit and contact.phones and fuller:
            continue
        same = [each for each in rest if contact.unit and not each.unit and set(each.phones) <= set(contact.phones)]
        mails = dict.fromkeys([*contact.emails, *(mail for each in same for mail in each.emails)])
        found.append(replace(contact, emails=tuple(mails)))
    return found


_FOOT = 2  # lines below a form: 填表人：　审核人：


def _end_of(table: Table) -> int:
    return max(span.end for row in (table.header, *table.rows) for cell in row for span in cell.spans)


def _forms(paper: Paper, sheet: Sheet) -> list[Form]:
    title = paper.title(sheet.part)
    found: list[Form] = []
    for table in sheet.tables if not is_ragged(sheet.part.body) else ():
        if is_form(table) and title is not None:
            first = table.header[0].spans[0].start
            above = [line for line in sheet.part.body if line.span.end <= first]
            below = [line for line in sheet.part.body if line.span.start > _end_of(table)][:_FOOT]
            above += [line for line in below if is_row_of_labels(line)]
            form = read_form(paper.source, title.value, sheet.part.number, table, above)
            found.extend([form] if form else [])
    filled = any(table.rows for table in sheet.tables) and not is_ragged(sheet.part.body)
    if not found and title is not None and not filled:
        pairs = read_pairs(paper.source, title.value, sheet.part.number, sheet.part.body)
        found.extend([pairs] if pairs else [])
    return found


_LEFT_OUT = re.compile("(?:[（(](?:略|另发|另附|见附件|附后)[）)])?[。；]*$")
_NEXT = re.compile(r"[\s；;，,、]+(?P<n>\d{1,2})\s*[.．、]\s*(?=\d{4}年|[^\d\s])")


def _beside(source: str, number: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The entries that stand on one line: 1.活动安排表　2.登记表. Only a number that counts on begins another."""
    text, start = source[span.start : span.end], 0
    for match in _NEXT.finditer(text):
        if number.isdecimal() and int(match["n"]) == int(number) + 1:
            yield number, Span(span.start + start, span.start + match.start())
            number, start = match["n"], match.end()
    yield number, Span(span.start + start, span.end)


def _attachments(paper: Paper) -> list[Attachment]:
    """The entries of the attachment list, broken lines joined, and whether their text follows."""
    found: list[tuple[str, Span]] = []
    for line in paper.parts.notice.attachments:
        match = re.match(
            r"附\s*(?:件|表|录)(?:下载|名称|列表)?\s*(?P<n>[0-9一二三四五六七八九十]{0,3})\s*[：.、]\s*(?:(?P<k>\d{1,2})\s*[.、]\s*)?",
            line.text,
        )
        if match is not None:
            number, start = match["n"] or match["k"] or "", line.span.start + match.end()
        elif line.numbering is not None:
            number, start = line.numbering.number.strip("、.．"), line.body
        elif found:
            found[-1] = (found[-1][0], Span(found[-1][1].start, line.span.end))
            continue
        else:
            continue
        if start < line.span.end:
            found += _beside(paper.source, number, Span(start, line.span.end))
    present = {sheet.part.number for sheet in paper.annexes if sheet.part.body}
    return [
        Attachment(Text(_LEFT_OUT.sub("", verbatim(paper.source, span)), span), number, number in present)
        for number, span in found
    ]

"""Read an official notice: text in, NoticeDraft out. No models, no network, cost linear in the length."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from . import checks, head
from .activities import Context
from .campaign import Campaign, read_campaign
from .contacts import columned, find_contacts, loose_mail
from .dates import Calendar, DateFound
from .deadlines import Anchors, find_deadlines
from .draft import Attachment, Contact, Deadline, Form, Interview, KnownUnit, NoticeDraft, Target, Text
from .forms import find_interviews, is_form, read_form
from .lines import Line
from .paper import Paper, Sheet, doc_type_of, name_chapters, take_apart
from .programme import Programme, read_programme
from .spans import Span, verbatim
from .units import Register

# a notice of 200 pages has some 120,000 signs
MAX_CHARS = 300_000
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?=年|〕|-)")
_ALIAS = re.compile(r"(?P<full>[\u4e00-\u9fff“”]{2,40})[（(](?:以下|下)?简称[：:]?[“\"]?(?P<short>[^”\"）)，]{2,20})[”\"]?[）)]")
_COPY = re.compile(r"抄\s*送\s*[：:]\s*(?P<to>.+)")
_PRINTED = re.compile(r"印发$")
_PUBLIC = re.compile(r"公开(?:属性|方式|类别)\s*[：:]\s*(?P<p>.+)|[(（]?(?P<q>此件.*公开(?:发布)?)[)）]?")


def monday_to_friday(day: date) -> bool:
    """Return whether a day is one of the five of an ordinary working week (holidays not known)."""
    return day.weekday() < 5


def read(
    text: str,
    *,
    known_units: Sequence[KnownUnit] = (),
    is_working_day: Callable[[date], bool] = monday_to_friday,
) -> NoticeDraft:
    """Propose a campaign from the text of a notice.

    text: the notice as pasted or as sources.text_of() gives it.
    known_units: units of the register, found again by name and alias.
    is_working_day: the working-day calendar by which terms such as 3个工作日内 are counted.
    Returns a draft for any text; what is doubtful or was left out is said in it.
    """
    source = text[:MAX_CHARS]
    paper = take_apart(source)
    title = head.find_title(source, paper.parts)
    number, cited = head.find_number(source, paper.parts, paper.lines)
    issued = head.find_issue_date(source, paper.parts)
    metadata = head.find_metadata(paper.lines)
    year = _year(title, number, issued, metadata, source)
    doc_type = doc_type_of(paper, title)
    name_chapters(paper, doc_type)
    context = Context(_calendar(year, issued), Register(known_units))
    programme = read_programme(paper, doc_type, context)
    campaign = read_campaign(paper, doc_type, programme, context)
    header = head.find_header(source, paper.parts, title)
    draft = _draft(source, doc_type, year, campaign, programme)
    addressed = head.find_addressees(source, paper.parts, title)
    draft = replace(
        draft,
        title=title,
        header=header,
        number=number,
        cited_numbers=cited,
        issued=issued,
        metadata=metadata,
        issuers=head.find_issuers(source, paper.parts, title, header),
        addressees=addressed[1] if addressed else (),
        aliases=tuple((match["short"], match["full"]) for match in _ALIAS.finditer(source)),
        **_imprint(paper),
    )
    draft = _owed(paper, draft, programme, context, is_working_day)
    return checks.complete(paper, draft, campaign, truncated=len(text) > MAX_CHARS)


def _year(
    title: Text | None, number: Text | None, issued: DateFound | None, metadata: dict[str, str], source: str
) -> int | None:
    """The year dates without one belong to: of the title, else of issue, of the number, of the portal's date."""
    places = [title.value if title else "", issued.text if issued else "", number.value if number else ""]
    if issued and issued.start:
        places[1] = f"{issued.start.year}年"
    places += [metadata.get("成文日期", ""), metadata.get("发布日期", "")]
    for place in places:
        match = _YEAR.search(_ascii(place))
        if match is not None:
            return int(match[1])
    years = [int(match[1]) for match in _YEAR.finditer(_ascii(source[:20_000]))]
    return max(set(years), key=years.count) if years else None


def _ascii(text: str) -> str:
    return text.translate({0xFF10 + i: str(i) for i in range(10)})


def _calendar(year: int | None, issued: DateFound | None) -> Calendar:
    """Months are counted from the date of issue, unless the title speaks of another year."""
    day = issued.start if issued else None
    return Calendar(year, day if day is not None and day.year == year else None)


def _draft(source: str, doc_type: str, year: int | None, campaign: Campaign, programme: Programme) -> NoticeDraft:
    return NoticeDraft(
        source=source,
        doc_type=doc_type,
        year=year,
        preamble=tuple(campaign.preamble),
        theme=campaign.theme,
        spirit_slogan=campaign.spirit,
        logo_note=campaign.logo,
        period=tuple(campaign.period),
        ideology=campaign.ideology,
        goal=campaign.goal,
        sections=tuple(campaign.sections),
        slogans=tuple(campaign.slogans),
        milestones=tuple(campaign.milestones),
        annexes=tuple(campaign.annexes),
        targets=tuple(campaign.targets),
        activities=tuple(programme.activities),
        headers=tuple(programme.headers),
        tasks=tuple(programme.tasks),
        body_tasks=tuple(programme.body_tasks),
    )


def _imprint(paper: Paper) -> dict[str, Text | tuple[Text, ...] | None]:
    found: dict[str, Text | tuple[Text, ...] | None] = {"copy_to": (), "printed": None, "publicity": None}
    for line in paper.parts.imprint:
        whole = Text(verbatim(paper.source, line.span), line.span)
        copy, public = _COPY.search(whole.value), _PUBLIC.search(whole.value)
        if copy is not None:
            names = [name for name in re.split("[，、；,;]", copy["to"].rstrip("。")) if name.strip()]
            found["copy_to"] = tuple(Text(name.strip(), line.span) for name in names)
        elif _PRINTED.search(whole.value):
            found["printed"] = whole
        elif public is not None:
            found["publicity"] = Text((public["p"] or public["q"]).strip(), line.span)
    return found


def _owed(
    paper: Paper, draft: NoticeDraft, programme: Programme, context: Context, is_working_day: Callable[[date], bool]
) -> NoticeDraft:
    """Fill in what stands anywhere in the text: deadlines, contacts, interviews, forms, attachments."""
    interviews: list[Interview] = []
    deadlines: list[Deadline] = []
    contacts: list[Contact] = []
    forms: list[Form] = []
    issued = draft.issued.start if draft.issued else None
    for sheet in paper.sheets:
        lines = _free_lines(sheet, programme)
        rounds = find_interviews(paper.flow(sheet.part.body), context.calendar, context.register)
        interviews.extend(rounds)
        events = tuple(item.date.start for item in rounds if item.date and item.date.start)
        anchors = Anchors(issued, events)
        deadlines.extend(find_deadlines(paper.flow(lines), context, anchors, is_working_day, annex=sheet.part.number))
        contacts.extend(_contacts(paper, sheet))
        forms.extend(_forms(paper, sheet))
    return replace(
        draft,
        interviews=tuple(interviews),
        deadlines=tuple(deadlines),
        contacts=tuple(contacts),
        forms=tuple(forms),
        attachments=tuple(_attachments(paper)),
        targets=tuple(_outside(draft.targets, deadlines)),
    )


def _free_lines(sheet: Sheet, programme: Programme) -> list[Line]:
    """The lines of a part outside of tables and of the entries that became activities or tasks."""
    taken = {id(line) for node in sheet.tree.walk() if programme.took(node) for line in node.lines}
    return [line for line in sheet.part.body if not line.table and id(line) not in taken]


def _outside(targets: tuple[Target, ...], deadlines: list[Deadline]) -> list[Target]:
    """A figure in what is to be handed in (案例不少于2篇) is a formality and no target."""
    handed = [Span(deadline.span.start, deadline.source.end) for deadline in deadlines]
    return [target for target in targets if not any(span.covers(target.span) for span in handed)]


def _contacts(paper: Paper, sheet: Sheet) -> list[Contact]:
    lines = [line for line in sheet.part.body if not line.table]
    whole = paper.flow(lines)
    found = find_contacts(paper.source, whole, sheet.label)
    named = {contact.name for contact in found}
    found += [contact for contact in columned(paper.source, lines, sheet.label) if contact.name not in named]
    known = {mail for contact in found for mail in contact.emails}
    for mail, span in loose_mail(whole):
        if mail in known:
            continue
        lacking = [contact for contact in found if not contact.emails]
        if lacking:
            found = [replace(c, emails=(mail,), confidence=0.7) if c in lacking else c for c in found]
        else:
            found.append(Contact(span, emails=(mail,), where=sheet.label, confidence=0.6))
        known.add(mail)
    return found


def _forms(paper: Paper, sheet: Sheet) -> list[Form]:
    title = paper.title(sheet.part)
    found = []
    for table in sheet.tables:
        if is_form(table) and title is not None:
            first = table.header[0].spans[0].start
            above = [line for line in sheet.part.body if line.span.end <= first and not line.table]
            form = read_form(paper.source, title.value, sheet.part.number, table, above)
            found.extend([form] if form else [])
    return found


def _attachments(paper: Paper) -> list[Attachment]:
    """The entries of the attachment list, broken lines joined, and whether their text follows."""
    found: list[tuple[str, Span]] = []
    for line in paper.parts.notice.attachments:
        match = re.match(r"附\s*(?:件|表|录)\s*(?P<n>[0-9一二三四五六七八九十]{0,3})\s*[：.、]\s*(?:(?P<k>\d{1,2})\s*[.、]\s*)?", line.text)
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
            found.append((number, Span(start, line.span.end)))
    present = {sheet.part.number for sheet in paper.annexes if sheet.part.body}
    return [
        Attachment(Text(verbatim(paper.source, span).rstrip("。；"), span), number, number in present)
        for number, span in found
    ]



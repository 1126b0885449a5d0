"""From what the reader found to rows a person can confirm, correct or drop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_noop

import documents
from accounts.models import Unit
from accounts.unit_names import Names, names_of
from activities.models import Group, Proposal, Reading
from activities.models.activity import Part
from activities.models.reading import fingerprint
from activities.reading.handed_in import annexes_of, has_pictures, placed
from activities.reading.questions import doubts_of
from activities.reading.quotas import BESIDE, activity_rows, is_of, quotas, values_of, wanted
from activities.reading.table_rows import deliverable_rows, preparation, registers_officers, round_rows, squeezed
from activities.reading.unit_names import Register
from campaigns.models import AnnexContent
from campaigns.models.campaign import PointKind
from campaigns.models.indicator import MEASURE, NAME
from documents.answers import Source
from documents.block_json import from_json
from documents.hours import hour_named
from documents.numbering import recognise
from workflow import clock
from workflow.workdays import working_days

PART_WORD = re.compile(
    "(?:共同|联合|第一)?(?:牵头|主办|主责|主管|责任|负责|承办|协办|协助|配合|协作|协同|参与|参加|支持)(?:单位|部门|科室|处室|股室)?"
)
POINTS = {"focal_point": PointKind.FOCAL, "requirement": PointKind.REQUIREMENT}
NOT_SURE = gettext_noop("The reader is not sure of this.")
NOT_FOUND = gettext_noop("This was not found in the text.")
NO_NUMBER = gettext_noop("Without a document number: it is given at signing.")
NO_DAY = gettext_noop("The text names no day for this: the last day of the campaign is proposed.")
UNSURE = 0.75
"""Below this confidence a row is shown among the doubtful ones."""


def known_units() -> list[documents.reading.KnownUnit]:
    """Every unit of the register, with the names it goes by and those of what was merged into it."""
    names = Names()
    return [
        documents.reading.KnownUnit(str(names.successor(unit).pk), unit.official_name, tuple(names_of(unit)))
        for unit in names.units.values()
    ]


def propose(text: str, *, host: Unit, by: Any) -> Reading:
    """Read a notice that is a text only, as ``read``."""
    return read(Source("", text, "text"), host=host, by=by)


@transaction.atomic
def read(source: Source, *, host: Unit, by: Any) -> Reading:
    """Read a notice and keep what was found, and its annexes as they were handed in.

    Arguments: its text and, of a Word file, its outline; the office it is read for; the person. Returns: the reading.
    """
    annexes = annexes_of(source)
    counts = working_days().is_working_day
    draft = documents.reading.read(source.text, known_units=known_units(), is_working_day=counts, fields=source.fields)
    reading = Reading.objects.create(
        host=host,
        name=source.name[:200],
        text=draft.source,
        annexes=annexes,
        word=ContentFile(source.word, "notice.docx") if has_pictures(annexes) else "",
        fingerprint=fingerprint(source.text),
        doubts=[doubt.message for doubt in draft.doubts if doubt.code != "asks"],
        read_by=by,
        read_at=clock.now(),
    )
    rows, register = [*proposals(draft, annexes)], Register(host)
    for order, row in enumerate(rows):
        row.reading, row.order = reading, order
        row.doubts = [*row.doubts, *doubts_of(row.group, row.field, row.values, register)]
    Proposal.objects.bulk_create(rows)
    return reading


def earlier(text: str, host: Unit) -> Reading | None:
    """The reading of the same words for the same office, if there is one."""
    return Reading.objects.filter(host=host, fingerprint=fingerprint(text)).first()


def proposals(draft: documents.reading.NoticeDraft, annexes: list[dict[str, Any]]) -> Iterator[Proposal]:
    """All rows of a draft, in the order of the review page. Arguments: it; the annexes that were handed in."""
    yield from notice_rows(draft)
    yield from campaign_rows(draft)
    for slogan in draft.slogans:
        yield row(Group.SLOGAN, slogan.text, text=slogan.text.value, is_theme=slogan.is_theme)
    for section in draft.sections:
        if section.kind in POINTS:
            span = documents.reading.Span(
                section.heading.span.start, max(section.heading.span.end, section.body.span.end)
            )
            yield row(
                Group.POINT,
                section.heading,
                span,
                kind=POINTS[section.kind],
                number=section.number,
                title=section.heading.value,
                body=section.body.value,
            )
    for number, activity in enumerate(draft.activities, 1):
        key = {"key": f"{BESIDE}{number}"} if wanted(activity) else {}
        yield row(Group.ACTIVITY, activity, doubts=list(activity.doubts), **activity_values(draft, activity), **key)
    yield from task_rows(draft)
    for number, activity in enumerate(draft.activities, 1):
        yield from activity_rows(activity, f"{BESIDE}{number}")
    yield from deadline_rows(draft)
    yield from figure_rows(draft, annexes)
    for each in placed(draft, annexes):
        content = AnnexContent.APART if each.part is None else AnnexContent.HANDED_IN
        at = {"start": each.span.start, "end": each.span.end} if each.span else {}
        values = {**each.values, "content": str(content)}
        yield Proposal(group=Group.ATTACHMENT, values=values, doubts=list(each.doubts), **at)
    for contact in draft.contacts:
        yield row(
            Group.CONTACT, contact, text="，".join(filter(None, (contact.name, *contact.phones, *contact.emails)))
        )
    for span, words in also_found(draft):
        yield Proposal(group=Group.ALSO, values={"text": words}, start=span.start, end=span.end)
    for text in (*draft.asking, *draft.unplaced):
        yield row(Group.UNPLACED, text, text=text.value)


def deadline_rows(draft: documents.reading.NoticeDraft) -> Iterator[Proposal]:
    """What is to be handed in by a day, with its number; then what is asked by the piece and has no day of its own."""
    covered, left = preparation(draft).duty, quotas(draft)
    for deadline in draft.deadlines:
        if deadline is covered:
            continue
        quota = next((each for each in left if is_of(each, deadline)), None)
        values = deadline_values(draft, deadline) | values_of(quota, deadline.sender)
        if quota:
            left.remove(quota)
            values["item"] = quota.item
        yield row(Group.DEADLINE, deadline, deadline.source, **values)
    for quota in left:
        yield quota_row(draft, quota)


def figure_rows(draft: documents.reading.NoticeDraft, annexes: list[dict[str, Any]]) -> Iterator[Proposal]:
    """The figures that the statistics form among the annexes asks of every unit."""
    found = [
        each for annex in annexes for each in documents.reading.figures_of(annex["title"], from_json(annex["blocks"]))
    ]
    for figure in documents.reading.distinct(found):
        at = max(draft.source.rfind(figure.name), 0)
        place = {"start": at, "end": at + len(figure.name)} if at else {}
        values = {"name": figure.name[:NAME], "measure": figure.measure[:MEASURE]}
        yield Proposal(group=Group.FIGURE, values=values, **place)


def quota_row(draft: documents.reading.NoticeDraft, quota: documents.reading.Quota) -> Proposal:
    """What is asked by the piece, by the day its sentence names, else by the last day of the campaign."""
    period = draft.period[0].end if draft.period else None
    day = quota.day or period
    own: dict[str, Any] = {"item": quota.item, "due_on": str(day or ""), "text": quota.target.text}
    flags: dict[str, Any] = {"is_summary": False, "is_registration": False, "is_plan": False}
    doubts = [] if quota.day else [NO_DAY]
    return row(Group.DEADLINE, quota.target, doubts=doubts, **own, **flags, **values_of(quota))


def task_rows(draft: documents.reading.NoticeDraft) -> Iterator[Proposal]:
    """The tasks, then what each asks for, then the rounds; they know their task by its key."""
    found = [
        (f"task-{number}", task)
        for number, task in enumerate(draft.tasks or draft.body_tasks, 1)
        if not any(activity.span.covers(task.span) for activity in draft.activities)
    ]
    for key, task in found:
        yield row(Group.ACTIVITY, task, doubts=list(task.doubts), key=key, **task_values(draft, task))
    for key, task in found:
        yield from deliverable_rows(task, key)
    yield from round_rows(draft, {task.title.value: key for key, task in found})


def also_found(draft: documents.reading.NoticeDraft) -> Iterator[tuple[documents.reading.Span, str]]:
    """What stays in the text of the notice without becoming a row of its own: shown, so that nothing disappears."""
    if draft.goal:
        yield draft.goal.span, draft.goal.value
    for section in draft.sections:
        if section.kind not in POINTS:
            yield section.heading.span, f"{section.number}{section.heading.value}"
    for annex in draft.annexes:
        yield annex.title.span, annex.title.value
        for section in annex.sections:
            yield section.heading.span, f"{section.number}{section.heading.value}"
    for interview in draft.interviews:
        if not (interview.date and interview.date.start):
            named = "、".join(unit.name for unit in interview.interviewees)
            yield interview.round.span, f"{interview.round.value} {named}"
    if duty := preparation(draft).duty:
        yield duty.source, f"{duty.text}{duty.item}"
    for form in draft.forms:
        yield form.span, f"{form.title}（{'、'.join(each.value for each in form.fields)}）"
    asked = [each.target.span for each in quotas(draft)]
    for target in draft.targets:
        if target.span not in asked:
            yield target.span, target.text


def notice_rows(draft: documents.reading.NoticeDraft) -> Iterator[Proposal]:
    """The parts of the notice itself; what was not found is there too, empty and doubtful."""
    joined = {
        "issuers": draft.issuers,
        "salutation": draft.addressees,
    }
    for field, found in (("title", draft.title), ("number", draft.number), ("publicity", draft.publicity)):
        if found:
            yield row(Group.NOTICE, found, field=field, text=found.value)
        else:
            yield missing(Group.NOTICE, field, NO_NUMBER if field == "number" else NOT_FOUND)
    for field, several in joined.items():
        if several:
            span = documents.reading.Span(several[0].span.start, several[-1].span.end)
            text = "、".join(each.value for each in several) if field == "issuers" else slice_of(draft, span)
            yield row(Group.NOTICE, several[0], span, field=field, text=text)
        else:
            yield missing(Group.NOTICE, field)


def campaign_rows(draft: documents.reading.NoticeDraft) -> Iterator[Proposal]:
    """Theme, spirit slogan, guiding ideology, logo note, and the period."""
    for field, found in (
        ("theme", draft.theme),
        ("spirit_slogan", draft.spirit_slogan),
        ("guiding_ideology", draft.ideology),
        ("logo_note", draft.logo_note),
    ):
        if found:
            yield row(Group.CAMPAIGN, found, field=field, text=found.value)
        elif field == "theme":
            yield missing(Group.CAMPAIGN, field)
    period = draft.period[0] if draft.period else None
    if period and period.start and period.end:
        yield row(Group.CAMPAIGN, period, field="period", first=str(period.start), last=str(period.end))
    else:
        year = draft.year or clock.today().year
        yield missing(Group.CAMPAIGN, "period", first=f"{year}-09-01", last=f"{year}-09-30")


def slice_of(draft: documents.reading.NoticeDraft, span: documents.reading.Span) -> str:
    """The words of the source in a span."""
    return documents.reading.verbatim(draft.source, span)


def row(
    group: Group,
    found: Any,
    span: documents.reading.Span | None = None,
    /,
    *,
    field: str = "",
    doubts: Any = (),
    **values: Any,
) -> Proposal:
    """A row from something found, with why it is doubtful."""
    place = span or found.span
    reasons = [*doubts, *filter(None, [getattr(found, "doubt", "")])]
    if not reasons and found.confidence < UNSURE:
        reasons.append(NOT_SURE)
    return Proposal(group=group, field=field, values=values, start=place.start, end=place.end, doubts=reasons)


def missing(group: Group, field: str, doubt: str = NOT_FOUND, **values: str) -> Proposal:
    """An empty row for something every notice has, but in which it was not found."""
    return Proposal(group=group, field=field, values=values or {"text": ""}, doubts=[doubt])


def activity_values(draft: documents.reading.NoticeDraft, found: documents.reading.Activity) -> dict[str, Any]:
    """The values of an activity as the form shows them: units by name, one list for each part."""
    day = found.dates[0] if found.dates else None
    values: dict[str, Any] = {
        "title": found.title.value,
        "scope": found.scope,
        "owner": found.owner.name if found.owner else "",
        "number": found.number,
        "sub_number": found.sub_number,
        "group": found.parent.value if found.parent else "",
        "description": entry_text(draft, found),
        "date_text": "、".join(each.text for each in found.dates)[:60],
        "starts_on": str(day.start) if day and day.start else "",
        "ends_on": str(found.dates[-1].end) if day and found.dates[-1].end else "",
        "place": found.venue.value if found.venue else "",
        "words": words_of(found.units),
    }
    for part in Part:
        values[part] = "、".join(dict.fromkeys(unit.name for unit in found.units if part_of(unit) == part))
    return values


def words_of(units: Iterable[documents.reading.UnitFound]) -> dict[str, str]:
    """How the notice calls each part (牵头, 主办, 责任单位), by the first unit that takes it."""
    found: dict[str, str] = {}
    for unit in units:
        part, word = part_of(unit), PART_WORD.search(unit.cue)
        if part and word:
            found.setdefault(str(part), word[0])
    return found


def task_values(draft: documents.reading.NoticeDraft, found: documents.reading.Task) -> dict[str, Any]:
    """A row of a task table as an activity: with its last day and its remark."""
    day = found.deadline
    runs = bool(day and day.start and day.end and day.end > day.start)
    return {
        "title": found.title.value.rstrip("。；"),
        "scope": "common",
        "owner": "",
        "number": found.number,
        "sub_number": "",
        "group": "",
        "description": beside(text for _heading, text in found.details),
        "remark": found.remark.value if found.remark else "",
        "date_text": day.text if day else "",
        "starts_on": str(day.start) if day and runs else "",
        "ends_on": str(day.end) if day and runs else "",
        "due_on": str(day.end or day.start or "") if day else "",
        "place": "",
        "words": words_of((*found.responsible, *found.assisting)),
        str(Part.LEAD): "、".join(unit.name for unit in found.responsible),
        str(Part.UNDERTAKE): "",
        str(Part.ASSIST): "、".join(unit.name for unit in found.assisting),
        str(Part.PARTICIPATE): "",
    }


def entry_text(draft: documents.reading.NoticeDraft, found: documents.reading.Activity) -> str:
    """The words of the entry without its number and without the unit it stands under; of a row what it is about."""
    if found.details:
        place = found.venue.span if found.venue else None
        return beside(text for _heading, text in found.details if text.span != place)
    text = documents.reading.verbatim(draft.source, found.span)
    numbering = recognise(text)
    text = numbering.text if numbering else text
    if found.owner:
        text = re.sub(rf"^\s*{re.escape(found.owner.name)}\s*[：:]\s*", "", text)
    return text.removeprefix(found.sub_number).strip("，,；; ")


def beside(cells: Iterable[documents.reading.Text]) -> str:
    """What the other columns of a row say."""
    return "。".join(squeezed(text.value).rstrip("。") for text in cells)


def part_of(unit: documents.reading.UnitFound) -> Part | None:
    """Which part a unit takes, by its role and the word that gave it."""
    if unit.role == "lead":
        return Part.LEAD
    if unit.role != "assist":
        return None
    return {"承办": Part.UNDERTAKE, "共同承办": Part.UNDERTAKE, "参与": Part.PARTICIPATE}.get(unit.cue, Part.ASSIST)


def deadline_values(draft: documents.reading.NoticeDraft, found: documents.reading.Deadline) -> dict[str, Any]:
    """The values of a deadline; a relative one with the day it comes to and how."""
    day = found.date.end if found.date else (found.resolved[-1] if found.resolved else None)
    counted = {"counted": [str(found.counted[0]), found.counted[1]]} if found.counted else {}
    hour = hour_named(found.date.time) if found.date else None
    return {
        "item": found.item,
        "due_on": str(day) if day else "",
        **({"due_hour": f"{hour:%H:%M}"} if hour else {}),
        "text": found.text,
        "is_summary": found.kind == "summary",
        "is_registration": registers_officers(draft, found),
        "is_plan": found.kind == "plan" and bool(draft.activities),
        **counted,
    }

"""Minutes as a document (纪要, GB/T 9704-2012, 10.3): red head, text, what was decided, who was there."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

import documents
from activities.meetings.minutes import said_now
from activities.models import Minutes
from documents.numbering import recognise
from documents.numerals import in_chinese
from documents.outline import Attendance, Blocks, Document, Heading, Imprint, Masthead, Paragraph, from_text
from documents.text import chinese_date
from workflow import clock

DECIDED = "议定事项"


def set_minutes(minutes: Minutes) -> tuple[bytes, bytes]:
    """Set the minutes to the print standard, from one outline.

    Returns: the PDF and the Word file. Raises: documents.errors.DocumentError naming what cannot be set.
    """
    with translation.override("zh-hans"):
        document = minutes_document(minutes)
        apart = documents.paper.imprint_stands_apart(document)
        return documents.paper.to_pdf(document), documents.word.to_docx(document, imprint_apart=apart)


def minutes_document(minutes: Minutes) -> Document:
    """The outline; what was circulated as it stood then, a draft as it stands, dated today."""
    with translation.override("zh-hans"):
        meeting, said = minutes.meeting, minutes.said or said_now(minutes.meeting)
        day = timezone.localdate(minutes.circulated_at) if minutes.circulated_at else clock.today()
        host = meeting.campaign.host.official_name
        copies = dict.fromkeys(row.unit.official_name for row in meeting.invitations.standing().select_related("unit"))
        return Document(
            form="minutes",
            masthead=Masthead((meeting.series,), issue=minutes.issue),
            title=meeting.title,
            body=(*anew(minutes), *body(minutes.body, said["decisions"])),
            attendance=tuple(Attendance(label, names) for label, names in said["attendance"]),
            signature=(host,),
            date=day,
            imprint=Imprint(issuer=host, issued=day, others=(("分送", "，".join(copies)),) if copies else ()),
            house=settings.HOUSE_STYLE,
        )


def anew(minutes: Minutes) -> Blocks:
    """The first line of a later version: which one it is, and what is different."""
    if minutes.version == 1:
        return ()
    said = f"本纪要为第{minutes.version}版，印发后前一版停止使用。与前一版不同之处：{minutes.changes.strip()}"
    return (Paragraph(said if said.endswith("。") else f"{said}。"),)


def body(text: str, decided: list[dict[str, Any]]) -> Blocks:
    """The text, and below it what was decided, by whom and by when; numbered on from the text's own headings."""
    blocks = from_text(text)
    if not decided:
        return blocks
    before = sum(isinstance(block, Heading) and block.level == 1 for block in blocks)
    rows = tuple(Heading(3, f"{place}.", line(each)) for place, each in enumerate(decided, 1))
    return (*blocks, Heading(1, f"{in_chinese(before + 1)}、", DECIDED), *rows)


def line(decided: dict[str, Any]) -> str:
    """One decision as the minutes have it."""
    text = decided["text"].rstrip("。；;. ")
    if found := recognise(text):
        text = found.text or text
    day = chinese_date(date.fromisoformat(decided["due_on"]))
    return f"{text}。（责任单位：{decided['unit']}；完成时限：{day}）"

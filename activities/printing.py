"""A notice as a document: its text, and annexes made from the list of activities and the slogans."""

from django.utils import timezone, translation

from activities.models import Activity
from activities.models.activity import Scope
from campaigns.models import AnnexContent, Campaign, Notice
from campaigns.models.notice import NoticeAnnex
from documents.outline import Annex, Block, Document, Heading, Imprint, Masthead, Paragraph, from_text
from documents.setting import to_pdf
from documents.word import to_docx


def set_notice(notice: Notice) -> tuple[bytes, bytes]:
    """Set the notice to the print standard, from one outline.

    Returns: the PDF and the Word file. Raises: documents.errors.DocumentError naming the place that cannot be set.
    """
    with translation.override("zh-hans"):
        document = notice_document(notice)
        return to_pdf(document), to_docx(document)


def notice_document(notice: Notice) -> Document:
    """The outline of the notice. A draft carries the day of today."""
    issued = timezone.localdate(notice.issued_at) if notice.issued_at else None
    return Document(
        masthead=Masthead(bodies=(notice.signature,), suffix=""),
        number=notice.number,
        title=notice.title,
        addressees=(notice.salutation,),
        body=from_text(notice.body),
        annexes=tuple(annex(notice.campaign, each) for each in notice.annexes.all()),
        signature=(notice.signature,),
        date=issued,
        imprint=Imprint(issuer=notice.signature, issued=issued),
    )


def annex(campaign: Campaign, row: NoticeAnnex) -> Annex:
    """One annex; what is sent separately has no body here."""
    if row.content == AnnexContent.ACTIVITIES:
        return Annex(row.title, tuple(activity_blocks(campaign)))
    if row.content == AnnexContent.SLOGANS:
        return Annex(row.title, tuple(slogan_blocks(campaign)))
    return Annex(row.title)


def activity_blocks(campaign: Campaign) -> list[Block]:
    """The list of activities: the common ones, then those of each unit under its number."""
    rows = list(campaign.activities.select_related("owner"))
    blocks: list[Block] = []
    for number, scope, heading in (
        ("一、", Scope.COMMON, "全市统筹安排的活动"),
        ("二、", Scope.MEMBER, "成员单位组织开展的活动"),
    ):
        entries = [row for row in rows if row.scope == scope]
        if entries:
            blocks.append(Heading(1, number, heading))
            blocks += [Heading(2, first.number, entry_text(group)) for first, group in grouped(entries)]
    return blocks


def grouped(rows: list[Activity]) -> list[tuple[Activity, list[Activity]]]:
    """Activities that stand under one number, in order."""
    groups: dict[str, list[Activity]] = {}
    for row in rows:
        groups.setdefault(row.number, []).append(row)
    return [(group[0], group) for group in groups.values()]


def entry_text(group: list[Activity]) -> str:
    """One entry: its unit, then each activity with what it is about."""
    first = group[0]
    if first.owner is None:
        return told(first)
    parts = [f"{row.sub_number}{told(row)}" for row in group]
    umbrella = f"{first.group}。" if first.group else ""
    return f"{first.owner}：{umbrella}{''.join(parts)}"


def told(row: Activity) -> str:
    """Title and content; a content that holds the title already says it all (so it is when a notice was read)."""
    return row.description if row.title in row.description else f"{row.title}。{row.description}"


def slogan_blocks(campaign: Campaign) -> list[Block]:
    """The note on the logo and the slogans, one a line."""
    slogans = [Paragraph(slogan.text) for slogan in campaign.slogans.all()]
    return [
        Heading(1, "一、", "“质量月”标识"),
        *(Paragraph(line) for line in campaign.logo_note.splitlines() if line.strip()),
        Heading(1, "二、", "“质量月”宣传口号"),
        *slogans,
    ]

"""A notice as a document, in the form of its kind: head, text, annexes, signatures, imprint."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import documents
from activities.printing.annex_content import Files, annex, stored_bytes
from activities.printing.units_by_groups import in_short, members_of
from campaigns.models import Notice, NoticeKind
from campaigns.models.notice import Urgency
from documents.errors import DocumentError
from documents.outline import Annex, Document, Form, Imprint, Masthead, Paragraph, from_text
from workflow import clock

FORMS: dict[str, Form] = {NoticeKind.LETTER: "letter", NoticeKind.BULLETIN: "bulletin"}
"""A letter and a bulletin have forms of their own; everything else is set as a document."""
URGENCY = {Urgency.URGENT: "加急", Urgency.VERY_URGENT: "特急"}


@dataclass(frozen=True)
class Spoilt:
    """An annex that cannot be set, and why."""

    order: int
    why: str


def set_notice(notice: Notice) -> tuple[bytes, bytes, bytes]:
    """Set the notice to the print standard, from one outline.

    Returns: the PDF, the Word file, the OFD of the same pages.
    Raises: documents.errors.DocumentError naming the place that cannot be set.
    """
    with translation.override("zh-hans"):
        document, files, spoilt = notice_paper(notice)
        if spoilt:
            raise DocumentError("；".join(each.why for each in spoilt))
        apart = documents.paper.imprint_stands_apart(document, files)
        pdf = documents.paper.to_pdf(document, files)
        word = documents.word.to_docx(document, files, imprint_apart=apart)
        return pdf, word, documents.ofd.from_pdf(pdf, document, sent_apart(notice, document))


def sent_apart(notice: Notice, document: Document) -> Files:
    """The files of annexes that the paper only names, by the names they came with: the OFD holds them."""
    rows = zip(notice.numbered_annexes(), document.annexes, strict=True)
    apart = [row for row, printed in rows if row.file and not printed.has_page]
    return {f"{row.label} {row.file_name}".strip(): stored_bytes(str(row.file.name), row.file_name) for row in apart}


def notice_document(notice: Notice) -> Document:
    """The outline of the notice alone, without its pictures."""
    return notice_paper(notice)[0]


def notice_paper(notice: Notice) -> tuple[Document, Files, list[Spoilt]]:
    """The outline of the notice, the pictures in it, and the annexes that cannot be set. A draft is dated today."""
    annexes, files, spoilt = notice_annexes(notice)
    day = timezone.localdate(notice.issued_at) if notice.issued_at else clock.today()
    bodies = notice.bodies
    document = Document(
        form=FORMS.get(notice.kind, "document"),
        masthead=masthead(notice, bodies),
        number="" if notice.kind == NoticeKind.BULLETIN else notice.number,
        title=notice.title,
        addressees=(notice.salutation,),
        body=from_text(notice.body),
        annexes=annexes,
        signature=bodies,
        date=day,
        imprint=Imprint(copy_to=copies(notice), issuer=notice.signature, issued=day),
        house=settings.HOUSE_STYLE,
    )
    return document, files, spoilt


def masthead(notice: Notice, bodies: tuple[str, ...]) -> Masthead:
    """The head: one body by its name, several below one another with 文件; a bulletin by its own name and number."""
    urgency = URGENCY.get(Urgency(notice.urgency), "") if notice.urgency else ""
    if notice.kind == NoticeKind.BULLETIN:
        seq = notice.document_number.seq if notice.document_number else notice.number_wanted
        return Masthead(("质量月活动简报",), suffix="", urgency=urgency, issue=f"第{seq or '　'}期")
    return Masthead(bodies, suffix="文件" if len(bodies) > 1 else "", urgency=urgency)


def copies(notice: Notice) -> tuple[str, ...]:
    """Who gets a copy, as the imprint prints it: a whole group by its name, other units by theirs."""
    units = list(notice.copy_to.all()) if notice.pk else []
    if not units:
        return ()
    named, groups = in_short(units, members_of(notice.campaign.host))
    return (*(unit.official_name for unit in named), *groups)


def notice_annexes(notice: Notice) -> tuple[tuple[Annex, ...], Files, list[Spoilt]]:
    """The annexes in order; where one cannot be set, a line says so and the others follow all the same."""
    found: list[Annex] = []
    files: Files = {}
    spoilt: list[Spoilt] = []
    for row in notice.numbered_annexes():
        try:
            each, pictures = annex(notice.campaign, row)
        except DocumentError as error:
            why = _("%(label)s “%(title)s”: %(why)s") % {"label": row.label, "title": row.title, "why": error}
            spoilt.append(Spoilt(row.order, why))
            each, pictures = Annex(row.title, (Paragraph("〓"),)), {}
        found.append(replace(each, noted=not row.issued, marked=not row.issued))
        files |= pictures
    return tuple(found), files, spoilt

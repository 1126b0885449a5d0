"""A supervision slip as a document: a letter with the red head of the office, its grade, what is overdue, by when."""

from django.conf import settings
from django.utils import timezone, translation

import documents
from activities.models import Grade, Slip
from activities.states import Kind
from activities.supervision.debts import Debt, named_in
from documents.outline import Block, Document, Imprint, Mark, Masthead, Paragraph, Table, from_text
from documents.text import chinese_date, short_date
from workflow import clock

MARKS = {
    Grade.BLUE: Mark("●", "蓝色督办", "blue"),
    Grade.YELLOW: Mark("▲▲", "黄色督办", "yellow"),
    Grade.RED: Mark("■■■", "红色督办", "red"),
}
"""Shape and number say the grade as well as the colour, for whoever prints in black and white."""
HEAD = ("序号", "应报送事项", "报送时限", "逾期工作日", "已催办")
ENDS = ("。", "！", "？", "；")
WIDTHS = (1.2, 7.6, 2.4, 3.0, 2.0)


def set_slip(slip: Slip) -> tuple[bytes, bytes, bytes]:
    """Set the slip to the print standard, from one outline.

    Returns: the PDF, the Word file, the OFD of the same pages.
    Raises: documents.errors.DocumentError naming what cannot be set.
    """
    with translation.override("zh-hans"):
        document = slip_document(slip)
        apart = documents.paper.imprint_stands_apart(document)
        pdf, word = documents.paper.to_pdf(document), documents.word.to_docx(document, imprint_apart=apart)
        return pdf, word, documents.ofd.from_pdf(pdf, document)


def slip_document(slip: Slip) -> Document:
    """The outline of a slip; a draft is dated today and has no number yet."""
    with translation.override("zh-hans"):
        day = timezone.localdate(slip.issued_at) if slip.issued_at else clock.today()
        signer = f"签发人：{slip.issued_by}" if slip.issued_by else ""
        return Document(
            form="letter",
            masthead=Masthead((slip.signature,), mark=MARKS[Grade(slip.grade)]),
            number=slip.number,
            title="督办单",
            addressees=(slip.unit.official_name,),
            body=body(slip, named_in(slip)),
            signature=(slip.signature,),
            date=day,
            notes=(signer,) if signer else (),
            imprint=Imprint(),
            house=settings.HOUSE_STYLE,
        )


def body(slip: Slip, debts: list[Debt]) -> tuple[Block, ...]:
    """What is overdue, what is required, by when a reply is due."""
    said = f"在“{slip.campaign}”中，你单位以下{len(debts)}项应报送事项已超过时限，至今未报送，现予督办："
    by = f"请于{chinese_date(slip.due_on)}前书面回复本督办单。"
    required = slip.requirement.rstrip()
    joined = f"{required}{'' if required.endswith(ENDS) else '。'}{by}"
    rows = tuple(line(place, each) for place, each in enumerate(debts, 1))
    return Paragraph(said), Table(head=(HEAD,), rows=rows, widths=WIDTHS), *from_text(joined)


def line(place: int, debt: Debt) -> tuple[str, ...]:
    """One thing overdue as the table prints it."""
    last = clock.last_day(debt.row.last_at)
    return (
        str(place),
        "：".join(part for part in (str(Kind(debt.row.kind).label), debt.row.about) if part),
        short_date(last) if last.year == clock.today().year else chinese_date(last),
        str(debt.overdue_days),
        f"{debt.reminded}次" if debt.reminded else "—",
    )

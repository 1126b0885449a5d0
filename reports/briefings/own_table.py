"""What of a unit's own stands in an edition, to take home: as Excel and as official paper."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation

import documents
from documents.outline import Block, Document, Heading, Imprint, Paragraph, Table
from reports.briefings.circulation import Used
from reports.briefings.tables_out import write_workbook
from reports.models import Briefing

CHAPTER = "活动总结已收入情况汇编。"


def as_excel(used: Used) -> bytes:
    """Figures, cases and problems, a sheet each."""
    with translation.override("zh-hans"):
        figures = [(str(name), str(value)) for name, value in used.figures]
        problems = [(each["problem"], each["quoted"]) for each in used.problems]
        return write_workbook(
            [
                ("工作数据", ("项目", "数量"), figures),
                ("典型做法", ("简报中的表述",), [(said,) for said in used.cases]),
                ("存在问题", ("简报中的表述", "本单位原文"), problems),
            ]
        )


def as_pdf(briefing: Briefing, used: Used) -> bytes:
    """The same on paper."""
    with translation.override("zh-hans"):
        return documents.paper.to_pdf(own_document(briefing, used))


def own_document(briefing: Briefing, used: Used) -> Document:
    """The outline."""
    return Document(
        form="sheet",
        title=f"{used.unit.official_name}在“{briefing}”中被采用的内容",
        body=tuple(own_blocks(used)),
        date=timezone.localdate(briefing.made_at),
        imprint=Imprint(),
        house=settings.HOUSE_STYLE,
    )


def own_blocks(used: Used) -> list[Block]:
    """Chapter, figures, cases, problems; what there is none of is left out."""
    found: list[Block] = [Paragraph(CHAPTER)] if used.has_chapter else []
    if used.figures:
        rows = tuple((str(name), str(value)) for name, value in used.figures)
        found += [Heading(1, "", "工作数据"), Table(head=(("项目", "数量"),), rows=rows)]
    if used.cases:
        found += [Heading(1, "", "典型做法"), *(Paragraph(said) for said in used.cases)]
    if used.problems:
        rows = tuple((each["problem"], each["quoted"]) for each in used.problems)
        found += [Heading(1, "", "存在问题"), Table(head=(("简报中的表述", "本单位原文"),), rows=rows)]
    return found or [Paragraph("本单位没有被采用的内容。")]

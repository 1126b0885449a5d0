"""The paper (通报, 简报): its text filled, its annexes, its sources; as an outline that PDF and Word share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from activities.states import AssignmentState, Standing
from campaigns.models import Campaign, NoticeKind
from campaigns.models.number import printed
from campaigns.new_notice import last_of_the_office, proposed_salutation
from documents.block_json import as_json, from_json
from documents.counts import thousands
from documents.outline import (
    Annex,
    Block,
    Blocks,
    Document,
    Heading,
    Imprint,
    Masthead,
    Paragraph,
    Table,
    from_text,
)
from reports.briefings.facts import Fact, Total, facts, totals
from reports.briefings.filling import CASES, PROBLEMS, on_paper
from reports.briefings.moment import Owed, Stood
from reports.briefings.passages import Line, case_lines, chosen, problem_lines
from reports.briefings.sources import Sources
from reports.briefings.tables import STANDING_HEAD, STANDING_WIDTHS, standing_cells
from reports.figures import Tally
from reports.models import BriefingKind, Composition, Quote

NOTICES = {BriefingKind.CONSOLIDATED: NoticeKind.CIRCULAR, BriefingKind.BULLETIN: NoticeKind.BULLETIN}
"""As which kind of notice each paper goes out."""
DONE = {Standing.ON_TIME: "按时", Standing.EXTENDED: "延期内", Standing.LATE: "逾期报送"}
OPEN = {Standing.RETURNED: "已报送，退回待补正", Standing.OVERDUE: "逾期未报", Standing.DUE: "未报送（未到期）"}


@dataclass(frozen=True)
class Paper:
    """What the paper says: its text, its annexes with their titles, and the sources in order."""

    text: str
    annexes: tuple[tuple[str, Blocks], ...]
    sources: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """To be kept with an edition."""
        annexes = [{"title": title, "blocks": as_json(blocks)} for title, blocks in self.annexes]
        return {"text": self.text, "annexes": annexes, "sources": list(self.sources)}


def paper(composition: Composition, stood: Stood) -> Paper:
    """The paper as it stands: every figure filled, every source numbered."""
    known, sources = facts(stood), Sources()
    rows = chosen(composition)
    text = filled(composition, stood, known, rows, sources)
    annexes: list[tuple[str, Blocks]] = [("各单位活动总结报送情况", (units_table(stood),))]
    if figures := figures_blocks(stood):
        annexes.append(("各单位工作数据", figures))
    if rows:
        annexes.append(("典型做法原文摘录", tuple(case_blocks(rows))))
    if sources.found:
        annexes.append(("数据和引文来源", (sources_table(sources),)))
    kept = [{"said": each.said, "url": each.url, "units": list(each.units)} for each in sources.found]
    return Paper(text, tuple(annexes), tuple(kept))


def filled(
    composition: Composition, stood: Stood, known: Mapping[str, Fact], rows: list[Quote], sources: Sources
) -> str:
    """The text as it is printed, a paragraph a line."""
    lines = []
    for line in composition.text.splitlines():
        name = line.strip().strip("【】")
        if name == CASES and line.strip() != name:
            lines += [sourced(each, sources) for each in case_lines(rows, stood.at)]
        elif name == PROBLEMS and line.strip() != name:
            record = known["未报送单位"].source
            lines += [sourced(each, sources) for each in problem_lines(composition, stood, record)]
        else:
            lines.append(on_paper(line, known, sources))
    return "\n".join(lines)


def sourced(line: Line, sources: Sources) -> str:
    """A line with the mark of its source behind it."""
    return f"{line.text}{sources.mark(line.source)}"


# --- annexes --------------------------------------------------------------------------------------------------


def units_table(stood: Stood) -> Table:
    """All units in the official order: how their summary stands, and everything owed; the silent ones are named."""
    stands = {each.assignment.unit_id: each for each in stood.summaries}
    rows = [
        (str(place), unit.name, summary_cell(stands.get(unit.pk)), *standing_cells(unit.tally))
        for place, unit in enumerate(stood.units, 1)
    ]
    rows.append(("", "合计", whole(stood), *standing_cells(sum((each.tally for each in stood.units), Tally()))))
    return Table(
        head=(("序号", "单位", "活动总结", *STANDING_HEAD),), rows=tuple(rows), widths=(0.9, 3, 3, *STANDING_WIDTHS)
    )


def summary_cell(owed: Owed | None) -> str:
    """How one summary stands, in words: what was returned is filed, what never came is said."""
    if owed is None:
        return "—"
    if owed.standing in DONE:
        read = "已审核" if owed.assignment.state == AssignmentState.ACCEPTED else "待审核"
        return f"{DONE[owed.standing]}，{read}"
    return OPEN.get(owed.standing, "不适用")


def whole(stood: Stood) -> str:
    """The line of all summaries."""
    return f"已报{thousands(stood.tally.filed)}份，未报{thousands(stood.tally.open)}份"


def figures_blocks(stood: Stood) -> Blocks:
    """What each unit gave of each figure, with the sums; what is filed and not yet reviewed stands apart."""
    columns = [each for each in totals(stood) if each.is_given]
    if not columns:
        return ()
    given = {
        each.indicator.pk: {owed.assignment.unit_id: figure.shown for owed, figure in each.units} for each in columns
    }
    rows = [
        (owed.assignment.unit.name, *(given[each.indicator.pk].get(owed.assignment.unit_id, "—") for each in columns))
        for owed in stood.accepted
    ]
    rows.append(("合计", *(each.total.shown for each in columns)))
    table = Table(head=(("单位", *map(head_of, columns)),), rows=tuple(rows), widths=(2.4, *[1.2] * len(columns)))
    return (table, *unread_note(stood))


def head_of(total: Total) -> str:
    """Name and unit of measure of a figure."""
    return str(total.indicator.label)


def unread_note(stood: Stood) -> tuple[Block, ...]:
    """Which summaries are filed and not yet reviewed: their figures are not among these."""
    if not stood.unread:
        return ()
    units = "、".join(each.assignment.unit.name for each in stood.unread)
    return (Paragraph(f"注：{units}的活动总结已报送、尚未审核，其数据未计入。"),)


def case_blocks(rows: list[Quote]) -> list[Block]:
    """The words of the units behind the cases, as they were filed."""
    blocks: list[Block] = []
    for row in rows:
        blocks.append(Heading(1, "", row.assignment.unit.official_name))
        blocks += [Paragraph(sentence) for sentence in row.quoted.splitlines() if sentence]
    return blocks


def sources_table(sources: Sources) -> Table:
    """The sources in the order of their marks."""
    rows = tuple((str(number), each.said) for number, each in enumerate(sources.found, 1))
    return Table(head=(("序号", "来源"),), rows=rows, widths=(1, 12))


# --- the outline ----------------------------------------------------------------------------------------------


def paper_document(campaign: Campaign, kind: str, says: Mapping[str, Any], at: datetime) -> Document:
    """The outline of the paper of an edition before it has gone its way: without number, dated as it was frozen.

    Arguments: the campaign; the kind; what the edition says; when it was frozen.
    """
    kept, frozen_on = says["paper"], timezone.localdate(at)
    as_notice = NOTICES[BriefingKind(kind)]
    last = last_of_the_office(campaign, as_notice)
    host, bulletin = campaign.host.official_name, as_notice == NoticeKind.BULLETIN
    return Document(
        form="bulletin" if bulletin else "document",
        masthead=Masthead(("质量月活动简报",), suffix="", issue="第　期") if bulletin else Masthead((host,), suffix=""),
        number="" if bulletin or not last else printed(last.org_code, frozen_on.year, None),
        title=says["title"],
        addressees=(proposed_salutation(campaign, as_notice, last),),
        body=from_text(kept["text"]),
        annexes=tuple(Annex(each["title"], from_json(each["blocks"])) for each in kept["annexes"]),
        signature=(host,),
        date=frozen_on,
        imprint=Imprint(issuer=host, issued=frozen_on),
        house=settings.HOUSE_STYLE,
    )

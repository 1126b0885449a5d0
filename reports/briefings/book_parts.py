"""What stands in the book beside the chapters of the units: the opening, and who is not in it and why."""

from datetime import timedelta

from django.utils import timezone

from activities.models import Assignment
from activities.states import Kind
from documents.counts import thousands
from documents.outline import Blocks, Heading, Paragraph, Table, from_text
from documents.text import short_date
from reports.briefings.facts import facts, totals
from reports.briefings.moment import Owed, Stood
from reports.briefings.sources import Sources, minute
from reports.figures import Tally


def opening_blocks(stood: Stood, foreword: str, sources: Sources) -> Blocks:
    """The foreword of the office, then the sentences leaders read first, each with the mark of its source."""
    known = facts(stood)
    first, *others = opening(stood)
    lines = [f"{first}{sources.mark(known['活动名称'].source)}"]
    for line in others:
        source = known["数据汇总" if line.startswith(SUMMED) else "应报材料"].source
        lines.append(f"{line}{sources.mark(source)}")
    return (*from_text(foreword), Heading(1, "", "总体情况"), *(Paragraph(line) for line in lines))


SUMMED = "据已审核的总结汇总："
"""How the sentence of the figures begins."""


def sources_list(sources: Sources) -> tuple[str, str, Blocks]:
    """The sources of the book by their marks, as its last chapter."""
    rows = tuple((str(number), each.said) for number, each in enumerate(sources.found, 1))
    return ("sources", "数据来源", (Table(head=(("序号", "来源"),), rows=rows, widths=(1, 12)),))


def opening(stood: Stood) -> list[str]:
    """The sentences leaders read first."""
    campaign, total = stood.campaign, stood.figures.total
    lines = [
        f"{campaign.title}以“{campaign.theme}”为主题，于{short_date(campaign.starts_on)}至{short_date(campaign.ends_on)}开展，"
        f"共安排活动{thousands(campaign.activities.count())}项，{thousands(stood.figures.units)}个单位承担任务。",
        f"截至{minute(stood.at)}，各单位应报送材料{thousands(total.expected)}件，已报送{thousands(total.filed)}件，"
        f"报送率{total.percent}；其中{came(total, '件')}；尚未报送{thousands(total.open)}件，"
        f"其中已逾期{thousands(total.overdue)}件，未到期{thousands(total.due)}件。",
    ]
    summaries = stood.tally
    if any(each.kind == Kind.SUMMARY for each in stood.figures.kinds):
        lines.append(
            f"活动总结应报{thousands(summaries.expected)}份，已报{thousands(summaries.filed)}份，"
            f"其中{came(summaries, '份')}；未报{thousands(summaries.open)}份。"
            f"本汇编收录已审核的{thousands(len(stood.accepted))}份。"
        )
    given = [f"{each.indicator.name}{each.text}" for each in totals(stood) if each.is_given]
    return [*lines, f"{SUMMED}{'，'.join(given)}。"] if given else lines


def came(stands: Tally, measure: str) -> str:
    """How what was filed came in; extensions and what is to be corrected are named where there were any."""
    parts = [f"按时{thousands(stands.on_time)}{measure}", f"逾期报送{thousands(stands.late)}{measure}"]
    if stands.extended:
        parts.insert(1, f"延期内报送{thousands(stands.extended)}{measure}")
    if stands.to_correct:
        parts.append(f"已报送、退回待补正{thousands(stands.to_correct)}{measure}")
    return "，".join(parts)


def standing_lists(stood: Stood) -> list[tuple[str, str, Blocks]]:
    """Who has no chapter, by key, title and blocks: filed and not yet reviewed, being corrected, silent."""
    unread = f"以下{thousands(len(stood.unread))}个单位已报送活动总结，尚未审核，本次未收录："
    returned = f"以下{thousands(len(stood.returned))}个单位已报送活动总结，退回后正在补正，本次未收录："
    lists = [
        ("unread", "总结已报送尚未审核的单位", filed(stood.unread, unread)),
        ("to-correct", "总结退回待补正的单位", filed(stood.returned, returned)),
    ]
    found = [each for each in lists if each[2]]
    return [*found, ("missing", "未报送总结的单位", missing_blocks(stood))]


def filed(rows: list[Owed], lead: str) -> Blocks:
    """Units whose summary was filed, with the day; nothing where there are none."""
    if not rows:
        return ()
    cells = tuple(
        (str(place), each.assignment.unit.official_name, filed_on(each.assignment))
        for place, each in enumerate(rows, 1)
    )
    return (Paragraph(lead), Table(head=(("序号", "单位", "报送时间"),), rows=cells))


def filed_on(assignment: Assignment) -> str:
    """The day it was filed."""
    return short_date(timezone.localdate(assignment.submitted_at)) if assignment.submitted_at else ""


def missing_blocks(stood: Stood) -> Blocks:
    """The units whose summary never came, with its deadline and how it stands."""
    rows = tuple(
        (str(place), each.assignment.unit.official_name, deadline(each.assignment), str(each.standing.label))
        for place, each in enumerate(stood.silent, 1)
    )
    if not rows:
        return (Paragraph("各单位均已报送活动总结。"),)
    lead = f"以下{thousands(len(rows))}个单位尚未报送活动总结："
    return (Paragraph(lead), Table(head=(("序号", "单位", "应报时间", "状态"),), rows=rows))


def deadline(assignment: Assignment) -> str:
    """The last day of an assignment, with its extension (a deadline is 24:00 of its day)."""
    return short_date(timezone.localtime(assignment.falls_due - timedelta(seconds=1)))

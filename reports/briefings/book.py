"""The briefing as a book: foreword and statistics from the figures, a chapter for each unit that reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone, translation

import documents
from activities.models import Assignment
from activities.models.listed import OPEN_YET
from activities.states import FILED, Kind, Standing
from campaigns.models import Campaign
from documents.outline import Block, Heading, Paragraph, Table
from reports.briefings.chapters import unit_chapter
from reports.briefings.tables import statistics
from reports.figures import (
    CampaignFigures,
    Tally,
    campaign_figures,
    indicator_totals,
    unit_figures,
)
from reports.models import Summary
from workflow import clock

Progress = Callable[[int, int], None]


def bind_briefing(campaign: Campaign, *, progress: Progress | None = None, gaps: bool = False) -> bytes:
    """Set and bind the briefing of a campaign as it stands now.

    Arguments: the campaign; a callback for (chapters done, chapters in all); whether a chapter that cannot be set
    leaves a marked gap. Returns: the PDF.
    Raises: documents.errors.DocumentError naming the chapter that cannot be set, unless gaps are left.
    """
    with translation.override("zh-hans"):
        return documents.book.bind(
            briefing_book(campaign, gaps=gaps), cache_dir=settings.CHAPTERS_DIR, progress=progress, gaps=gaps
        )


def set_chapters(campaign: Campaign, begin: float, wanted: Callable[[], bool]) -> None:
    """Set the chapters that are not kept yet, so that whoever binds the book finds them.

    Arguments: the campaign; where in the book to begin (0 to 1; it goes round); asked before each chapter.
    """
    with translation.override("zh-hans"):
        jobs = documents.book.chapter_jobs(briefing_book(campaign, gaps=True), settings.CHAPTERS_DIR)
        start = int(len(jobs) * begin)
        for job in jobs[start:] + jobs[:start]:
            if not wanted():
                return
            documents.book.set_chapter(job)


def briefing_book(campaign: Campaign, *, gaps: bool = False) -> documents.book.Book:
    """The outline of the briefing: everything that will stand on its pages.

    Raises: ImageError naming a photo that cannot be read, unless gaps are left.
    """
    figures, units = campaign_figures(campaign), unit_figures(campaign)
    return documents.book.Book(
        title="情况通报",
        subtitle=campaign.title,
        cover=(campaign.host.official_name, date_text()),
        foreword=(Heading(1, "", "总体情况"), *(Paragraph(line) for line in opening(campaign, figures))),
        chapters=(
            documents.book.Chapter("figures", "数据统计", statistics(campaign, figures, units), {}),
            *(unit_chapter(summary, gaps) for summary in filed_summaries(campaign)),
            *to_correct_chapter(campaign),
            documents.book.Chapter("missing", "未报送总结的单位", missing_blocks(campaign), {}),
        ),
    )


def date_text() -> str:
    """Today as an official document writes it."""
    today = clock.today()
    return f"{today.year}年{today.month}月{today.day}日"


# --- what came in --------------------------------------------------------------------------------------


def filed_summaries(campaign: Campaign) -> list[Summary]:
    """The newest submitted summary of every unit whose summary is filed, in the order of the units."""
    newest: dict[int, Summary] = {}
    rows = Summary.objects.filter(
        assignment__campaign=campaign, assignment__state__in=FILED, submitted_at__isnull=False
    )
    rows = rows.select_related("assignment__unit").prefetch_related("figures__indicator", "assignment__photos")
    for summary in rows.order_by("assignment__unit__order", "assignment__unit", "version"):
        newest[summary.assignment_id] = summary
    return list(newest.values())


def summaries_that(campaign: Campaign, *settled: str) -> list[Assignment]:
    """The summaries asked for that stand in one of these ways, in the order of the units."""
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.SUMMARY, settled__in=settled)
    return list(rows.select_related("unit").order_by("unit__order", "unit"))


# --- what it says --------------------------------------------------------------------------------------


def opening(campaign: Campaign, figures: CampaignFigures) -> list[str]:
    """The sentences leaders read first."""
    total = figures.total
    summaries = next((each.tally for each in figures.kinds if each.kind == Kind.SUMMARY), None)
    lines = [
        f"{campaign.title}以“{campaign.theme}”为主题，于{day(campaign.starts_on)}至{day(campaign.ends_on)}开展，"
        f"共安排活动{campaign.activities.count():,}项，{figures.units:,}个单位承担任务。",
        f"截至{date_text()}，各单位应报送材料{total.expected:,}件，已报送{total.filed:,}件，报送率{total.percent}；"
        f"其中{came(total, '件')}；尚未报送{total.open:,}件，其中已逾期{total.overdue:,}件，未到期{total.due:,}件。",
    ]
    if summaries:
        lines.append(
            f"活动总结应报{summaries.expected:,}份，已报{summaries.filed:,}份，"
            f"其中{came(summaries, '份')}；未报{summaries.open:,}份。"
        )
    totals = [f"{each.name}{each.shown}{each.measure}" for each in indicator_totals(campaign) if each.units]
    if totals:
        lines.append(f"据各单位总结汇总：{'，'.join(totals)}。")
    return lines


def came(tally: Tally, measure: str) -> str:
    """How what was filed came in; extensions and what is to be corrected are named where there were any."""
    parts = [f"按时{tally.on_time:,}{measure}", f"逾期报送{tally.late:,}{measure}"]
    if tally.extended:
        parts.insert(1, f"延期内报送{tally.extended:,}{measure}")
    if tally.to_correct:
        parts.append(f"已报送、退回待补正{tally.to_correct:,}{measure}")
    return "，".join(parts)


def day(when: date) -> str:
    """A day without its year."""
    return f"{when.month}月{when.day}日"


def to_correct_chapter(campaign: Campaign) -> Iterator[documents.book.Chapter]:
    """The units that filed their summary and were asked to correct it: no chapter where there are none."""
    rows = tuple(
        (str(place), each.unit.official_name, day(timezone.localdate(each.submitted_at)) if each.submitted_at else "")
        for place, each in enumerate(summaries_that(campaign, Standing.RETURNED), 1)
    )
    if rows:
        lead = Paragraph(f"以下{len(rows)}个单位已报送活动总结，退回后正在补正，本次未收录：")
        table = Table(head=(("序号", "单位", "报送时间"),), rows=rows)
        yield documents.book.Chapter("to-correct", "总结退回待补正的单位", (lead, table), {})


def missing_blocks(campaign: Campaign) -> tuple[Block, ...]:
    """The units whose summary never came, with its deadline and how it stands."""
    rows = tuple(
        (str(place), each.unit.official_name, deadline(each), str(each.standing.label))
        for place, each in enumerate(summaries_that(campaign, OPEN_YET), 1)
    )
    if not rows:
        return (Paragraph("各单位均已报送活动总结。"),)
    lead = f"截至{date_text()}，以下{len(rows)}个单位尚未报送活动总结："
    return (Paragraph(lead), Table(head=(("序号", "单位", "应报时间", "状态"),), rows=rows))


def deadline(assignment: Assignment) -> str:
    """The last day of an assignment, with its extension (a deadline is 24:00 of its day)."""
    return day(timezone.localtime(assignment.falls_due - timedelta(seconds=1)))

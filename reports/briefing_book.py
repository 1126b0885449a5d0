"""The briefing as a book: foreword and statistics from the figures, a chapter for each unit that reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import documents
from activities.evidence.made_anew import picture_of
from activities.models import Assignment, Photo
from activities.models.listed import OPEN_YET
from activities.states import FILED, Kind, Standing
from campaigns.models import Campaign
from documents.counts import thousands
from documents.errors import ImageError, Unavailable
from documents.numbering import join
from documents.outline import Block, Figure, Heading, Paragraph, Table, from_text
from reports.figures import (
    CampaignFigures,
    IndicatorTotal,
    Tally,
    UnitFigures,
    campaign_figures,
    indicator_totals,
    unit_figures,
)
from reports.models import Summary
from workflow import clock

Progress = Callable[[int, int], None]

PHOTO_WIDTH = 0.75
"""Of the type area: two photos with their captions fit on a page."""
NUMERALS = ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、")


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
    totals = [f"{each.name}{each.value:,}{each.measure}" for each in indicator_totals(campaign) if each.units]
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


def statistics(campaign: Campaign, figures: CampaignFigures, units: list[UnitFigures]) -> tuple[Block, ...]:
    """The tables: by kind, the figures asked for, by unit."""
    return (
        Heading(1, "一、", "按材料类别"),
        kind_table(figures),
        Heading(1, "二、", "工作数据"),
        indicator_table(indicator_totals(campaign)),
        Heading(1, "三、", "按单位"),
        unit_table(units),
    )


def kind_table(figures: CampaignFigures) -> Table:
    """What was owed and how it came in, by kind, with the total."""
    pairs = [*((str(each.kind.label), each.tally) for each in figures.kinds), ("合计", figures.total)]
    rows = tuple((name, *standing_cells(each)) for name, each in pairs)
    return Table(
        head=(("类别", *STANDING_HEAD),), rows=rows, caption="表1　各类材料报送情况", widths=(2.4, *STANDING_WIDTHS)
    )


STANDING_HEAD = ("应报", "按时", "延期内", "逾期报送", "待补正", "逾期未报", "未到期", "报送率")
"""What is expected, then its parts: they add up to it in every row."""
STANDING_WIDTHS = (1, 1, 1.3, 1.6, 1.3, 1.6, 1.3, 1.3)


def standing_cells(tally: Tally) -> tuple[str, ...]:
    """A tally as the cells below ``STANDING_HEAD``."""
    parts = (tally.on_time, tally.extended, tally.late, tally.to_correct, tally.overdue, tally.due)
    return (*map(thousands, (tally.expected, *parts)), tally.percent)


def indicator_table(totals: list[IndicatorTotal]) -> Table:
    """The figures asked for, summed, with the number of units they come from."""
    rows = tuple((each.name, thousands(each.value), each.measure, thousands(each.units)) for each in totals)
    return Table(head=(("项目", "合计", "单位", "填报单位数"),), rows=rows, caption="表2　工作数据汇总")


def unit_table(units: list[UnitFigures]) -> Table:
    """Each unit: what is expected of it, its parts, and its rate; with the total."""
    rows = [(str(place), each.name, *standing_cells(each.tally)) for place, each in enumerate(units, 1)]
    rows.append(("", "合计", *standing_cells(sum((each.tally for each in units), Tally()))))
    return Table(
        head=(("序号", "单位", *STANDING_HEAD),),
        rows=tuple(rows),
        caption="表3　各单位报送情况",
        widths=(1, 3, *STANDING_WIDTHS),
    )


# --- a unit's chapter ------------------------------------------------------------------------------------


def unit_chapter(summary: Summary, gaps: bool) -> documents.book.Chapter:
    """One unit's summary: its sections, its figures, its photos."""
    unit, blocks = summary.assignment.unit, list[Block]()
    for numeral, (heading, text) in zip(NUMERALS, summary.sections, strict=False):
        blocks.append(Heading(1, numeral, heading))
        blocks += section_blocks(heading, text)
    blocks += figures_blocks(summary)
    files: dict[str, bytes | Path] = {}
    for photo in summary.assignment.photos.all():
        try:
            files[photo_name(photo)] = kept(photo)
            blocks.append(Figure(photo_name(photo), photo.caption, PHOTO_WIDTH))
        except (OSError, Unavailable) as error:
            said = _("A photo of %(unit)s cannot be read: %(photo)s.")
            said %= {"unit": unit.official_name, "photo": photo}
            if not gaps:
                raise ImageError(said) from error
            blocks.append(Paragraph(f"【此处空缺】{said}"))
    return documents.book.Chapter(f"unit-{unit.pk}", unit.official_name, tuple(blocks), files)


def section_blocks(heading: str, text: str) -> Iterator[Block]:
    """A section as it was typed: tabbed lines as a table. Its own heading, typed once more, is left out.

    Other headings of the first level stay lines, or they would look like sections of the form.
    """
    for place, block in enumerate(from_text(text)):
        if isinstance(block, Heading) and block.level == 1:
            if place == 0 and block.text.strip("：:。 ") == heading:
                continue
            block = Paragraph(join(block.number, block.text))
        elif place == 0 and isinstance(block, Paragraph) and block.text.strip("：:。 ") == heading:
            continue
        yield block


def figures_blocks(summary: Summary) -> list[Block]:
    """The unit's own figures as a table; nothing when it gave none."""
    rows = tuple((figure.indicator.name, figure.shown, figure.indicator.measure) for figure in summary.figures.all())
    return [Table(head=(("项目", "数量", "单位"),), rows=rows)] if rows else []


def photo_name(photo: Photo) -> str:
    return f"{photo.sha256}.jpg"


def kept(photo: Photo) -> bytes | Path:
    """Where a photo lies, to be read only when it is set; its bytes when it is kept in a store without paths.

    Raises: OSError when it is not there.
    """
    picture = picture_of(photo)
    try:
        path = Path(picture.path)
    except NotImplementedError:
        with picture.open("rb") as stream:
            return bytes(stream.read())
    path.stat()
    return path


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

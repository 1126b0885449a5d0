"""The tables of a briefing: how what was owed came in, and the figures of the summaries."""

from collections.abc import Sequence

from documents.counts import thousands
from documents.outline import Block, Heading, Table
from reports.briefings.facts import Total, totals
from reports.briefings.moment import Stood
from reports.figures import CampaignFigures, Tally, UnitFigures


def statistics(stood: Stood) -> tuple[Block, ...]:
    """The tables: by kind, the figures asked for, by unit in the official order."""
    return (
        Heading(1, "一、", "按材料类别"),
        kind_table(stood.figures),
        Heading(1, "二、", "工作数据"),
        indicator_table(totals(stood)),
        Heading(1, "三、", "按单位"),
        unit_table(stood.units),
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


def indicator_table(found: list[Total]) -> Table:
    """The figures asked for, summed over the accepted summaries, with the number of units they come from."""
    rows = tuple((each.total.name, each.total.shown, each.total.measure, thousands(each.total.units)) for each in found)
    return Table(head=(("项目", "合计", "单位", "填报单位数"),), rows=rows, caption="表2　工作数据汇总")


def unit_table(units: Sequence[UnitFigures]) -> Table:
    """Each unit: what is expected of it, its parts, and its rate; with the total."""
    rows = [(str(place), each.name, *standing_cells(each.tally)) for place, each in enumerate(units, 1)]
    rows.append(("", "合计", *standing_cells(sum((each.tally for each in units), Tally()))))
    return Table(
        head=(("序号", "单位", *STANDING_HEAD),),
        rows=tuple(rows),
        caption="表3　各单位报送情况",
        widths=(1, 3, *STANDING_WIDTHS),
    )

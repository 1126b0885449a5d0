"""The figures that fill themselves: each with the plain name by which a text names it, its source, and its page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.models import Campaign, Indicator
from documents.counts import thousands
from documents.text import short_date
from reports.briefings.moment import Owed, Stood
from reports.briefings.sources import Source, minute
from reports.figures import Filed, IndicatorTotal, Tally, total_of
from reports.models import Figure, Summary


@dataclass(frozen=True)
class Fact:
    """A figure, a list of names or a phrase by its plain name; url: where a person sees what is behind it."""

    name: str
    text: str
    source: Source
    url: str


@dataclass(frozen=True)
class Total:
    """One figure the office asked for, over the accepted summaries: added up, or as its definition says."""

    indicator: Indicator
    total: IndicatorTotal
    units: tuple[tuple[Owed, Figure], ...]
    """Each unit that gave it, with its own figure."""

    @property
    def text(self) -> str:
        """The number with its unit of measure; what is only about right says so."""
        return f"{self.total.shown}{self.total.measure}"

    @property
    def is_given(self) -> bool:
        """Whether any unit gave it."""
        return self.total.units > 0


def totals(stood: Stood) -> list[Total]:
    """The figures asked for, in their order, over what the office accepted."""
    return stood.once(made_totals)


def made_totals(stood: Stood) -> list[Total]:
    """The same, added up."""
    found: dict[int, list[tuple[Owed, Figure]]] = {}
    for each in stood.accepted:
        for figure in figures_of(each.summary):
            found.setdefault(figure.indicator_id, []).append((each, figure))
    filed = {pk: in_order_of_filing(rows) for pk, rows in found.items()}
    return [Total(row, total_of(row, filed), tuple(found.get(row.pk, ()))) for row in stood.campaign.indicators.all()]


def in_order_of_filing(rows: list[tuple[Owed, Figure]]) -> list[Filed]:
    """The numbers of one figure as they came in."""
    came = sorted(rows, key=lambda row: (row[0].summary.submitted_at, row[1].pk))  # type: ignore[union-attr]  # accepted
    return [Filed(figure.value, figure.about) for _owed, figure in came]


def figures_of(summary: Summary | None) -> list[Figure]:
    """The figures a unit gave."""
    return list(summary.figures.all()) if summary else []


def facts(stood: Stood) -> dict[str, Fact]:
    """Everything a text may name, by its name."""
    return stood.once(made_facts)


def made_facts(stood: Stood) -> dict[str, Fact]:
    """The same, put together."""
    found = [*campaign_facts(stood), *record_facts(stood), *figure_facts(stood)]
    return {each.name: each for each in reversed(found)}  # a figure of the office never hides one of the record


def campaign_facts(stood: Stood) -> list[Fact]:
    """What the campaign is."""
    campaign = stood.campaign
    source = Source(f"《{campaign.title}》的通知和活动安排", campaign.get_absolute_url())
    activities = campaign.activities.count()
    days = f"{short_date(campaign.starts_on)}至{short_date(campaign.ends_on)}"
    pairs = {
        "活动名称": campaign.title,
        "活动主题": campaign.theme,
        "开展时间": days,
        "活动项数": f"{thousands(activities)}项",
        "参加单位数": f"{thousands(stood.figures.units)}个",
    }
    return [Fact(name, text, source, source.url) for name, text in pairs.items()]


def record_facts(stood: Stood) -> list[Fact]:
    """What came in: of the summaries, and of everything owed."""
    source = Source(f"报送记录，截至{minute(stood.at)}", list_of(stood.campaign))
    summaries, whole = stood.tally, stood.figures.total
    rows = [
        ("截止时间", minute(stood.at), {}),
        ("应报总结", f"{thousands(summaries.expected)}份", {"kind": "summary"}),
        ("已报总结", f"{thousands(summaries.filed)}份", {"kind": "summary", "standing": "filed"}),
        ("总结报送率", summaries.percent, {"kind": "summary"}),
        ("总结报送情况", came_in(summaries), {"kind": "summary"}),
        ("已审核总结", f"{thousands(len(stood.accepted))}份", {"kind": "summary", "state": "accepted"}),
        ("待审核总结", f"{thousands(len(stood.unread))}份", {"kind": "summary", "state": "submitted"}),
        ("审核情况", reviewed(stood), {"kind": "summary", "standing": "filed"}),
        ("应报材料", f"{thousands(whole.expected)}件", {}),
        ("已报材料", f"{thousands(whole.filed)}件", {"standing": "filed"}),
        ("材料报送率", whole.percent, {}),
        ("按时报送单位", names([each.name for each in stood.good]), {"standing": "on_time"}),
        ("逾期报送单位", named(stood, "late"), {"kind": "summary", "standing": "late"}),
        ("退回补正单位", named(stood, "to_correct"), {"kind": "summary", "standing": "to_correct"}),
        ("未报送单位", names([each.assignment.unit.name for each in stood.silent]), SILENT),
    ]
    return [Fact(name, text, source, list_of(stood.campaign, **where)) for name, text, where in rows]


SILENT = {"kind": "summary", "standing": "overdue,due"}
"""Where those are listed that never filed a summary."""


def figure_facts(stood: Stood) -> list[Fact]:
    """The figures asked for, and the phrase that names all of them."""
    given = [each for each in totals(stood) if each.is_given]
    found = [Fact(each.indicator.name, each.text, source_of(stood, each), page_of(stood, each)) for each in given]
    where = reverse("reports:briefing-figures", args=[stood.campaign.pk])
    number = thousands(len(stood.accepted))
    source = Source(f"已审核的{number}份活动总结所填数据，逐单位见附件2", where, units_in(stood))
    phrase = "，".join(f"{each.indicator.name}{each.text}" for each in given)
    return [*found, Fact("数据汇总", phrase or "各单位尚无已审核的数据", source, where)]


def units_in(stood: Stood) -> tuple[int, ...]:
    """The units whose summaries count."""
    return tuple(each.assignment.unit_id for each in stood.accepted)


def source_of(stood: Stood, total: Total) -> Source:
    """Where one figure comes from."""
    said = f"“{total.indicator.name}”：{thousands(len(total.units))}个单位已审核活动总结所填数据之和，逐单位见附件2"
    return Source(said, page_of(stood, total), tuple(each.assignment.unit_id for each, _value in total.units))


def page_of(stood: Stood, total: Total) -> str:
    """The page on which one figure stands unit by unit."""
    return f"{reverse('reports:briefing-figures', args=[stood.campaign.pk])}#figure-{total.indicator.pk}"


def list_of(campaign: Campaign, **chosen: str) -> str:
    """The list of what was owed, narrowed."""
    return f"{reverse('activities:assignments', args=[campaign.pk])}?{urlencode({'asked': '1'} | chosen)}"


def came_in(stands: Tally) -> str:
    """How the summaries came in; what there was none of is not named."""
    parts = [(stands.on_time, "按时报送"), (stands.extended, "延期内报送"), (stands.late, "逾期报送")]
    parts.append((stands.to_correct, "退回待补正"))
    among = "，".join(f"{words}{thousands(number)}份" for number, words in parts if number)
    said = f"应报{thousands(stands.expected)}份，已报{thousands(stands.filed)}份"
    return f"{said}{f'（其中{among}）' if among else ''}，未报{thousands(stands.open)}份"


def reviewed(stood: Stood) -> str:
    """How much of it the office has read: only that is content."""
    said = f"已审核{thousands(len(stood.accepted))}份"
    return f"{said}，另有{thousands(len(stood.unread))}份已报送、尚未审核" if stood.unread else said


def named(stood: Stood, standing: str) -> str:
    """The units whose summary stood in one way."""
    return names([each.assignment.unit.name for each in stood.summaries if each.standing == standing])


def names(found: list[str]) -> str:
    """Names in a row; in words where there are none."""
    return "、".join(found) or "无"

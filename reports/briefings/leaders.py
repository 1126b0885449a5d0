"""One page for leaders: lights, five sentences, the ten worst and the ten best units."""

from dataclasses import dataclass

from django.utils import translation

from documents.counts import thousands
from documents.text import short_date
from reports.briefings.facts import came_in, reviewed, totals
from reports.briefings.moment import Stood
from reports.briefings.passages import reporting
from reports.figures import KindFigures, UnitFigures

MOST = 10


@dataclass(frozen=True)
class LeadersPage:
    """What stands on the page."""

    stood: Stood
    kinds: tuple[KindFigures, ...]
    sentences: tuple[str, ...]
    worst: list[UnitFigures]
    best: list[UnitFigures]


def leaders_page(stood: Stood) -> LeadersPage:
    """The page of a campaign. Arguments: how it stood."""
    behind = [each for each in stood.units if each.tally.overdue or each.tally.to_correct or each.tally.late]
    behind.sort(key=lambda each: (-each.tally.overdue, -each.tally.to_correct, -each.tally.late))
    ahead = sorted(stood.good, key=lambda each: -each.tally.on_time)
    with translation.override("zh-hans"):
        said = five(stood)
    return LeadersPage(stood, stood.figures.kinds, tuple(said), behind[:MOST], ahead[:MOST])


def five(stood: Stood) -> list[str]:
    """Five sentences, as the paper words them."""
    campaign, whole = stood.campaign, stood.figures.total
    given = [f"{each.indicator.name}{each.text}" for each in totals(stood) if each.is_given][:4]
    return [
        f"{campaign.title}于{short_date(campaign.starts_on)}至{short_date(campaign.ends_on)}开展，"
        f"共安排活动{thousands(campaign.activities.count())}项，{thousands(stood.figures.units)}个单位承担任务。",
        f"各单位应报送材料{thousands(whole.expected)}件，已报送{thousands(whole.filed)}件，报送率{whole.percent}；"
        f"{thousands(stood.figures.units_red)}个单位有逾期未报。",
        f"活动总结{came_in(stood.tally)}；{reviewed(stood)}。",
        f"据已审核的总结汇总：{'，'.join(given)}。" if given else "尚无已审核的工作数据。",
        reporting(stood) or "各单位均按要求报送了活动总结。",
    ]

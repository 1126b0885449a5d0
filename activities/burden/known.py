"""What is known of units already: from the register, from last year's filings."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import Unit, User
from activities.filing.known_officers import in_register
from activities.filing.last_year import LISTS
from activities.models import Assignment, Demand, Spared
from activities.states import CAME_IN, Kind
from campaigns.models import Campaign, Indicator, Notice
from campaigns.states import IN_FORCE
from documents.text import bare

SAME = 0.8
"""Of so many of the units that filed a figure twice it has to be the same, to be called known."""
FEW = 3
"""Units that have to have filed it twice, before anything is said of it."""


def known_contacts(notice: Notice) -> dict[int, list[User]]:
    """The liaison officers of each addressed unit that the register has with name and telephone."""
    return in_register(notice.addressees.values("pk"))


def spared_contacts(campaign: Campaign) -> dict[Unit, list[User]]:
    """Units that were not asked for their liaison officers because the register has them, as it stands now."""
    rows = Spared.objects.filter(notice__campaign=campaign, kind=Kind.LIAISON, notice__state__in=IN_FORCE)
    spared = list(rows.select_related("unit", "notice"))
    known = {notice: known_contacts(notice) for notice in {row.notice for row in spared}}
    return {row.unit: known[row.notice].get(row.unit_id, []) for row in spared}


def earlier(campaign: Campaign) -> list[Campaign]:
    """The office's campaigns of earlier years, the newest first."""
    rows = Campaign.objects.filter(host=campaign.host_id, year__lt=campaign.year)
    return list(rows.order_by("-year", "-pk"))


def filed_last_year(notice: Notice, row: Demand) -> set[int]:
    """Units that handed in the same list in the office's last campaign; nothing for what is no list."""
    if not LISTS.search(row.title) or row.counts:
        return set()
    return {each.unit_id for each in same_lists(notice.campaign, row.title)}


def same_lists(campaign: Campaign, title: str) -> list[Assignment]:
    """What units filed in the last campaign before under this name."""
    before = earlier(campaign)[:1]
    rows = Assignment.objects.filter(campaign__in=before, kind=Kind.OTHER, settled__in=[each.value for each in CAME_IN])
    return [each for each in rows.select_related("demand") if each.demand and bare(each.demand.title) == bare(title)]


def standing_figures(campaign: Campaign) -> Iterator[tuple[Indicator, int]]:
    """Figures of which units filed the same number in the two years before, each with how many units did."""
    before = earlier(campaign)[:2]
    if len(before) < 2:
        return
    newest, older = (filed_figures(each) for each in before)
    for figure in campaign.indicators.all():
        key = bare(figure.name), bare(figure.measure)
        now, then = newest.get(key, {}), older.get(key, {})
        both = now.keys() & then.keys()
        same = sum(now[unit] == then[unit] for unit in both)
        if len(both) >= FEW and same >= SAME * len(both):
            yield figure, same


def filed_figures(campaign: Campaign) -> dict[tuple[str, str], dict[int, int]]:
    """What each unit filed as each figure, by the figure's name and measure; the newest version of its summary.

    Summaries belong to a higher room: its rows are asked for by the names of the relations.
    """
    rows = Indicator.objects.filter(campaign=campaign, figures__summary__submitted_at__isnull=False)
    values = ("name", "measure", "figures__summary__assignment__unit", "figures__value")
    found: dict[tuple[str, str], dict[int, int]] = {}
    for name, measure, unit, value in rows.order_by("figures__summary__version").values_list(*values):
        found.setdefault((bare(name), bare(measure)), {})[unit] = value
    return found

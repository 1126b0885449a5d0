"""What the office asked the year before, to be set beside what it asks now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from activities.burden.asked import Asked
from activities.burden.measures import USUAL
from activities.burden.weight import Weight, kept, weigh
from activities.models import Assignment, NoticeWeight
from campaigns.models import Notice
from campaigns.states import IN_FORCE


@dataclass(frozen=True)
class LastYear:
    """The notice of the last campaign before, with what it asked."""

    notice: Notice
    year: int
    weight: Weight


@dataclass(frozen=True)
class Row:
    """What one unit owed, read back from its assignment."""

    unit: int
    kind: str
    activity: int | None
    demand: int | None
    deliverable: int | None


def last_year(notice: Notice) -> LastYear | None:
    """The notice of the same kind that the host issued last in an earlier year; None when there was none."""
    before = Notice.objects.filter(
        campaign__host=notice.campaign.host_id,
        campaign__year__lt=notice.campaign.year,
        kind=notice.kind,
        state__in=IN_FORCE,
    )
    found = before.select_related("campaign").order_by("-campaign__year", "-weight__filings", "pk").first()
    return LastYear(found, found.campaign.year, weight_of(found)) if found else None


def weight_of(notice: Notice) -> Weight:
    """What an issued notice asked: as it was kept, or counted again where it went out before anything was kept."""
    row = NoticeWeight.objects.filter(notice=notice).first()
    return kept(row) if row else weigh(Asked(notice, owed_of(notice), (), notice.campaign.starts_on))


def owed_of(notice: Notice) -> Sequence[Row]:
    """What its assignments ask, without what units sent of their own accord or were asked later."""
    rows = Assignment.objects.filter(notice=notice, volunteered=False, kind__in=list(USUAL))
    return [Row(*row) for row in rows.values_list("unit", "kind", "activity", "demand", "deliverable")]

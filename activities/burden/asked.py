"""What the burden check is given: a notice, what it would make each unit owe, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from activities.burden.measures import Measures, measures_of
from activities.models import CampaignPhotos, Demand
from campaigns.models import Notice


class Owed(Protocol):
    """One thing one unit would owe, by ids."""

    @property
    def unit(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def activity(self) -> int | None: ...
    @property
    def demand(self) -> int | None: ...
    @property
    def deliverable(self) -> int | None: ...


class LastDay(Protocol):
    """One last day: what names it (``set:summary``, ``demand:7``), of what it is, whether an event takes place then."""

    @property
    def code(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def event(self) -> bool: ...


@dataclass(frozen=True)
class Asked:
    """All that a notice is about to ask; ``on``: the day on which it is to go out."""

    notice: Notice
    owed: Sequence[Owed]
    days: Sequence[LastDay]
    on: date

    @cached_property
    def measures(self) -> Measures:
        """What the office of the notice counts with."""
        return measures_of(self.notice.campaign.host_id)

    @cached_property
    def demands(self) -> dict[int, Demand]:
        """What is asked beside the usual, by id, in its order."""
        return {row.pk: row for row in self.notice.demands.prefetch_related("units")}

    @cached_property
    def photos(self) -> dict[str, CampaignPhotos]:
        """The photos the campaign demands, by the kind of filing."""
        rows = CampaignPhotos.objects.filter(campaign=self.notice.campaign_id).exclude(least=None)
        return {row.kind: row for row in rows}

    @cached_property
    def figures(self) -> int:
        """How many figures each summary is asked for."""
        return self.notice.campaign.indicators.count()

    @cached_property
    def owing(self) -> dict[str | int, set[int]]:
        """Who owes what: units by the kind of a usual filing, or by the id of a demand."""
        found: dict[str | int, set[int]] = {}
        for each in self.owed:
            found.setdefault(each.demand or each.kind, set()).add(each.unit)
        return found

    def units_of(self, kind: str = "", demand: int | None = None) -> set[int]:
        """Who owes a kind of the usual filings, or a demand."""
        return self.owing.get(demand or kind, set())

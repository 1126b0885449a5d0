"""Who has read a circulated edition, and what of each unit's own stands in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Unit
from reports.models import Briefing

NOTHING: dict[str, Any] = {"cases": [], "problems": [], "figures": []}


@dataclass(frozen=True)
class Reader:
    """A unit, and when somebody of it first had the edition before their eyes."""

    unit: Unit
    at: datetime | None
    by: str


def readers(briefing: Briefing) -> list[Reader]:
    """Every unit of the campaign in the official order, read or not."""
    opened = {row.unit_id: row for row in briefing.openings.select_related("by")}
    asked = briefing.campaign.assignments.filter(volunteered=False).values("unit")
    units = Unit.objects.filter(pk__in=asked).order_by("order", "pk")
    return [
        Reader(
            unit,
            opened[unit.pk].at if unit.pk in opened else None,
            str(opened[unit.pk].by) if unit.pk in opened else "",
        )
        for unit in units
    ]


@dataclass(frozen=True)
class Used:
    """What of a unit's own stands in an edition."""

    unit: Unit
    cases: list[str]
    problems: list[dict[str, str]]
    figures: list[list[Any]]
    has_chapter: bool

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of it was used."""
        return not (self.cases or self.problems or self.figures or self.has_chapter)


def used_of(briefing: Briefing, units: list[Unit]) -> list[Used]:
    """What of these units' own stands in an edition."""
    said = briefing.content.get("used", {})
    chapters = {each["unit"] for each in briefing.content.get("chapters", ())}
    return [Used(unit, **said.get(str(unit.pk), NOTHING), has_chapter=unit.pk in chapters) for unit in units]

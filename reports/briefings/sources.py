"""Where a figure or a sentence of a briefing comes from: numbered in the order in which the paper names them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from activities.models import Assignment
from documents.text import chinese_date


@dataclass(frozen=True)
class Source:
    """What a figure or a sentence stands on: said in words, with the page on which it is seen.

    units: the ids of the units whose words or figures were used, for what each of them is shown of its own.
    """

    said: str
    url: str
    units: tuple[int, ...] = ()


@dataclass
class Sources:
    """The sources of one paper; the same source has the same number wherever it is named."""

    found: list[Source] = field(default_factory=list)

    def mark(self, source: Source) -> str:
        """The mark of a source, as it stands behind a figure or a sentence."""
        if source not in self.found:
            self.found.append(source)
        return f"［{self.found.index(source) + 1}］"


def minute(at: datetime) -> str:
    """A moment as a list of sources writes it; 24:00 stands on its own day."""
    local = timezone.localtime(at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day = timezone.localtime(at - timedelta(seconds=1))
        return f"{chinese_date(day)}24时"
    return f"{chinese_date(local)}{local.hour}时{local.minute:02d}分"


def of_filing(assignment: Assignment, version: int | None, submitted_at: datetime | None) -> str:
    """A filing in words: the unit, what it filed, which version, when."""
    parts = [f"{assignment.unit.official_name}{assignment.get_kind_display()}"]
    if version is not None:
        parts.append(f"第{version}稿")
    if submitted_at is not None:
        parts.append(f"{minute(submitted_at)}报送")
    return "，".join(parts)

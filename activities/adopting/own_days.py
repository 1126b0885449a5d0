"""Days of the lower campaign: so many working days before those above, each shown beside the one it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaigns.models import Campaign, Notice
from workflow import clock
from workflow.pages import label
from workflow.workdays import working_days

MOST = 30
"""Working days that may lie between the levels."""
USUAL = 4
FIELDS = ("registration_due_on", "plan_due_on", "summary_due_on")


@dataclass(frozen=True)
class OwnDay:
    """A last day above, and the own one before it."""

    name: str
    """The field of the campaign; of a demand its id."""
    what: str
    above: date
    own: date

    @property
    def is_past(self) -> bool:
        """Whether it can no longer be kept, though the one above can."""
        return self.own < clock.today() <= self.above

    @property
    def is_over(self) -> bool:
        """Whether the day above is past itself: a deadline above that lies before anything we could set."""
        return self.above < clock.today()


def before(day: date, margin: int) -> date:
    """The day so many working days before another. Arguments: the day above; the margin."""
    return working_days().earlier(day, margin)


def own_days(notice: Notice, margin: int) -> list[OwnDay]:
    """Every last day of the upper campaign and of what its notice asks beside, with the own one."""
    campaign: Campaign = notice.campaign
    days = [(name, str(label(campaign, name)), getattr(campaign, name)) for name in FIELDS]
    days += [(str(row.pk), row.title, row.due_on) for row in notice.demands.all()]
    return [OwnDay(name, what, day, before(day, margin)) for name, what, day in days if day]

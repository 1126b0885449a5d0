"""The last days offered when a notice is issued: the campaign's own, else a working day that leaves time."""

from collections.abc import Iterable
from datetime import time, timedelta

from activities.asking.handing_out import DueDates
from activities.models import Demand
from campaigns.models import Notice
from workflow import clock
from workflow.workdays import working_days

RECEIPT_DAYS, LIAISON_DAYS = 3, 7


def proposed_due(notice: Notice) -> DueDates:
    """The dates offered on the issue page: receipt in 3 days, liaison officers in 7, plans before it begins.

    Where the campaign has no day of its own, a working day is offered.
    Arguments: the notice. Returns: dates that are not in the past.
    """
    today, campaign, calendar = clock.today(), notice.campaign, working_days()
    demands = list(notice.demands.all())
    a_week = calendar.next_working_day(today + timedelta(days=LIAISON_DAYS))
    before = calendar.last_working_day(campaign.starts_on - timedelta(days=1))
    return DueDates(
        receipt=calendar.next_working_day(today + timedelta(days=RECEIPT_DAYS)),
        liaison=max(campaign.registration_due_on or a_week, today),
        plan=max(campaign.plan_due_on or before, today if campaign.plan_due_on else a_week),
        summary=max(campaign.summary_due_on, today),
        others={demand.pk: demand.proposed(today) for demand in demands},
        hours=hours_of(notice, demands),
    )


def hours_of(notice: Notice, demands: Iterable[Demand]) -> dict[str, time]:
    """The hours the notice names: of the usual filings as it was read, of its demands as they stand."""
    usual = {name: time.fromisoformat(hour) for name, hour in notice.due_hours.items()}
    return usual | {f"demand_{row.pk}": row.due_hour for row in demands if row.due_hour}

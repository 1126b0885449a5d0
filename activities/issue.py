"""Issuing a notice: who then owes what, by when. The deed touches assignments, so it lives here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from activities import tasks
from activities.models import Assignment, Part, Participation
from activities.states import Kind
from campaigns.models import Notice, NoticePaper
from campaigns.states import CampaignState
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import label
from workflow.telling import notify

BATCH = 2000
RECEIPT_DAYS, LIAISON_DAYS = 3, 7


@dataclass(frozen=True)
class Debt:
    """What one unit owes, by the ids of unit, activity and demand."""

    unit: int
    kind: Kind
    activity: int | None = None
    demand: int | None = None


@dataclass(frozen=True)
class DueDates:
    """The last day for each kind, and for each demand by its id; the deadline is 24:00 of that day."""

    receipt: date
    liaison: date
    plan: date
    summary: date
    others: Mapping[int, date] = field(default_factory=dict)

    def of(self, debt: Debt) -> date:
        """The last day of a debt."""
        if debt.demand is not None:
            return self.others[debt.demand]
        day: date = getattr(self, debt.kind)
        return day


def proposed_due(notice: Notice) -> DueDates:
    """The dates offered on the issue page: receipt in 3 days, liaison officers in 7, plans before it begins.

    Arguments: the notice. Returns: dates that are not in the past.
    """
    today, campaign = clock.today(), notice.campaign
    return DueDates(
        receipt=today + timedelta(days=RECEIPT_DAYS),
        liaison=today + timedelta(days=LIAISON_DAYS),
        plan=max(campaign.starts_on - timedelta(days=1), today + timedelta(days=LIAISON_DAYS)),
        summary=max(campaign.summary_due_on, today),
        others={demand.pk: demand.proposed(today) for demand in notice.demands.all()},
    )


def blockers(notice: Notice) -> list[str]:
    """Everything that stands against issuing, all at once, in the reader's language."""
    found = []
    if not notice.addressees.exists():
        found.append(_("No unit is addressed."))
    for name in ("title", "body", "signature", "salutation"):
        if not getattr(notice, name).strip():
            found.append(_("The notice has no %(part)s.") % {"part": label(notice, name)})
    return found


def debts(notice: Notice) -> Iterator[Debt]:
    """What every addressed unit will owe: receipt, liaison officers, summary, every demand, its plans."""
    units = list(notice.addressees.values_list("pk", flat=True))
    for kind in (Kind.RECEIPT, Kind.LIAISON, Kind.SUMMARY):
        yield from (Debt(unit, kind) for unit in units)
    for demand in notice.demands.all():
        yield from (Debt(unit, Kind.OTHER, demand=demand.pk) for unit in units)
    led = Participation.objects.filter(
        activity__campaign=notice.campaign_id, part=Part.LEAD, unit__in=notice.addressees.all()
    )
    for unit, activity in led.order_by("activity__order").values_list("unit_id", "activity_id"):
        yield Debt(unit, Kind.PLAN, activity)


@transaction.atomic
def issue(notice: Notice, *, by: Any, due: DueDates) -> int:
    """Issue the notice: assignments for every addressee, the paper as a job, word to everybody concerned.

    Arguments: the notice, the signer, the last days. Returns: how many assignments were made.
    Raises: MoveRefused when it is no draft any more.
    """
    notice.issue(by=by)
    if notice.campaign.state == CampaignState.PLANNED:
        notice.campaign.move(CampaignState.UNDER_WAY, by=by)
    rows = [assignment(notice, debt, due) for debt in debts(notice)]
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    NoticePaper.objects.create(notice=notice).hint(tasks.set_paper)
    tell_addressees(notice)
    return len(rows)


def assignment(notice: Notice, debt: Debt, due: DueDates) -> Assignment:
    """The row of one debt, not saved yet."""
    return Assignment(
        notice=notice,
        campaign_id=notice.campaign_id,
        unit_id=debt.unit,
        kind=debt.kind,
        activity_id=debt.activity,
        demand_id=debt.demand,
        due_at=clock.end_of(due.of(debt)),
    )


def tell_addressees(notice: Notice) -> None:
    """One message to each liaison officer and head of an addressed unit."""
    people = User.objects.speaking_for(notice.addressees.all(), *UNIT_ROLES)
    notify(
        people,
        gettext_noop("New notice: %(title)s. Please sign for it."),
        key=f"issued-{notice.pk}",
        url=notice.get_absolute_url(),
        title=notice.title,
    )


@transaction.atomic
def set_again(notice: Notice, *, by: Any) -> None:
    """Queue the paper of a notice again. Raises: MoveRefused when there is none that failed."""
    paper = NoticePaper.objects.filter(notice=notice).first()
    if paper is None:
        raise MoveRefused(_("The notice has not been issued yet."))
    paper.retry(by=by)
    paper.hint(tasks.set_paper)

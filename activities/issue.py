"""The signer's deeds: issue a notice, now or at a set hour; add a unit late; hand out one more task."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities import tasks
from activities.handing_out import RESPONSIBLE, DueDates, begin, fix_groups, hand_out
from activities.models import Activity, HandOut
from campaigns import way
from campaigns.models import Notice, NoticePaper
from campaigns.states import IN_FORCE, NoticeState
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import label

RECEIPT_DAYS, LIAISON_DAYS = 3, 7


def proposed_due(notice: Notice) -> DueDates:
    """The dates offered on the issue page: receipt in 3 days, liaison officers in 7, plans before it begins.

    Arguments: the notice. Returns: dates that are not in the past.
    """
    today, campaign = clock.today(), notice.campaign
    return DueDates(
        receipt=today + timedelta(days=RECEIPT_DAYS),
        liaison=max(campaign.registration_due_on or today + timedelta(days=LIAISON_DAYS), today),
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


@transaction.atomic
def order(notice: Notice, *, by: Any, due: DueDates, at: datetime | None = None) -> HandOut:
    """Issue the notice now, or at a set hour: who owes is fixed, the rest is a job.

    Arguments: the notice, the signer, the last days, the hour (None: now).
    Returns: the hand-out, which a worker begins as soon as it is committed, or at its hour.
    Raises: MoveRefused when the notice is not signed or went out already.
    """
    if notice.state != NoticeState.SIGNED:  # who signs and issues in one press does both here
        way.sign(notice, by=by)
    row = HandOut.objects.create(
        notice=notice, due=due.as_json(), by=by, beat_at=hour_of(at), total=notice.addressees.count()
    )
    if at is None:
        begin(notice, by=by).hint(tasks.set_paper)
        row.hint(tasks.hand_out)
    return row


def hour_of(at: datetime | None) -> datetime:
    """The real hour at which a job begins that is set for an hour of the campaign's day."""
    return timezone.now() + (at - clock.now()) if at else timezone.now()


def issue(notice: Notice, *, by: Any, due: DueDates) -> int:
    """Issue the notice and hand everything out at once, without a worker.

    Arguments: the notice, the signer, the last days. Returns: how many assignments there are now.
    Raises: MoveRefused when it is not signed or went out already.
    """
    row = order(notice, by=by, due=due)
    row.work(lambda: hand_out(row))
    return notice.assignments.count()


@transaction.atomic
def add_unit(notice: Notice, unit: Unit, *, by: Any, due: DueDates) -> HandOut:
    """A unit added late gets the notice and what it owes from this moment.

    Raises: MoveRefused when the notice is not in force, or the unit has it already.
    """
    if notice.state not in IN_FORCE:
        raise MoveRefused(notice.refusal())
    if notice.addressees.filter(pk=unit.pk).exists():
        raise MoveRefused(_("%(unit)s has the notice already.") % {"unit": unit})
    notice.addressees.add(unit)
    notice.log(notice.state, by=by, note=_("Added late: %(unit)s") % {"unit": unit})
    fix_groups(notice)
    row = HandOut.objects.create(notice=notice, unit=unit, due=due.as_json(), by=by, total=1)
    row.hint(tasks.hand_out)
    return row


@transaction.atomic
def fan_out(notice: Notice, activity: Activity, *, by: Any, due: DueDates) -> HandOut:
    """Hand out one task after the notice was issued, to every unit responsible for it.

    Raises: MoveRefused when the notice is not in force, or nobody addressed is responsible for the task.
    """
    if notice.state not in IN_FORCE:
        raise MoveRefused(notice.refusal())
    fix_groups(notice, activity.pk)
    addressed = notice.addressees.values("pk")
    if not activity.participations.filter(part__in=RESPONSIBLE, unit__in=addressed).exists():
        raise MoveRefused(_("No addressed unit is responsible for this task: the group may be empty."))
    row = HandOut.objects.create(notice=notice, activity=activity, due=due.as_json(), by=by)
    row.hint(tasks.hand_out)
    return row


@transaction.atomic
def set_again(notice: Notice, *, by: Any) -> None:
    """Queue the paper of a notice again. Raises: MoveRefused when there is none that failed."""
    paper = NoticePaper.objects.filter(notice=notice).first()
    if paper is None:
        raise MoveRefused(_("The notice has not been issued yet."))
    paper.retry(by=by)
    paper.hint(tasks.set_paper)

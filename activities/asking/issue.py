"""The signer's deeds: issue a notice, now or at a set hour; add a unit late; hand out one more task."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, Unit
from accounts.unit_names import remember_printed
from activities.adopting.changes import note_withdrawn
from activities.asking import checks
from activities.asking.closing import close_assignments
from activities.asking.empty_groups import asked_of_nobody
from activities.asking.handing_out import RESPONSIBLE, DueDates, begin, fix_groups, hand_out
from activities.asking.proposed_days import proposed_due as proposed_due
from activities.models import Activity, HandOut
from campaigns import way
from campaigns.models import Notice, NoticePaper
from campaigns.states import IN_FORCE, NoticeState
from workflow import clock
from workflow.models import JobState, MoveRefused


@transaction.atomic
def sign(notice: Notice, *, by: Any, seq: int | None = None) -> None:
    """Sign it, which gives it its number; what must not go out is not signed either.

    Arguments: the notice, the signer, a number of the signer's choice (None: the next).
    Raises: MoveRefused.
    """
    way.hold(notice)
    if notice.can_move(NoticeState.SIGNED):
        checks.insist(notice, blocking_only=True)
    way.sign(notice, by=by, seq=seq)


@transaction.atomic
def order(notice: Notice, *, by: Any, due: DueDates, at: datetime | None = None, seq: int | None = None) -> HandOut:
    """Issue the notice now, or at a set hour: who owes is fixed, the rest is a job.

    Who issues a notice that is not signed yet signs it by the same press. A set hour makes way for another one.

    Arguments: the notice, the signer, the last days, the hour (None: now), a number of the signer's choice.
    Returns: the hand-out, which a worker begins as soon as it is committed, or at its hour.
    Raises: MoveRefused when it is not reviewed and countersigned, or went out already, or the check stands against it.
    """
    way.hold(notice)
    if notice.is_sent or not (notice.state == NoticeState.SIGNED or notice.can_move(NoticeState.SIGNED)):
        raise MoveRefused(notice.refusal())
    if at is not None and at <= clock.now():
        raise MoveRefused(_("The hour lies in the past."))
    checks.insist(notice, due, timezone.localtime(at).date() if at else None)
    if notice.state != NoticeState.SIGNED:
        way.sign(notice, by=by, seq=seq)
    if scheduled(notice) and at is not None:
        raise MoveRefused(_("An hour is set already: cancel it first."))
    scheduled(notice).delete()
    row = HandOut.objects.create(
        notice=notice, due=due.as_json(), by=by, beat_at=hour_of(at), total=notice.addressees.count()
    )
    if at is None:
        begin(notice, by=by).hint()
        row.hint()
    else:
        hour = partial(date_format, timezone.localtime(at), "DATETIME_FORMAT")
        notice.remark(gettext_noop("To be issued on %(at)s"), roles=(Role.SIGNER,), by=by, at=hour)
    return row


def scheduled(*notices: Notice) -> "QuerySet[HandOut]":
    """The hand-outs of these notices that wait for their hour."""
    return HandOut.objects.filter(
        notice__in=notices, notice__issued_at=None, activity=None, unit=None, state=JobState.QUEUED
    )


def set_hours(notices: Collection[Notice]) -> dict[int, datetime]:
    """At which hour signed notices go out by themselves, by their ids, on the campaign's clock; one query."""
    return {row.notice_id: shown_hour(row) for row in scheduled(*notices)}


def shown_hour(row: HandOut) -> datetime:
    """The hour a hand-out waits for, on the campaign's clock: what ``hour_of`` made of it, read back."""
    return clock.now() + (row.beat_at - timezone.now())


@transaction.atomic
def cancel_hour(notice: Notice, *, by: Any) -> None:
    """Take back the set hour: it stays signed. Raises: MoveRefused when none is set, or it went out meanwhile."""
    way.hold(notice)
    if not scheduled(notice).delete()[0]:
        raise MoveRefused(_("No hour is set, so there is nothing to cancel."))
    notice.remark(gettext_noop("The set hour was cancelled."), roles=(Role.SIGNER,), by=by)


@transaction.atomic
def hand_out_again(row: HandOut, *, by: Any) -> None:
    """Queue a hand-out that failed again; what units have already stays. Raises: MoveRefused when it has not failed."""
    row.retry(by=by)
    row.hint()


@transaction.atomic
def withdraw(notice: Notice, *, by: Any, reason: str) -> None:
    """Withdraw a notice with a reason; if it waits for its hour, it will not go out.

    What units owe because of it is closed, and they are told. Raises: MoveRefused.
    """
    way.withdraw(notice, by=by, reason=reason)
    close_assignments(notice, by=by, reason=reason, acting_for=notice.acting_for(by, (Role.SIGNER,)))
    note_withdrawn(notice)


def hour_of(at: datetime | None) -> datetime:
    """The real hour at which a job begins that is set for an hour of the campaign's day."""
    return timezone.now() + (at - clock.now()) if at else timezone.now()


def issue(notice: Notice, *, by: Any, due: DueDates, remark: str = "") -> int:
    """Issue the notice and hand everything out at once, without a worker and without the page.

    Arguments: the notice, the signer, the last days, with what remark doubtful things are let pass.
    Returns: how many assignments there are now.
    Raises: MoveRefused when it is not reviewed, went out already, or something blocks it.
    """
    if not notice.is_sent:
        checks.wave_all(notice, remark, by=by, due=due)
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
    notice.remark(gettext_noop("Added late: %(unit)s"), roles=(Role.SIGNER,), by=by, unit=unit)
    fix_groups(notice)
    remember_printed(Unit.objects.filter(pk=unit.pk))
    row = HandOut.objects.create(notice=notice, unit=unit, due=due.as_json(), by=by, total=1)
    row.hint()
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
        whys = [why for _group, why, tasks in asked_of_nobody(notice) if activity in tasks]
        raise MoveRefused(" ".join([_("No addressed unit is responsible for this task."), *whys]))
    row = HandOut.objects.create(notice=notice, activity=activity, due=due.as_json(), by=by)
    row.hint()
    return row


@transaction.atomic
def set_again(notice: Notice, *, by: Any) -> None:
    """Queue the paper of a notice again. Raises: MoveRefused when there is none that failed."""
    paper = NoticePaper.objects.filter(notice=notice).first()
    if paper is None:
        raise MoveRefused(_("The notice has not been issued yet."))
    paper.retry(by=by)
    paper.hint()

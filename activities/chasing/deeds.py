"""What the office does with reminders: made by hand, held, sent, deleted, said again; who is left out, who is added."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.chasing import dispatch, outlook, prepare, who
from activities.models import Named, Reminder
from activities.states import LetterState, ReminderState
from campaigns.models import Campaign
from documents.counts import thousands
from workflow import clock
from workflow.jobs import AT_ONCE
from workflow.models import MoveRefused
from workflow.queue import ask_later


@transaction.atomic
def make(
    campaign: Campaign, *, by: Any, units: int, hold: bool, left_out: Collection[int] = (), **what: Any
) -> Reminder:
    """Make a reminder by hand. It goes at once, or as soon as the hours allow it; held, it waits for the office.

    Arguments: the campaign; who makes it; of how many units; whether it is held; people left out; the fields
    ``chosen``, ``line``, ``words``, ``to_heads``, ``again_of``. Returns: the reminder.
    """
    now = clock.now()
    row = Reminder.objects.create(
        campaign=campaign,
        by=by,
        day=now.date(),
        made_at=now,
        send_from=dispatch.hour(campaign, now),
        state=ReminderState.HELD if hold else ReminderState.WAITING,
        **what,
    )
    if units <= AT_ONCE or left_out:  # who is left out was ticked on a page, so they are few
        prepare.put_together(row)
        row.letters.filter(person__in=left_out).update(state=LetterState.LEFT_OUT)
    row.log(row.state, by=by)
    set_going(row, units)
    return row


def set_going(row: Reminder, letters: int) -> None:
    """Send it if it may go and is short; else a worker does, at once or when its hour has come."""
    if row.state != ReminderState.WAITING:
        return
    if letters > AT_ONCE or row.prepared_at is None:
        ask_later("activities.chase")
    elif row.by is not None and dispatch.may_go(row, clock.now()):
        dispatch.send(f"reminder-{row.pk}", [row])
        dispatch.close(row)


def hold(row: Reminder, *, by: Any) -> None:
    """Nothing more of it goes until it is released. Raises: MoveRefused."""
    row.move(ReminderState.HELD, by=by)


@transaction.atomic
def release(row: Reminder, *, by: Any, people: int) -> None:
    """It may go, now or when its hour has come.

    Arguments: the reminder; who releases it; how many people it was said to reach.
    Raises: MoveRefused, also when it would reach another number of people by now, or the rules that made it are off.
    """
    if not dispatch.has_rules(row):
        raise MoveRefused(_("The rules of this campaign are switched off: switch them on first, or delete it."))
    if (now := outlook.numbers(row).people) != people:
        said = _("It would reach %(number)s people now, not %(said)s. Please look again.")
        raise MoveRefused(said % {"number": thousands(now), "said": thousands(people)})
    moment = clock.now()
    row.move(ReminderState.WAITING, by=by, send_from=max(row.send_from, dispatch.hour(row.campaign, moment)))
    set_going(row, people)


def delete(row: Reminder, *, by: Any) -> None:
    """What has not been sent of it is not sent. What it asked for counts as asked on its day. Raises: MoveRefused."""
    row.move(ReminderState.DELETED, by=by)


@transaction.atomic
def say_again(row: Reminder, *, by: Any, line: str) -> Reminder:
    """A reminder that was sent once more: held, to the same people as far as they still owe, a line before it.

    Raises: MoveRefused when it was not sent, or nobody it was sent to owes anything any more.
    """
    if row.state != ReminderState.SENT:
        raise MoveRefused(row.refusal())
    sent = row.letters.sent().count()
    what = {"line": line, "words": row.words, "again_of": row, "chosen": row.chosen, "to_heads": row.to_heads}
    again = make(row.campaign, by=by, units=sent, hold=True, **what)
    if again.prepared_at and not outlook.numbers(again).people:
        raise MoveRefused(_("Nobody it was sent to owes any of it any more."))
    return again


@transaction.atomic
def tick(row: Reminder, *, was: Collection[int], chosen: Collection[int], by: Any) -> None:
    """Who gets it: only what somebody changed is changed, so what a colleague changed meanwhile stays.

    Arguments: the reminder; whose boxes were ticked when the page was opened, and whose are now; who did it.
    Raises: MoveRefused when it can be changed no more.
    """
    insist_open(row)
    rows = row.letters.exclude(state__in=(LetterState.SENT, LetterState.NOTHING))
    out = rows.filter(person__in=set(was) - set(chosen)).update(state=LetterState.LEFT_OUT)
    rows.filter(person__in=set(chosen) - set(was)).update(state=LetterState.WAITING)
    if out:
        row.remark(gettext_noop("People left out on this page: %(number)s"), by=by, number=thousands(out))


@transaction.atomic
def add_people_of(row: Reminder, unit: Unit, *, by: Any) -> int:
    """Everybody who files for a unit of the reminder gets it, its head as well.

    Returns: how many were added. Raises: MoveRefused when nobody can be, or it can be changed no more.
    """
    insist_open(row)
    debts = Named.objects.filter(letter__reminder=row, assignment__unit=unit).values_list("assignment", flat=True)
    asks = {unit.pk: [who.Ask(debt, tuple(UNIT_ROLES)) for debt in debts.distinct()]}
    found = who.letters(asks, who.reachable([unit.pk]), [])
    known = set(row.letters.waiting().filter(person__in=list(found)).values_list("person", flat=True))
    if not found.keys() - known:
        raise MoveRefused(_("Nobody else files for this unit."))
    prepare.write(row, found)
    added = row.letters.filter(person__in=found.keys() - known, state=LetterState.LEFT_OUT)
    added.update(state=LetterState.WAITING)
    number = len(found.keys() - known)
    row.remark(gettext_noop("People of %(unit)s added: %(number)s"), by=by, unit=unit.name, number=number)
    return number


def insist_open(row: Reminder) -> None:
    """Hold the row. Raises: MoveRefused when it was sent or deleted, or its letters are still being written."""
    now = Reminder.objects.select_for_update().get(pk=row.pk)
    if now.state != ReminderState.HELD or now.prepared_at is None:
        raise MoveRefused(_("Hold it first: it can be changed while it is held."))


@transaction.atomic
def reword(row: Reminder, *, line: str, words: str) -> None:
    """What it says. Raises: MoveRefused when it can be changed no more."""
    insist_open(row)
    if (line, words) != (row.line, row.words):
        Reminder.objects.filter(pk=row.pk).update(line=line, words=words)
        row.line, row.words = line, words

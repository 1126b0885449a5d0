"""A reminder is put together: a letter for each person, naming what is asked. Killed in the middle, it goes on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from activities.chasing import who
from activities.chasing.faults import noted
from activities.judging.list_filter import sifted
from activities.models import Assignment, Chasing, Letter, Named, Reminder
from activities.states import ReminderState
from campaigns.models import Campaign
from workflow import clock
from workflow.once import put_once
from workflow.workdays import working_days

BATCH = 500
"""Units whose letters are written in one transaction."""


def begin_by_rule() -> None:
    """Of every campaign with rules that has not been gone through today: today's reminder, if anything rings.

    Nothing on days off; while one is held, the office has yet to say what becomes of it, and no other is made
    (``held.py`` says so once a day).
    """
    now = clock.now()
    day = now.date()
    if not working_days().is_working_day(day):
        return
    rows = Chasing.objects.filter(is_on=True).exclude(looked_on=day).exclude(campaign__state__in=who.OVER)
    for chasing in rows.select_related("campaign").order_by("pk"):
        if now.time() < chasing.quiet_from:
            with noted("rules", chasing.pk):
                begin(chasing, now)


def begin(chasing: Chasing, now: datetime) -> None:
    """Today's reminder of one campaign; where nothing rings, none stays."""
    if made := begun(chasing.pk, now):
        put_together(made)


@transaction.atomic
def begun(pk: int, now: datetime) -> Reminder | None:
    """Today's reminder by the rules as they stand now, no letter of it written; whoever changes the rules waits.

    Its letters are written later, also by a worker that comes after one that was killed (:func:`finish_begun`).
    Returns: None where the rules were switched off or gone through meanwhile, or one is held.
    """
    day = now.date()
    rows = Chasing.objects.select_for_update(of=("self",)).filter(pk=pk, is_on=True).exclude(looked_on=day)
    chasing = rows.select_related("campaign").first()
    if chasing is None or Reminder.objects.held_by_rule().filter(campaign=chasing.campaign).exists():
        return None
    made, _new = Reminder.objects.get_or_create(
        campaign=chasing.campaign,
        day=day,
        by=None,
        defaults={
            "made_at": now,
            "send_from": timezone.make_aware(datetime.combine(day, chasing.send_at)),
            "state": ReminderState.HELD if chasing.holds else ReminderState.WAITING,
        },
    )
    Chasing.objects.filter(pk=pk).update(looked_on=day)
    return made


@transaction.atomic
def begin_anew(campaign: Campaign) -> tuple[int, int]:
    """The rules of a campaign change: what they prepared and nobody touched goes, so that it is prepared anew.

    What somebody let go, held, worded or addressed otherwise stays as that person left it; what has begun to go, too.
    Called with the row of the rules held. Returns: how many went, and how many stay.
    """
    rows = Reminder.objects.by_rule().filter(campaign=campaign, state__in=(ReminderState.HELD, ReminderState.WAITING))
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    untouched = Reminder.objects.untouched().filter(pk__in=[row.pk for row in found])
    gone = list(untouched.values_list("pk", flat=True))
    Reminder.objects.filter(pk__in=gone).delete()
    return len(gone), len(found) - len(gone)


def finish_begun() -> None:
    """Reminders whose letters are not all written: their worker was killed, or they wait for one."""
    for row in Reminder.objects.filter(prepared_at=None).exclude(state=ReminderState.DELETED).order_by("pk"):
        with noted("reminder", row.pk):
            put_together(row)


def asked(reminder: Reminder) -> who.Asks:
    """What a reminder asks for: by rule what rings on its day, by hand what its filter finds now."""
    if reminder.by is None:
        return who.ringing(reminder.campaign, reminder.day, but_for=reminder.pk)
    rows = chosen_rows(reminder.campaign, reminder.chosen, reminder.by)
    return who.found_by(rows, to_heads=reminder.to_heads)


def chosen_rows(campaign: Campaign, chosen: Mapping[str, str], user: Any) -> "QuerySet[Assignment]":
    """What a filter of the list finds in a campaign.

    Arguments: the campaign; the filter as its address has it; who asks.
    """
    return sifted(Assignment.objects.filter(campaign=campaign), chosen, user)


def letters_of(reminder: Reminder) -> Iterator[who.Letters]:
    """What each person is asked for, those of 500 units at a time; said again, what each person was told before."""
    if reminder.again_of_id is not None:
        yield from told_before(reminder.again_of_id)
        return
    asks, above = asked(reminder), who.leaders(reminder.campaign)
    for units in batches(list(asks)):
        yield who.letters({unit: asks[unit] for unit in units}, who.reachable(units), above)


def told_before(reminder: int) -> Iterator[who.Letters]:
    """What a reminder that was sent told each person, 500 people at a time."""
    sent = Letter.objects.sent().filter(reminder=reminder).order_by("pk").values_list("pk", flat=True)
    for some in batches(list(sent)):
        found: who.Letters = defaultdict(dict)
        rows = Named.objects.filter(letter__in=some).values_list("letter__person", "assignment", "role")
        for person, assignment, role in rows:
            found[person][assignment] = role
        yield found


def put_together(reminder: Reminder) -> None:
    """Write the letters of a reminder, those of 500 units in a transaction; what is there already stays.

    Two may be at it at once: each batch holds the row of the reminder, and the one who comes last finds it prepared.
    """
    if reminder.prepared_at is not None:
        return
    for letters in letters_of(reminder):
        with transaction.atomic():
            if not is_open(reminder):
                return
            write(reminder, letters)
    with transaction.atomic():
        if is_open(reminder):
            done(reminder)


def is_open(reminder: Reminder) -> bool:
    """Hold the row of a reminder. Returns: whether its letters are still being written."""
    rows = Reminder.objects.select_for_update().filter(pk=reminder.pk, prepared_at=None)
    return rows.exclude(state=ReminderState.DELETED).exists()


def batches(rows: list[int]) -> Iterator[list[int]]:
    """So many at a time."""
    yield from (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def write(reminder: Reminder, letters: who.Letters) -> None:
    """Letters and what they name; three statements."""
    put_once(Letter, (Letter(reminder=reminder, person_id=person) for person in letters), "reminder", "person")
    rows = Letter.objects.filter(reminder=reminder, person__in=list(letters)).order_by("pk")
    found = dict(rows.values_list("person_id", "pk"))
    named = (
        Named(letter_id=found[person], assignment_id=assignment, role=role)
        for person, debts in letters.items()
        for assignment, role in debts.items()
    )
    put_once(Named, named, "letter", "assignment", batch_size=5000)


def done(reminder: Reminder) -> None:
    """Every letter is there: it may go, or the office may look at it. One by rule without letters is none."""
    people = reminder.letters.count()
    if not people and reminder.by is None:
        reminder.delete()
        return
    reminder.prepared_at = clock.now()
    Reminder.objects.filter(pk=reminder.pk).update(prepared_at=reminder.prepared_at)

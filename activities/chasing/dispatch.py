"""Letters that wait become messages: one a person a day by rule, whatever the number of units and campaigns.

Every debt is looked at again in the moment of sending. Messages, and the letters marked as sent, are one transaction
for 500 people; before them stands a row for each person and key (:class:`~activities.models.Told`), so whoever comes
second finds it taken and leaves it alone, and whoever is killed leaves nothing half done.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from activities.chasing import who
from activities.chasing.rungs import next_moment
from activities.chasing.words import Debt, Part, text
from activities.models import Assignment, Chasing, Letter, Listed, Named, Reminder, Told
from activities.states import LetterState, ReminderState
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import Message, notify_each
from workflow.words import Words
from workflow.workdays import working_days

BATCH = 500
"""People told in one transaction."""


class Waiting(NamedTuple):
    """A letter in the hand of a batch."""

    pk: int
    person: int
    reminder: int


def dispatch() -> int:
    """Send what may go now. Returns: how many messages were written."""
    now = clock.now()
    open_now = [row for row in waiting_reminders() if may_go(row, now)]
    sent = send(f"owed-{now.date()}", [row for row in open_now if row.by is None])
    for row in open_now:
        sent += send(f"reminder-{row.pk}", [row]) if row.by is not None else 0
        close(row)
    return sent


def waiting_reminders() -> list[Reminder]:
    """Reminders that are ready and that nobody holds."""
    rows = Reminder.objects.filter(state=ReminderState.WAITING, prepared_at__isnull=False)
    return list(rows.select_related("campaign__chasing", "by").order_by("pk"))


def may_go(reminder: Reminder, now: datetime) -> bool:
    """Whether it is the hour: not before its own, not on a day off, not in quiet hours; by rule while they are on."""
    if reminder.by is None and not rules_of(reminder.campaign).is_on:
        return False
    return reminder.send_from <= now and hour(reminder.campaign, now) == now


def rules_of(campaign: Any) -> Chasing:
    """The rules of a campaign, as read along with it."""
    return getattr(campaign, "chasing", None) or Chasing(campaign=campaign)


def hour(campaign: Any, now: datetime) -> datetime:
    """The first moment from now on at which messages of a campaign may go."""
    chasing = rules_of(campaign)
    return next_moment(now, chasing.send_at, chasing.quiet_until, chasing.quiet_from, working_days())


def send(key: str, reminders: Sequence[Reminder]) -> int:
    """Send the letters of these reminders, each person one message of this key. Returns: how many."""
    by_pk = {row.pk: row for row in reminders}
    sent = 0
    while by_pk and (people := untold(key, by_pk)):
        with transaction.atomic():
            sent += send_to(claimed(people, key), key, by_pk)
    return sent


def untold(key: str, reminders: Collection[int]) -> list[int]:
    """The next people with a letter that waits who have no message of this key."""
    told = Told.objects.filter(key=key).values("person")
    rows = Letter.objects.waiting().filter(reminder__in=list(reminders)).exclude(person__in=told)
    return list(rows.order_by("person").values_list("person", flat=True).distinct()[:BATCH])


def claimed(people: Iterable[int], key: str) -> set[int]:
    """Those of the people whose message is ours to write: another one's rows are waited for, and left alone."""
    claim = uuid4()
    Told.objects.bulk_create((Told(person_id=each, key=key, claim=claim) for each in people), ignore_conflicts=True)
    return set(Told.objects.filter(key=key, claim=claim).values_list("person", flat=True))


def send_to(people: set[int], key: str, reminders: dict[int, Reminder]) -> int:
    """Write the messages of some people, and mark their letters. Returns: how many messages."""
    rows = Letter.objects.waiting().filter(reminder__in=list(reminders), person__in=people).order_by("pk")
    letters = [Waiting(*row) for row in rows.select_for_update().values_list("pk", "person", "reminder")]
    owed, gone = still_owed(letters, reminders)
    parts = defaultdict[int, list[Part]](list)
    for letter in letters:
        if debts := owed.get(letter.pk):
            row = reminders[letter.reminder]
            parts[letter.person].append(Part(row.line, row.words or words_of(row.campaign), debts))
    names = {person.pk: str(person) for person in User.objects.filter(pk__in=list(parts)).only("name", "username")}
    with translation.override(settings.LANGUAGE_CODE):  # kept for readers, whatever language anybody works in
        words = Words()
        notify_each(message(person, names[person], each, key, words) for person, each in parts.items())
    now = clock.now()
    named = [letter.pk for letter in letters if letter.pk in owed]
    nothing = [letter.pk for letter in letters if letter.pk not in owed]
    Letter.objects.filter(pk__in=named).update(state=LetterState.SENT, key=key, sent_at=now)
    Told.objects.filter(
        key=key, person__in=people - parts.keys()
    ).delete()  # another campaign may have to tell them today
    if nothing:
        Letter.objects.filter(pk__in=nothing).update(state=LetterState.NOTHING)
    if gone:
        Named.objects.filter(pk__in=gone).delete()
    return len(parts)


def words_of(campaign: Any) -> str:
    """The words the office gave to reminders of a campaign; empty: those of the program."""
    return rules_of(campaign).words


def message(person: int, name: str, parts: Sequence[Part], key: str, words: Words) -> Message:
    """One person's message."""
    said = text(name, parts, words)
    return Message(person, said.message, key, said.url, said.body, said.values)


def still_owed(letters: Sequence[Waiting], reminders: dict[int, Reminder]) -> tuple[dict[int, list[Debt]], list[int]]:
    """What each letter still has to ask for now, and what it named for nothing.

    No longer asked is what was filed meanwhile, what stops a reminder, what the person was told today already (unless
    it is said again on purpose), and what is no longer the person's business. Four queries.

    Returns: the debts by letter, without letters that ask for nothing; the ids of ``Named`` that are void.
    """
    by_pk = {letter.pk: letter for letter in letters}
    rows = list(Named.objects.filter(letter__in=list(by_pk)).values_list("pk", "letter", "assignment", "role"))
    wanted = owing({assignment for _pk, _letter, assignment, _role in rows})
    people = {letter.person for letter in letters}
    told, business = told_today(people), business_of(people)
    owed, gone = defaultdict[int, list[Debt]](list), list[int]()
    for pk, letter, assignment, role in rows:
        person, again = by_pk[letter].person, reminders[by_pk[letter].reminder].again_of_id is not None
        found = wanted.get(assignment)
        if found and is_asked(found, role, person, business) and (again or (person, assignment) not in told):
            owed[letter].append(Debt(found.row, found.campaign, role))
        else:
            gone.append(pk)
    return owed, gone


class Owed(NamedTuple):
    """An assignment that may be asked for now."""

    unit: int
    campaign: int
    host: int
    row: Listed


Business = dict[tuple[int, bool], set[int]]
"""The units for which each person files now, and (True) those of which each is a leader."""


def is_asked(found: Owed, role: str, person: int, business: Business) -> bool:
    """Whether it is this person's business still."""
    above = role == Role.LEADER
    return (found.host if above else found.unit) in business.get((person, above), ())


def owing(assignments: Collection[int]) -> dict[int, Owed]:
    """Those of the assignments that may be asked for now, as lists show them."""
    rows = who.owing(Assignment.objects.filter(pk__in=assignments)).order_by()
    read = Listed.read_from(rows, "unit_id", "campaign_id", "campaign__host_id")
    return {row[3]: Owed(row[0], row[1], row[2], Listed(*row[3:])) for row in read}


def told_today(people: Collection[int]) -> set[tuple[int, int]]:
    """Which person was reminded of which assignment today."""
    today = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    rows = Named.objects.filter(letter__person__in=people, letter__sent_at__gte=today, letter__state=LetterState.SENT)
    return set(rows.values_list("letter__person", "assignment"))


def business_of(people: Collection[int]) -> Business:
    """What each of these people files for, or leads, now."""
    found = defaultdict[tuple[int, bool], set[int]](set)
    rows = Membership.objects.held_now().filter(
        user__in=people, user__is_active=True, role__in=(*UNIT_ROLES, Role.LEADER)
    )
    for person, unit, role in rows.values_list("user", "unit", "role"):
        found[person, role == Role.LEADER].add(unit)
    return found


def close(reminder: Reminder) -> None:
    """A reminder none of whose letters waits any more has been sent."""
    if not reminder.letters.waiting().exists():
        try:
            reminder.move(ReminderState.SENT, by=None, sent_at=clock.now())
        except MoveRefused:  # another pass has noted it, or somebody has just taken hold of it
            reminder.refresh_from_db()

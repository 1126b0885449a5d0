"""Letters that wait become messages: one a person a day by rule, whatever the number of units and campaigns.

Every debt is looked at again in the moment of sending. Messages, and the letters marked as sent, are one transaction
for 500 people; before them stands a row for each person and key (:class:`~activities.models.Told`), so whoever comes
second finds it taken and leaves it alone, and whoever is killed leaves nothing half done.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from activities.chasing import who
from activities.chasing.faults import noted
from activities.chasing.rungs import next_moment
from activities.chasing.words import Debt, Part, text
from activities.models import Assignment, Chasing, Letter, Listed, Named, Reminder, Told
from activities.states import LetterState, ReminderState, Standing
from workflow import clock
from workflow.models import MoveRefused, Transition
from workflow.once import put_once
from workflow.telling import Message, notify_each
from workflow.words import Words
from workflow.workdays import working_days

BATCH = 500
"""People told in one transaction."""


log = logging.getLogger(__name__)

Row = tuple[int, int, int, str]
"""Of ``Named``: its id, its letter, the assignment, the role."""


class Waiting(NamedTuple):
    """A letter in the hand of a batch."""

    pk: int
    person: int
    reminder: int


def dispatch() -> int:
    """Send what may go now. Returns: how many messages were written.

    What the rules of several campaigns ask of a person on a day is one message, at the earliest of their hours.
    """
    now = clock.now()
    rows = [row for row in waiting_reminders() if is_hour(row, now)]
    alone = {row.pk for row in rows if row.by is not None}
    alone |= released([row.pk for row in rows if row.by is None])
    open_now = [row for row in rows if row.send_from <= now]
    later = [row for row in rows if row.send_from > now and row.day == now.date() and row.pk not in alone]
    sent = send_by_rule(f"owed-{now.date()}", [row for row in open_now if row.pk not in alone], later)
    for row in open_now:
        with noted("reminder", row.pk):
            sent += send(f"reminder-{row.pk}", [row]) if row.pk in alone else 0
            close(row)
    return sent


def waiting_reminders() -> list[Reminder]:
    """Reminders that are ready and that nobody holds."""
    rows = Reminder.objects.filter(state=ReminderState.WAITING, prepared_at__isnull=False)
    return list(rows.select_related("campaign__chasing", "by").order_by("pk"))


def released(reminders: Collection[int]) -> set[int]:
    """Those by rule that somebody held and let go: each goes by itself, like one made by hand."""
    if not reminders:
        return set()
    kind = ContentType.objects.get_for_model(Reminder)
    lines = Transition.objects.filter(content_type=kind, object_id__in=reminders, to_state=ReminderState.WAITING)
    return set(lines.values_list("object_id", flat=True))


def may_go(reminder: Reminder, now: datetime) -> bool:
    """Whether it is the hour of a reminder: not before its own, and one at which messages may go."""
    return reminder.send_from <= now and is_hour(reminder, now)


def is_hour(reminder: Reminder, now: datetime) -> bool:
    """Whether messages may go: not on a day off, not in quiet hours; by rule while the rules are on."""
    return has_rules(reminder) and hour(reminder.campaign, now) == now


def has_rules(reminder: Reminder) -> bool:
    """Whether somebody made it, or the rules that did are on."""
    return reminder.by is not None or rules_of(reminder.campaign).is_on


def rules_of(campaign: Any) -> Chasing:
    """The rules of a campaign, as read along with it."""
    return getattr(campaign, "chasing", None) or Chasing(campaign=campaign)


def hour(campaign: Any, now: datetime) -> datetime:
    """The first moment from now on at which messages of a campaign may go."""
    chasing = rules_of(campaign)
    return next_moment(now, chasing.send_at, chasing.quiet_until, chasing.quiet_from, working_days())


def send_by_rule(key: str, reminders: Sequence[Reminder], later: Sequence[Reminder]) -> int:
    """Send what the rules ask for now, of all campaigns together; if that stumbles, each campaign's alone."""
    try:
        return send(key, reminders, later)
    except Exception:
        log.exception("chasing: reminders by rule stumbled together; each is tried alone")
    sent = 0
    for row in reminders:
        with noted("reminder", row.pk):
            sent += send(key, [row])
    return sent


def send(key: str, reminders: Sequence[Reminder], later: Sequence[Reminder] = ()) -> int:
    """Send the letters of these reminders, each person one message of this key.

    What is held, deleted or reworded meanwhile counts from the next batch on: each holds the rows of its reminders.

    Arguments: the key; the reminders; others whose letters to the same people go along. Returns: how many messages.
    """
    due, along = {row.pk for row in reminders}, {row.pk for row in later}
    sent = 0
    while due and (people := untold(key, due)):
        with transaction.atomic():
            rows = still_open(due | along)
            if due <= rows.keys():
                sent += send_to(claimed(people, key), key, rows)
            due &= rows.keys()
    return sent


def still_open(reminders: Collection[int]) -> dict[int, Reminder]:
    """Hold the rows of these reminders. Returns: by id, as they read now, those that may go still."""
    rows = Reminder.objects.filter(pk__in=reminders, state=ReminderState.WAITING).order_by("pk")
    rows = rows.select_related("campaign__chasing", "by").select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows if has_rules(row)}


def untold(key: str, reminders: Collection[int]) -> list[int]:
    """The next people with a letter that waits who have no message of this key."""
    told = Told.objects.filter(key=key).values("person")
    rows = Letter.objects.waiting().filter(reminder__in=list(reminders)).exclude(person__in=told)
    return list(rows.order_by("person").values_list("person", flat=True).distinct()[:BATCH])


def claimed(people: Iterable[int], key: str) -> set[int]:
    """Those of the people whose message is ours to write: another one's rows are waited for, and left alone."""
    claim = uuid4()
    put_once(Told, (Told(person_id=each, key=key, claim=claim) for each in people), "person", "key")
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
    # Another campaign may have to tell them today.
    Told.objects.filter(key=key, person__in=people - parts.keys()).delete()
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
    it is said again on purpose), what is no longer the person's business, and what the rules would not ask now.
    Four queries; by rule one more, and for each reminder with extended debts three.

    Returns: the debts by letter, without letters that ask for nothing; the ids of ``Named`` that are void.
    """
    by_pk = {letter.pk: letter for letter in letters}
    rows = list(Named.objects.filter(letter__in=list(by_pk)).values_list("pk", "letter", "assignment", "role"))
    wanted = owing({assignment for _pk, _letter, assignment, _role in rows})
    people = {letter.person for letter in letters}
    told, business = told_today(people), business_of(people)
    void = not_by_rule(letters, rows, wanted, reminders)
    owed, gone = defaultdict[int, list[Debt]](list), list[int]()
    for pk, letter, assignment, role in rows:
        person, again = by_pk[letter].person, reminders[by_pk[letter].reminder].again_of_id is not None
        found = wanted.get(assignment)
        asked = found and pk not in void and is_asked(found, role, person, business)
        if found and asked and (again or (person, assignment) not in told):
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


def not_by_rule(
    letters: Sequence[Waiting], rows: Sequence[Row], wanted: dict[int, Owed], reminders: dict[int, Reminder]
) -> set[int]:
    """What letters by rule name and the rules would not ask now: extended since, or told to those above as overdue
    while it is not (any more).

    Arguments: the letters; what they name; what is owed; the reminders. Returns: ids of ``Named``.
    """
    of = {letter.pk: letter.reminder for letter in letters if reminders[letter.reminder].by is None}
    by_rule = [(of[letter], row) for row in rows if (letter := row[1]) in of and row[2] in wanted]
    debts = defaultdict[int, dict[int, Listed]](dict)
    for reminder, (_pk, _letter, debt, _role) in by_rule:
        debts[reminder][debt] = wanted[debt].row
    quiet = {pk: who.quiet_by_extension(reminders[pk], rules_of(reminders[pk].campaign), debts[pk]) for pk in debts}
    beside = with_officer(debts)
    void = set[int]()
    for reminder, (pk, _letter, debt, role) in by_rule:
        above = role == Role.LEADER or (role == Role.HEAD and (reminder, debt) in beside)
        if debt in quiet[reminder] or (above and wanted[debt].row.standing != Standing.OVERDUE):
            void.add(pk)
    return void


def with_officer(debts: dict[int, dict[int, Listed]]) -> set[tuple[int, int]]:
    """Which debts not overdue a reminder asks of a liaison officer: of the head it asked them for being late only."""
    early = {pk for each in debts.values() for pk, row in each.items() if row.standing != Standing.OVERDUE}
    if not early:
        return set()
    rows = Named.objects.filter(letter__reminder__in=list(debts), assignment__in=early, role=Role.LIAISON)
    return set(rows.exclude(letter__reminder__in=released(debts)).values_list("letter__reminder", "assignment"))


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

"""Letters go out: what was told gets a delivery for each channel, and each channel sends what it is due."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone, translation

from workflow.addresses import address as address_of
from workflow.addresses import whole
from workflow.channels.channel import Away, Cause, Channel, Doubtful, Failure, GivenUp, Letter, Line
from workflow.channels.delivery import PATIENCE, Delivery, one_line
from workflow.channels.mail import Mail
from workflow.channels.state import ChannelState
from workflow.channels.webhook import Webhook
from workflow.once import put_once
from workflow.outbox import Notification

log = logging.getLogger(__name__)

BATCH = 200
"""Letters over one connection; then somebody else's short work has its turn."""
HANDED_ON = 1000
"""Messages that get their deliveries in one transaction."""
IN_DOUBT = timedelta(minutes=3)
"""What was on its way so long ago, and has no outcome, has none: longer than a server is waited for."""
MINUTE = timedelta(minutes=1)
DOUBTS = 2
"""So many letters in doubt one after the other: the other side is away."""
SUBJECT = 70
"""Characters of a subject; the letter itself says the rest."""


class Taken(Exception):
    """Somebody else is sending it."""


def channels() -> dict[str, Channel]:
    """Every channel there is, by its name; made anew, so what one looks up for a batch is not older than that."""
    hooks = [Webhook(hook) for hook in settings.WEBHOOKS.values()]
    return {each.name: each for each in (Mail(), *hooks)}


def in_use() -> list[Channel]:
    """The channels this office uses."""
    return [each for each in channels().values() if each.is_on()]


def hand_on() -> int:
    """Make the deliveries of one batch of what was told. Returns: how many messages there were."""
    with transaction.atomic():
        told = list(
            Notification.objects.not_handed_on()
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("person")
            .order_by("id")[:HANDED_ON]
        )
        now, ways = timezone.now(), in_use()
        rows = [
            Delivery(notification=each, channel=channel.name, address=where, waiting_since=now)
            for each in told
            for channel in ways
            if (where := channel.address_of(each))
        ]
        put_once(Delivery, rows, "notification", "channel")
        Notification.objects.filter(pk__in=[each.pk for each in told]).update(handed_on_at=now)
    return len(told)


def send_waiting(channel: Channel) -> timedelta | None:
    """Send one batch of what a channel is due, unless somebody is at it.

    Returns: after how long to come again because more is waiting; None: nothing is, or it is not worth asking.
    """
    state, _made = ChannelState.objects.get_or_create(name=channel.name)
    if not state.take():
        return None
    try:
        settle_doubts(channel)
        room = room_now(channel)
        due = list(Delivery.objects.due().filter(channel=channel.name).select_related("notification__person")[:room])
        if due:
            with channel.line() as line, not_waiting_for_the_disk():
                send_all(channel, line, due, state)
    except Away as away:
        log.warning("%s takes nothing; it is asked again later", channel.name)
        state.is_away(away)
        overdue = Delivery.objects.unclaimed().filter(channel=channel.name)
        overdue.filter(waiting_since__lt=timezone.now() - PATIENCE).give_up(Cause.TOO_LATE, away.said)
        return None
    finally:
        state.leave()
    if len(due) < room:
        return None
    return timedelta() if room_now(channel) else MINUTE


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """PostgreSQL notes each letter without waiting until that is on the disk, which may take as long as sending it.

    Whoever kills a worker changes nothing by it. Only if the database itself falls may it have forgotten the last half
    second (thrice wal_writer_delay), and letters of that time go out again; so leaving the channel does wait.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:  # a connection that broke is gone with what was set
            cursor.execute("RESET synchronous_commit")


def settle_doubts(channel: Channel) -> None:
    """What was on its way when its sender was killed: sent again where that does no harm, or left to the office."""
    lost = Delivery.objects.open().filter(channel=channel.name, claimed_at__lt=timezone.now() - IN_DOUBT)
    if channel.knows_again:
        lost.update(claimed_at=None)
    else:
        lost.give_up(Cause.DOUBT)


def room_now(channel: Channel) -> int:
    """How many letters may go in one batch, as the other side allows so many a minute."""
    most = channel.a_minute()
    if not most:
        return BATCH
    lately = Delivery.objects.filter(channel=channel.name, claimed_at__gt=timezone.now() - MINUTE).count()
    return max(0, min(BATCH, most - lately))


def send_all(channel: Channel, line: Line, due: Iterable[Delivery], state: ChannelState) -> None:
    """Send them one after the other; an address that takes nothing now is not asked twice. Raises: Away."""
    not_now: set[str] = set()
    doubts = 0
    for row in due:
        if not state.keep():
            return
        where = channel.address_of(row.notification)
        if where in not_now:
            continue
        failure = outcome(line, row, where)
        if isinstance(failure, Away):
            row.was_not_taken()
            raise failure
        doubts = doubts + 1 if isinstance(failure, Doubtful) else 0
        if failure:
            note(channel, row, failure, where)
            not_now.add(where)
        if doubts == DOUBTS:
            raise Away(failure)
        if not doubts:
            state.is_back()


def outcome(line: Line, row: Delivery, where: str) -> Failure | None:
    """Send one letter. Returns: what kept it from arriving; None: it arrived, or somebody else sends it."""
    try:
        send_one(line, row, where)
    except Failure as failure:
        return failure
    except Taken:
        pass
    except Exception:  # one letter that cannot be written must keep nobody else from hearing
        log.exception("delivery %d stumbled", row.pk)
        row.stumbled("")
    return None


def note(channel: Channel, row: Delivery, failure: Failure, where: str) -> None:
    """Keep with the letter what came of it."""
    if isinstance(failure, Doubtful) and not channel.knows_again:
        failure = GivenUp(Cause.DOUBT, failure.said)
    if isinstance(failure, GivenUp):
        row.never(failure, where)
    else:
        row.not_now(failure.said)


def send_one(line: Line, row: Delivery, where: str) -> None:
    """Send one letter to where the person is reached by now. Raises: Taken and the failures of a channel."""
    if not where:
        raise GivenUp(Cause.NO_ADDRESS)

    def claimed() -> None:
        if not row.claim(where):
            raise Taken

    line.send(letter_of(row), where, claimed)
    row.arrived()


def letter_of(row: Delivery) -> Letter:
    """What is sent, in the language of the site."""
    told = row.notification
    with translation.override(settings.LANGUAGE_CODE):
        return Letter(
            name=f"{told.created_at:%Y%m%d%H%M%S}.{row.pk}",
            person=told.person,
            subject=one_line(told.text, SUBJECT),
            text=told.letter(),
            url=whole(address_of("accounts:message", told.pk)),
            told_at=told.created_at,
        )

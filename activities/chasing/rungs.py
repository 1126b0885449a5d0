"""On which days a reminder rings: a ladder laid over the working days around a deadline. Nothing here asks a clock.

A rung is always a working day. Before the deadline it is counted back from the last working day on which the message
comes in time; after it, forward from the day of the last moment (deadline, grace or extension).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from activities.models import Ladder
from workflow import clock
from workflow.workdays import WorkingDays

DAY = timedelta(days=1)


def day_of(due: datetime, send_at: time, known: WorkingDays) -> date:
    """The last working day on which a message sent at that hour comes before the deadline."""
    day = clock.last_day(due)
    if timezone.make_aware(datetime.combine(day, send_at)) >= due:
        day -= DAY
    return known.last_working_day(day)


@dataclass(frozen=True)
class Rungs:
    """The ladder over one deadline.

    ``due``: as printed or extended; ``last``: the moment from which it is overdue.
    """

    ladder: Ladder
    due: datetime
    last: datetime
    send_at: time
    known: WorkingDays

    def ahead(self) -> list[date]:
        """The rungs before the deadline and on its day, in order."""
        day = day_of(self.due, self.send_at, self.known)
        found = [self.known.earlier(day, self.ladder.before)] if self.ladder.before else []
        return [*found, day] if self.ladder.on_day else found

    def is_rung(self, late: int) -> bool:
        """Whether it rings when it is so many working days overdue."""
        every = self.ladder.every
        return late > 0 and (
            (every > 0 and late % every == 0) or late in (self.ladder.head_after, self.ladder.leader_after)
        )

    def late(self, day: date) -> int:
        """How many working days it is overdue on a day."""
        return self.known.number_between(clock.last_day(self.last), day)

    def latest(self, day: date) -> date | None:
        """The last rung up to a day; None when the first is still to come."""
        late = self.late(day)
        number = next((each for each in range(late, 0, -1) if self.is_rung(each)), 0)
        if number:
            return self.known.later(clock.last_day(self.last), number)
        return max((each for each in self.ahead() if each <= day), default=None)

    def behind(self) -> Iterator[tuple[int, date]]:
        """The rungs after the deadline, without an end unless nothing more rings: how many days late, and the day."""
        day, ends = clock.last_day(self.last), max(self.ladder.head_after, self.ladder.leader_after)
        late = 0
        while self.ladder.every or late < ends:
            day, late = self.known.later(day, 1), late + 1
            if self.is_rung(late):
                yield late, day

    def first(self, number: int) -> list[date]:
        """The first rungs, for a page."""
        return [*self.ahead(), *islice((day for _late, day in self.behind()), number)]


def next_moment(now: datetime, send_at: time, quiet_until: time, quiet_from: time, known: WorkingDays) -> datetime:
    """The first moment from now on at which messages may go: now, or the hour of sending of the next day worked.

    Arguments: a moment; the hour of sending; until when and from when nothing goes; the working days.
    """
    local = timezone.localtime(now)
    if known.is_working_day(local.date()) and quiet_until <= local.time() < quiet_from:
        return now
    day = local.date() if local.time() < quiet_until else local.date() + DAY
    return timezone.make_aware(datetime.combine(known.next_working_day(day), send_at))

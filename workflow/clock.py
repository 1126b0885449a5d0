"""The one clock every deadline asks.

A campaign of a past year is seen as of a day of that year (setting ``TODAY``): the date is then that day, the
time of day the real one; a moment instead of a day stands still. Sessions, jobs and heartbeats use Django's own
``timezone.now`` instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("day", default=None)


def by_the_wall() -> datetime:
    """This moment as the machine has it, in the project's time zone."""
    return timezone.localtime()


def now() -> datetime:
    """This moment as deadlines see it.

    Returns: an aware datetime in the project's time zone.
    """
    moment = by_the_wall()
    day = _day.get() or settings.TODAY
    if isinstance(day, datetime):
        return timezone.localtime(day)
    return datetime.combine(day, moment.timetz()) if day else moment


def today() -> date:
    """The current day as deadlines see it."""
    return now().date()


def end_of(day: date) -> datetime:
    """The end of a day, 24:00, which is how notices mean “by 15 October”.

    Arguments: a date. Returns: midnight that ends it, aware.
    """
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def moment_of(day: date, hour: time | None) -> datetime:
    """A day and an hour as a deadline. Arguments: a date; the hour, or None for the day’s 24:00. Returns: aware."""
    return end_of(day) if hour is None else timezone.make_aware(datetime.combine(day, hour))


def last_day(moment: datetime) -> date:
    """The last day before a moment: the day whose 24:00 it is."""
    return timezone.localtime(moment - timedelta(microseconds=1)).date()


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Act as if it were another day, in this thread only: how the demonstration is written.

    Arguments: the day; or a moment (aware), at which the clock then stands.
    """
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)

"""The one clock every deadline asks.

A campaign of a past year is seen as of a day of that year (setting ``TODAY``): the date is then that day, the
time of day the real one. Sessions, jobs and heartbeats use Django's own ``timezone.now`` instead.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment as deadlines see it.

    Returns: an aware datetime in the project's time zone.
    """
    moment = timezone.localtime()
    if settings.TODAY is None:
        return moment
    return datetime.combine(settings.TODAY, moment.timetz())


def today() -> date:
    """The current day as deadlines see it."""
    return now().date()


def end_of(day: date) -> datetime:
    """The end of a day, 24:00, which is how notices mean “by 15 October”.

    Arguments: a date. Returns: midnight that ends it, aware.
    """
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))

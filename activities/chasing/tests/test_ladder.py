"""On which days a reminder rings: never on a day off, before the hour of a deadline, through a year not known."""

from datetime import date, datetime, time
from itertools import islice

import pytest
from django.utils import timezone

from activities.chasing.rungs import Rungs, next_moment
from activities.models import Ladder
from workflow import clock
from workflow.workdays import WorkingDays, working_days

NINE = time(9)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def rungs(due: datetime, known: WorkingDays, **ladder: int) -> Rungs:
    none = {"before": 0, "on_day": 0, "every": 0, "head_after": 0}
    return Rungs(Ladder(**(none | ladder)), due, due, NINE, known)


@pytest.mark.parametrize(
    ("before", "expected"),
    [(1, 14), (2, 13), (3, 12), (4, 10), (5, 9), (6, 8)],
)
@pytest.mark.django_db
def test_before_15_october_2026_only_8_9_10_12_13_14_are_worked_and_nothing_rings_in_the_holiday(before, expected):
    found = rungs(clock.end_of(date(2026, 10, 15)), working_days(), before=before)
    assert found.ahead() == [date(2026, 10, expected)]
    beyond = rungs(clock.end_of(date(2026, 10, 15)), working_days(), before=7)
    assert beyond.ahead() == [date(2026, 9, 30)]


@pytest.mark.django_db
def test_after_the_deadline_it_rings_every_other_working_day_and_when_the_head_is_to_hear():
    due = clock.end_of(date(2026, 9, 28))
    found = rungs(due, working_days(), on_day=1, every=2, head_after=3)
    assert list(islice(found.behind(), 3)) == [(2, date(2026, 9, 30)), (3, date(2026, 10, 8)), (4, date(2026, 10, 9))]
    latest = [found.latest(date(2026, *day)) for day in [(9, 27), (9, 28), (9, 29), (10, 4), (10, 8), (10, 10)]]
    assert [day and (day.month, day.day) for day in latest] == [None, (9, 28), (9, 28), (9, 30), (10, 8), (10, 9)]


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (at(2026, 10, 13, 12), date(2026, 10, 13)),  # by noon: the morning of the day is early enough
        (at(2026, 10, 13, 9), date(2026, 10, 12)),  # at the hour of sending it would be too late
        (at(2026, 10, 14), date(2026, 10, 13)),  # 24:00
        (at(2026, 10, 19), date(2026, 10, 16)),  # Sunday 24:00: on Friday
        (at(2026, 10, 8, 8), date(2026, 9, 30)),  # the first morning after the holiday: before it
    ],
)
@pytest.mark.django_db
def test_on_the_day_is_the_last_working_day_on_which_it_comes_in_time(due, day):
    assert rungs(due, working_days(), on_day=1).ahead() == [day]


@pytest.mark.django_db
def test_a_year_the_table_lacks_is_counted_by_weekends_and_is_provisional():
    found = rungs(clock.end_of(date(2041, 10, 15)), working_days(), before=2, on_day=1)
    days = found.ahead()
    assert (days, working_days().provisional_among(days)) == ([date(2041, 10, 11), date(2041, 10, 15)], [2041])


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(2026, 10, 12, 10, 30), at(2026, 10, 12, 10, 30)),
        (at(2026, 10, 12, 7, 59), at(2026, 10, 12, 9)),
        (at(2026, 10, 12, 18), at(2026, 10, 13, 9)),
        (at(2026, 9, 30, 18, 1), at(2026, 10, 8, 9)),  # through the holiday
        (at(2026, 10, 10, 10), at(2026, 10, 10, 10)),  # a Saturday that is worked
    ],
)
@pytest.mark.django_db
def test_nothing_goes_in_quiet_hours_or_on_a_day_off(now, then):
    assert next_moment(now, NINE, time(8), time(18), working_days()) == then

"""The one clock every deadline asks."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from django.utils import timezone, translation

from workflow import clock
from workflow.clock import by_the_wall
from workflow.templatetags.clock import away, deadline, short_day, short_moment


def test_today_is_the_day_of_the_setting(settings):
    settings.TODAY = date(2015, 9, 20)
    assert clock.today() == date(2015, 9, 20)
    assert abs(clock.now() - clock.by_the_wall().replace(year=2015, month=9, day=20)) < timedelta(minutes=1)


def test_without_the_setting_it_is_the_real_day(settings):
    settings.TODAY = None
    assert abs(clock.now() - clock.by_the_wall()) < timedelta(minutes=1)


def test_the_hour_on_the_wall_is_the_one_of_the_machine():
    """Imported before ``conftest.in_working_hours`` sets another one for the other tests."""
    assert abs(by_the_wall() - timezone.now()) < timedelta(minutes=1)


def test_a_deadline_is_24_oclock_of_its_day_in_shanghai():
    end = clock.end_of(date(2015, 10, 15))
    assert end == datetime.fromisoformat("2015-10-16T00:00:00+08:00")
    assert end.astimezone(timezone.get_current_timezone()).date() == date(2015, 10, 16)


def test_acting_as_of_a_day_ends_with_its_block_even_when_it_fails(settings):
    settings.TODAY = date(2015, 9, 1)
    with pytest.raises(ZeroDivisionError), clock.as_of(date(2015, 10, 20)):
        seen = clock.today()
        _ = 1 / 0
    assert (seen, clock.today()) == (date(2015, 10, 20), date(2015, 9, 1))


def test_acting_as_of_a_day_does_not_reach_other_threads(settings):
    settings.TODAY = date(2015, 9, 1)
    seen: list[date] = []
    with clock.as_of(date(2015, 10, 20)):
        other = Thread(target=lambda: seen.append(clock.today()))
        other.start()
        other.join()
    assert seen == [date(2015, 9, 1)]


@pytest.mark.parametrize(
    ("day", "words", "distance"),
    [
        (date(2015, 8, 31), "31 August 24:00", "1 day overdue"),
        (date(2015, 9, 1), "1 September 24:00", "today"),
        (date(2015, 9, 2), "2 September 24:00", "in 1 day"),
    ],
)
def test_pages_write_midnight_as_24_oclock_of_the_day_it_ends(day, words, distance):
    with translation.override("en"):
        assert deadline(clock.end_of(day)) == words
        assert away(clock.end_of(day)) == distance


def test_pages_write_nothing_where_there_is_no_deadline():
    assert (deadline(None), away(None)) == ("", "")


def test_pages_write_another_hour_as_it_is():
    with translation.override("en"):
        assert deadline(datetime.fromisoformat("2015-09-02T17:30:00+08:00")) == "2 September 17:30"


@pytest.mark.parametrize(
    ("language", "this_year", "another"),
    [("zh-hans", "10月15日", "2014年10月15日"), ("en", "15 October", "15 Oct 2014")],
)
def test_lists_write_the_year_only_where_it_is_not_this_one(settings, language, this_year, another):
    """A deadline, a day and a moment in one way, so that one table never has both for one year."""
    settings.TODAY = date(2015, 9, 1)
    end, before = clock.end_of(date(2015, 10, 15)), clock.end_of(date(2014, 10, 15))
    with translation.override(language):
        assert (short_day(date(2015, 10, 15)), deadline(end)) == (this_year, f"{this_year} 24:00")
        assert (short_day(date(2014, 10, 15)), deadline(before)) == (another, f"{another} 24:00")
        assert short_moment(end - timedelta(hours=1)) == f"{this_year} 23:00"
        assert (short_day(None), short_moment(None)) == ("", "")

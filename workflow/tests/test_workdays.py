"""Working days of China, as the State Council arranged them."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from holidays.countries.china import China

from tests.workdays import YEARS, arranged
from workflow import workdays
from workflow.models import YearArranged
from workflow.workdays import WorkingDays, announced, working_days

SHIPPED = WorkingDays()


@pytest.fixture
def people(db):
    return get_user_model().objects.create(username="somebody")


def test_the_table_is_what_the_library_knows():
    assert json.loads(workdays.TABLE.read_text(encoding="utf-8")) == arranged()


@pytest.mark.parametrize("year", [YEARS[0], 2008, 2015, 2020, 2026, YEARS[-2]])
def test_every_day_of_a_year_is_judged_as_the_library_judges_it(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    library = China(years=(year, year + 1), expand=False)
    assert [SHIPPED.is_working_day(day) for day in days] == [library.is_working_day(day) for day in days]


def test_a_holiday_and_a_weekend_say_why_in_the_language_of_the_reader():
    with translation.override("en"):
        assert [SHIPPED.why_off(date(2015, 10, day)) for day in (1, 9, 10, 11)] == ["National Day", "", "", "Sunday"]
    with translation.override("zh-hans"):
        assert [SHIPPED.why_off(date(2015, 10, day)) for day in (1, 9, 10, 11)] == ["国庆节", "", "", "星期日"]


def test_the_next_and_the_last_working_day_step_over_holidays_and_onto_exchanged_weekends():
    assert SHIPPED.next_working_day(date(2015, 10, 1)) == date(2015, 10, 8)
    assert SHIPPED.next_working_day(date(2015, 10, 10)) == date(2015, 10, 10)
    assert SHIPPED.last_working_day(date(2015, 10, 7)) == date(2015, 9, 30)


def test_outside_the_table_offices_work_from_monday_to_friday():
    assert [SHIPPED.is_working_day(date(2099, 10, day)) for day in (1, 2, 3)] == [True, True, False]


def test_years_without_exchanged_days_are_provisional():
    assert announced() == frozenset(range(2001, 2027))
    assert [year for year in range(2024, 2030) if SHIPPED.is_provisional(year)] == [2027, 2028, 2029]


@pytest.mark.parametrize(
    ("day", "years"), [("2026-12-27", []), ("2026-12-28", [2027]), ("2027-10-06", [2027]), ("2027-12-31", [2027, 2028])]
)
def test_the_last_days_of_december_wait_for_the_next_year(day, years):
    assert SHIPPED.provisional_among([date.fromisoformat(day), None]) == years


def test_what_was_entered_counts_alone_and_the_last_text_of_a_year(people):
    def enter(off, worked, *, is_complete=True):
        YearArranged.objects.create(
            year=2027, text="…", off=off, worked=worked, is_complete=is_complete, by=people, at=timezone.now()
        )

    october = [date(2027, 10, day) for day in range(1, 13)]
    before = working_days()
    assert [day.day for day in october if before.is_working_day(day)] == [6, 7, 8, 11, 12]
    enter({"2027-10-06": "国庆节", "2027-10-07": "国庆节"}, ["2027-10-09"], is_complete=False)
    first = working_days()
    assert (first.is_provisional(2027), first.is_working_day(date(2027, 10, 6))) == (True, False)
    enter({f"2027-10-{day:02}": "国庆节" for day in range(1, 8)}, ["2027-10-10"])
    now = working_days()
    assert [day.day for day in october if now.is_working_day(day)] == [8, 10, 11, 12]
    assert (now.is_provisional(2027), now.is_provisional(2028)) == (False, True)
    assert now.next_working_day(date(2027, 10, 1)) == date(2027, 10, 8)
    assert now.last_working_day(date(2027, 10, 10)) == date(2027, 10, 10)
    with translation.override("en"):
        assert [now.why_off(date(2027, 10, day)) for day in (1, 8, 9)] == ["National Day", "", "Saturday"]
    assert now.is_working_day(date(2027, 5, 3))  # the day the library guesses is none that the text names


def test_a_day_of_december_is_free_by_the_text_of_the_year_after(people):
    row = YearArranged(year=2028, off={"2027-12-31": "元旦"}, worked=["2027-12-26"], is_complete=True)
    known = workdays.arranged([row])
    assert [known.is_working_day(date(2027, 12, day)) for day in (26, 30, 31)] == [True, True, False]


def test_it_is_read_once_for_each_process(people, django_assert_num_queries):
    YearArranged.objects.create(year=2027, text="…", off={}, worked=[], is_complete=True, by=people, at=timezone.now())
    working_days()
    with django_assert_num_queries(1):  # whether anything was entered since
        assert not working_days().is_provisional(2027)

"""Working days of China, as the State Council arranged them."""

import json
from datetime import date, timedelta

import pytest
from django.utils import translation
from holidays.countries.china import China

from tests.workdays import YEARS, arranged
from workflow import workdays
from workflow.workdays import is_working_day, last_working_day, next_working_day, why_off


def test_the_table_is_what_the_library_knows():
    assert json.loads(workdays.TABLE.read_text(encoding="utf-8")) == arranged()


@pytest.mark.parametrize("year", [YEARS[0], 2008, 2015, 2020, 2026, YEARS[-2]])
def test_every_day_of_a_year_is_judged_as_the_library_judges_it(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    library = China(years=(year, year + 1), expand=False)
    assert [is_working_day(day) for day in days] == [library.is_working_day(day) for day in days]


def test_a_holiday_and_a_weekend_say_why_in_the_language_of_the_reader():
    with translation.override("en"):
        assert [why_off(date(2015, 10, day)) for day in (1, 9, 10, 11)] == ["National Day", "", "", "Sunday"]
    with translation.override("zh-hans"):
        assert [why_off(date(2015, 10, day)) for day in (1, 9, 10, 11)] == ["国庆节", "", "", "星期日"]


def test_the_next_and_the_last_working_day_step_over_holidays_and_onto_exchanged_weekends():
    assert next_working_day(date(2015, 10, 1)) == date(2015, 10, 8)
    assert next_working_day(date(2015, 10, 10)) == date(2015, 10, 10)
    assert last_working_day(date(2015, 10, 7)) == date(2015, 9, 30)


def test_outside_the_table_offices_work_from_monday_to_friday():
    assert [is_working_day(date(2099, 10, day)) for day in (1, 2, 3)] == [True, True, False]

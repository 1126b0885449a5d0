"""Working days of China: weekends, statutory holidays, and weekends worked in exchange (调休).

The State Council announces a year's arrangement in the November before it. For a year not announced yet the library
knows the statutory holidays themselves, but not the exchanged weekends.
"""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from holidays.countries.china import China


@cache
def _year(number: int, language: str) -> Any:
    """The calendar of one year; made whole at once, so that threads can share it."""
    return China(years=number, expand=False, language=language)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return bool(_year(day.year, "en_US").is_working_day(day))


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def why_off(day: date) -> str:
    """The holiday or the day of the week, for a person; empty for a working day."""
    if is_working_day(day):
        return ""
    language = "en_US" if get_language() == "en" else "zh_CN"
    return str(_year(day.year, language).get(day) or date_format(day, "l"))

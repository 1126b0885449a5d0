"""Working days of China: weekends, statutory holidays, and weekends worked in exchange (调休).

The State Council announces a year's arrangement in the November before it. For a year not announced yet the statutory
holidays themselves are known, but not the exchanged weekends; for years outside the table only weekends are.
``workdays.json`` is written by ``python -m tests.workdays`` from the library that collects the announcements: the
library takes as much memory as a fifth of a web process, and a page asks for a few days.
"""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

TABLE = Path(__file__).with_name("workdays.json")
"""By year: ``off``, each holiday by its day with its Chinese and its English name, and the weekends ``worked``."""
NOTHING: dict[str, Any] = {"off": {}, "worked": []}


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def _names(day: date) -> list[str] | None:
    """The Chinese and the English name of the holiday; None on every other day."""
    names: list[str] | None = _table().get(str(day.year), NOTHING)["off"].get(f"{day:%m-%d}")
    return names


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    if day.weekday() >= 5:
        return f"{day:%m-%d}" in _table().get(str(day.year), NOTHING)["worked"]
    return _names(day) is None


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
    names = _names(day)
    return names[get_language() == "en"] if names else date_format(day, "l")

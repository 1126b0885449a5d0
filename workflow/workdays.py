"""Working days of China: weekends, statutory holidays, and weekends worked in exchange (调休).

The State Council announces a year's arrangement in the November before it. What an office entered of it
(:class:`~workflow.arrangement.YearArranged`) goes before ``workdays.json``, which ``python -m tests.workdays`` writes
from the library that collects the announcements: the library takes as much memory as a fifth of a web process, and a
page asks for a few days. For a year not announced yet it knows the statutory holidays, but neither the days off in
exchange nor the weekends worked: such a year is *provisional*, and a page that shows a day counted through it says so
(``{% provisional %}``). For years outside the table only weekends are known.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from workflow.arrangement import NEWEST, YearArranged
from workflow.fresh import fresh

TABLE = Path(__file__).with_name("workdays.json")
"""By year: ``off``, each holiday by its day with its Chinese and its English name, and the weekends ``worked``."""
NOTHING: dict[str, Any] = {"off": {}, "worked": []}
ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labor Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
"""The holidays everybody has, all of which an arrangement speaks of."""
DAY_OFF = "放假"
"""How a free day is called of which nobody says for what it is free."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


@cache
def announced() -> frozenset[int]:
    """The years whose arrangement is in the table that comes with the program: weekends are worked in each."""
    return frozenset(int(year) for year, rows in _table().items() if rows["worked"])


def known_years() -> range:
    """The years whose statutory holidays are known: those that can be entered."""
    years = [int(year) for year in _table()]
    return range(min(years), max(years) + 1)


def shipped(year: int) -> tuple[dict[str, str], list[str]]:
    """What the program brings along for a year: each free day (2027-10-01) with its holiday, the weekends worked."""
    rows = _table().get(str(year), NOTHING)
    off = {f"{year}-{day}": str(names[0]) for day, names in rows["off"].items()}
    return off, [f"{year}-{day}" for day in rows["worked"]]


def holidays_of(year: int) -> dict[str, list[date]]:
    """The statutory days of each of these holidays in a year, as far as they are known."""
    found: dict[str, list[date]] = {name: [] for name in ENGLISH}
    for day, names in _table().get(str(year), NOTHING)["off"].items():
        for name in set(names[0].split("; ")) & set(ENGLISH):
            found[name].append(date.fromisoformat(f"{year}-{day}"))
    return found


def english_of(name: str) -> str:
    """A holiday in English; what nobody named so stays as it was entered."""
    return "Day off" if name == DAY_OFF else ENGLISH.get(name, name)


@dataclass(frozen=True)
class WorkingDays:
    """What was entered, over what the program brings along: ask one of these for many days."""

    entered: dict[int, bool] = field(default_factory=dict)
    """The years that were entered, and whether their text was complete."""
    off: dict[str, str] = field(default_factory=dict)
    worked: frozenset[str] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day."""
        if str(day) in self.worked:
            return True
        if str(day) in self.off:
            return False
        rows = NOTHING if day.year in self.entered else _table().get(str(day.year), NOTHING)
        return (f"{day:%m-%d}" in rows["worked"]) if day.weekday() >= 5 else f"{day:%m-%d}" not in rows["off"]

    def is_holiday(self, day: date) -> bool:
        """Whether a day is free for more than being a Saturday or Sunday."""
        rows = NOTHING if day.year in self.entered else _table().get(str(day.year), NOTHING)
        named = str(day) in self.off or f"{day:%m-%d}" in rows["off"]
        return named and not self.is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def last_working_day(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def number_between(self, after: date, until: date) -> int:
        """How many working days follow a day, up to another and with it; none where that lies before it."""
        days = (after + timedelta(days=each) for each in range(1, (until - after).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def later(self, day: date, number: int) -> date:
        """The day so many working days later."""
        for _each in range(number):
            day = self.next_working_day(day + timedelta(days=1))
        return day

    def earlier(self, day: date, number: int) -> date:
        """The day so many working days earlier."""
        for _each in range(number):
            day = self.last_working_day(day - timedelta(days=1))
        return day

    def why_off(self, day: date) -> str:
        """The holiday or the day of the week, for a person; empty for a working day."""
        if self.is_working_day(day):
            return ""
        english = get_language() == "en"
        if name := self.off.get(str(day)):
            return ", ".join(english_of(each) for each in name.split("、")) if english else name
        names = None if day.year in self.entered else _table().get(str(day.year), NOTHING)["off"].get(f"{day:%m-%d}")
        return str(names[english]) if names else date_format(day, "l")

    def is_provisional(self, year: int) -> bool:
        """Whether the exchanged days of a year are not known yet."""
        return not self.entered.get(year, year in announced())

    def provisional_among(self, days: Iterable[date | None]) -> list[int]:
        """The provisional years on which these days depend, in order.

        The last days of December may be exchanged by the arrangement of the year after (31 December 2022).
        """
        given = [day for day in days if day]
        years = {day.year for day in given} | {day.year + 1 for day in given if (day.month, day.day) >= (12, 28)}
        return sorted(year for year in years if self.is_provisional(year))


def working_days() -> WorkingDays:
    """The working days as they stand: read once for each process, and anew once somebody entered a year."""
    return fresh("workdays", lambda: arranged(YearArranged.objects.order_by("pk")), NEWEST)


def arranged(rows: Iterable[YearArranged]) -> WorkingDays:
    """What was entered, put together. Arguments: the rows as they were entered; the last one of a year counts, and of
    two years that arrange one day the later one.
    """
    newest = {row.year: row for row in rows}
    off: dict[str, str] = {}
    worked: set[str] = set()
    for _year, row in sorted(newest.items()):
        off = {day: name for day, name in off.items() if day not in row.worked} | row.off
        worked = (worked - set(row.off)) | set(row.worked)
    return WorkingDays({year: row.is_complete for year, row in newest.items()}, off, frozenset(worked))

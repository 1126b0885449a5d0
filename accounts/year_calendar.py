"""A year as a calendar on the wall: months, weeks, and of each day whether it is free, and why."""

from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, pgettext

from workflow.workdays import WorkingDays, english_of, holidays_of

Week = list["CalendarDay | None"]


@dataclass(frozen=True)
class CalendarDay:
    """One day of a month. kind: off of a holiday; worked, a weekend that is none; rest, any other weekend; plain."""

    day: date
    kind: str
    why: str


@dataclass(frozen=True)
class Stretch:
    """Free days in a row, weekends among them, of which at least one is a holiday."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class YearCalendar:
    """A year by what is known of working days."""

    year: int
    known: WorkingDays

    @property
    def stretches(self) -> list[Stretch]:
        """The holidays of the year, each with all free days it comes to."""
        found: list[list[date]] = []
        for day in days_of(self.year):
            if self.known.is_working_day(day):
                continue
            if found and found[-1][-1] == day - timedelta(days=1):
                found[-1].append(day)
            else:
                found.append([day])
        return [self.stretch(days) for days in found if any(map(self.known.is_holiday, days))]

    def stretch(self, days: list[date]) -> Stretch:
        """Free days in a row with the names of the holidays in them."""
        found = [name for name, own in holidays_of(self.year).items() if set(own) & set(days)]
        if not found:
            return Stretch(next(self.known.why_off(day) for day in days if self.known.is_holiday(day)), tuple(days))
        return Stretch(names(found), tuple(days))

    @property
    def worked(self) -> list[date]:
        """The Saturdays and Sundays that are worked."""
        return [day for day in days_of(self.year) if day.weekday() >= 5 and self.known.is_working_day(day)]

    @property
    def months(self) -> list[tuple[date, list[Week]]]:
        """The first day of each month, and its weeks from Monday; None where a week reaches into another month."""
        off = {day for stretch in self.stretches for day in stretch.days}
        weeks_of = Calendar().monthdatescalendar
        return [
            (
                date(self.year, month, 1),
                [
                    [self.one(day, off) if day.month == month else None for day in week]
                    for week in weeks_of(self.year, month)
                ],
            )
            for month in range(1, 13)
        ]

    def one(self, day: date, off: set[date]) -> CalendarDay:
        """One day as the calendar shows it."""
        if self.known.is_working_day(day):
            return CalendarDay(day, "worked" if day.weekday() >= 5 else "plain", "")
        return CalendarDay(day, "off" if day in off else "rest", self.known.why_off(day))


def names(holidays: Iterable[str]) -> str:
    """Holidays in the language of the reader."""
    return ", ".join(map(english_of, holidays)) if get_language() == "en" else "、".join(holidays)


def days_of(year: int) -> Iterator[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return (first + timedelta(days=number) for number in range((date(year, 12, 31) - first).days + 1))


def weekdays() -> list[str]:
    """How the columns of a month are headed."""
    return [
        pgettext("a column of a calendar", "Mo"),
        pgettext("a column of a calendar", "Tu"),
        pgettext("a column of a calendar", "We"),
        pgettext("a column of a calendar", "Th"),
        pgettext("a column of a calendar", "Fr"),
        pgettext("a column of a calendar", "Sa"),
        pgettext("a column of a calendar", "Su"),
    ]

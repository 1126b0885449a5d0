"""Target against actual as a chart (``documents/charts.py``); the table beside it says the same in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.charts import library, picture
from reports.indicators.standing import Course

WIDTH, HEIGHT = 520, 280
ACTUAL, PLANNED = "#1d5f8a", "#b3261e"
"""Of the values, of the way to the target; told apart by their shapes as well: dots joined, a broken line."""
ROOM = "0.12"
"""Air above and below the values, as a share of their span."""


def chart(course: Course) -> str:
    """The chart of an indicator as SVG; empty where there is nothing to be drawn: fewer than two years.

    Arguments: the indicator with its years. Returns: SVG for a page, each text in it escaped.
    """
    if len(course.years) < 2:
        return ""
    leather = library()
    drawn = leather.Chart()
    first, last = course.years[0], course.years[-1]
    drawn.add_x_scale(first, last)
    drawn.add_x_axis(ticks=ticks(course.years), tick_formatter=lambda value, _index, _count: str(int(value)))
    low, high = bounds(course)
    drawn.add_y_scale(low, high)
    planned = [(year, float(value)) for year, value, _actual in course.rows if value is not None]
    if len(planned) == 1:  # without a base the target is a height, not a way
        planned = [(first, planned[0][1]), (last, planned[0][1])]
    drawn.add_line(planned, name=_("target"), stroke_color=PLANNED, width=1.5, stroke_dasharray="6 4")
    if course.actual:
        add_actual(leather, drawn, course)
    return picture(drawn, alternative(course), WIDTH, HEIGHT)


def add_actual(leather: Any, drawn: Any, course: Course) -> None:
    """What it came to: dots, joined where no year is missing between them; one entry of the legend for both."""
    known = {year: float(each.value) for year, each in course.actual.items()}
    years = range(min(known), max(known) + 1)
    drawn.add_line([(year, known.get(year)) for year in years], name=_("actual"), stroke_color=ACTUAL, width=2.5)
    dots = leather.Dots(fill_color=ACTUAL, radius=4)
    dots.legend_to_svg = lambda _series, _palette: []
    drawn.add_series(leather.Series(sorted(known.items())), dots)


def ticks(years: tuple[int, ...]) -> list[int]:
    """At most seven years along the line, the first and the last among them."""
    step = -(-(len(years) - 1) // 6)
    return sorted({*years[::step], years[-1]} - ({years[-1] - 1} if step > 1 else set()))


def bounds(course: Course) -> tuple[float, float]:
    """Between which heights it is drawn: around all values, never a line without height."""
    values = [float(value) for _year, value, _actual in course.rows if value is not None]
    values += [float(each.value) for each in course.actual.values()]
    low, high = min(values), max(values)
    air = (high - low) * float(ROOM) or abs(high) * float(ROOM) or 1.0
    return (max(low - air, 0.0) if low >= 0 else low - air), high + air


def alternative(course: Course) -> str:
    """What the picture shows in one sentence, for who cannot see it."""
    words = {"what": course.target.label, "target": f"{course.target.sign}{course.planned(course.target.target_year)}",
             "year": course.target.target_year}  # fmt: skip
    last = course.last
    if last is None:
        return _("%(what)s: target %(target)s by %(year)s, no approved value yet") % words
    words |= {"value": last.shown, "now": last.year}
    return _("%(what)s: target %(target)s by %(year)s, last value %(value)s in %(now)s") % words

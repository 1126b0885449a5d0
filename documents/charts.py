"""Charts as SVG made on the server by leather, which is imported for whoever asks for the first one.

leather (https://leather.readthedocs.io) writes nothing but shapes with attributes: no style, no script, so its pictures
stand in a page under the strictest Content-Security-Policy and on paper by WeasyPrint; pygal writes a style sheet into
each, which such rules refuse. Every chart stands beside its table (:func:`table`), so the picture is one
image with a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import import_module
from math import ceil, floor, log10
from typing import Any

from documents.counts import thousands

WIDTH, HEIGHT = 440, 240
ACROSS = 370
"""About how wide the room between the axes is."""
LOOKS = (("#1f5f99", None), ("#8d5a00", "5 3"), ("#7a3b8f", "1.5 3"), ("#175f37", "8 3 2 3"))
"""Colour and dashes of each series, in their order: told apart without colours as well."""
MARK = "#951217"
SHARE = 0.7
"""How much of its place a group of bars takes."""
TAG, PLACE = re.compile("<[^>]+>"), re.compile(r"-?\d+\.\d{3,}")
KEPT = 64
"""So many pictures a process keeps: after most deeds a chart says what it said before."""


@dataclass(frozen=True)
class Series:
    """One line, or one bar of each group. ``None``: nothing is known there."""

    name: str
    values: tuple[int | float | None, ...]


@dataclass(frozen=True)
class Chart:
    """What a chart shows, and its table as well.

    title: what it says, in one line. labels: along the axis. marks: places along the axis that bear a name (a
    deadline). head: what the labels are, for the table.
    """

    title: str
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    marks: tuple[tuple[int, str], ...] = ()


@lru_cache(KEPT)
def lines(chart: Chart) -> str:
    """A line for each series, broken where nothing is known. Returns: SVG, each text in it escaped."""
    drawn = sheet(chart, max(len(chart.labels) - 1, 1))
    for each, (colour, dash) in looked(chart):
        known = [(place, value) for place, value in enumerate(each.values) if value is not None]
        if len(known) == 1:
            drawn.add_dots(known, name=each.name, fill_color=colour)
        elif known:
            drawn.add_line(
                list(enumerate(each.values)), name=each.name, stroke_color=colour, width=2, stroke_dasharray=dash
            )
    for place, name in chart.marks:
        ends = [(place, 0), (place, top_of(chart))]
        drawn.add_line(ends, name=name, stroke_color=MARK, width=1, stroke_dasharray="2 2")
    return picture(drawn, chart.title)


@lru_cache(KEPT)
def bars(chart: Chart) -> str:
    """A group of upright bars for each label. Returns: SVG, each text in it escaped."""
    drawn, each_wide = sheet(chart, max(len(chart.labels), 1), 0.5), SHARE / max(len(chart.series), 1)
    pixels = each_wide * ACROSS / max(len(chart.labels), 1)
    for which, (each, (colour, dash)) in enumerate(looked(chart)):
        shift = 0.5 + (which - (len(chart.series) - 1) / 2) * each_wide
        for place, value in enumerate(each.values):
            if value:
                add_bar(drawn, [(place + shift, 0), (place + shift, value)], each.name, (colour, pixels, dash))
    keep_one_entry_each(drawn, alone=len(chart.series) < 2)
    return picture(drawn, chart.title)


def table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """The same as a table. Returns: its head, and its rows."""
    rows = zip(chart.labels, *(each.values for each in chart.series), strict=True)
    return [chart.head, *(each.name for each in chart.series)], [
        [str(label), *("–" if value is None else printed(value) for value in values)] for label, *values in rows
    ]


def printed(value: int | float) -> str:
    """A number as it is printed; one digit behind the point where there is one."""
    return thousands(int(value)) if value == int(value) else f"{value:,.1f}"


def top_of(chart: Chart) -> float:
    """A round number that is not below any value: where the upright axis ends."""
    most = max((value for each in chart.series for value in each.values if value is not None), default=0)
    if most <= 4:
        return 4
    unit = 10 ** floor(log10(most))
    return next(each * unit for each in (1, 2, 4, 6, 8, 10, 20) if each * unit >= ceil(most))


def library() -> Any:
    """leather in the colours of the house; its texts take the face of the page by a style sheet of ours."""
    leather = import_module("leather")
    theme = leather.theme
    theme.background_color, theme.margin = "#ffffff", 0.045
    theme.tick_color, theme.label_color, theme.zero_color = "#d5dae0", "#44505c", "#9aa3ad"
    theme.tick_font_family = theme.legend_font_family = theme.axis_title_font_family = "sans-serif"
    theme.tick_font_size = theme.legend_font_size = 12
    theme.legend_font_char_width = 12  # of a Chinese character; the library counts with those of Latin
    theme.legend_color = "#44505c"
    return leather


def sheet(chart: Chart, last: float, shift: float = 0) -> Any:
    """A chart with its axes: as many labels as there is room for, four lines across.

    Arguments: it; how long the line below is; where on it the first label stands.
    """
    drawn, top = library().Chart(), top_of(chart)
    longest = max((wide(label) for label in chart.labels), default=1)
    every = max(1, ceil((longest + 8) * max(len(chart.labels), 1) / ACROSS))
    drawn.add_x_scale(0, last)
    drawn.add_x_axis(
        ticks=[place + shift for place in range(0, max(len(chart.labels), 1), every)],
        tick_formatter=lambda place, _index, _count: chart.labels[int(place)] if chart.labels else "",
    )
    drawn.add_y_scale(0, top)
    drawn.add_y_axis(
        ticks=[top * quarter / 4 for quarter in range(5)], tick_formatter=lambda value, _index, _count: printed(value)
    )
    return drawn


def add_bar(drawn: Any, ends: Sequence[tuple[float, float]], name: str, look: tuple[str, float, str | None]) -> None:
    """One bar, which is a thick line: the library sets no groups of columns side by side."""
    colour, pixels, dash = look
    drawn.add_line(ends, name=name, stroke_color=colour, width=round(pixels, 1), stroke_dasharray=dash)


def keep_one_entry_each(drawn: Any, *, alone: bool) -> None:
    """The legend names each series once; one alone needs no legend."""
    named: set[str] = set()
    for series, shape in drawn._layers:
        if alone or series.name in named:
            shape.legend_to_svg = lambda _series, _palette: []
        named.add(series.name)


def looked(chart: Chart) -> Iterable[tuple[Series, tuple[str, str | None]]]:
    """Each series with its look."""
    return ((each, LOOKS[place % len(LOOKS)]) for place, each in enumerate(chart.series))


def wide(text: str) -> float:
    """About how wide a text is."""
    return sum(12 if ord(sign) > 0x2E7F else 6.6 for sign in text)


def picture(drawn: Any, words: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The picture as wide as its room, with a name for who cannot see it. Arguments: the chart; its name; its size."""
    start = f'<svg viewBox="0 0 {width} {height}" class="chart" role="img" aria-label="{escape(words)}">'
    if not drawn._layers:
        return f"{start}</svg>"
    svg = str(drawn.to_svg(width=width, height=height))
    return start + TAG.sub(in_short, svg[svg.index(">", svg.index("<svg")) + 1 :])


def in_short(tag: re.Match[str]) -> str:
    """A shape with its places to a hundredth: the library writes some twenty digits, most of the bytes of a picture."""
    return PLACE.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), tag[0])

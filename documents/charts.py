"""Charts as SVG made on the server: text stays text, lines differ in dash and mark as well as in colour.

For pages and for paper: all looks are presentation attributes, which a strict Content-Security-Policy lets pass and
which WeasyPrint knows. Every chart stands beside its table (:func:`table`), so its picture is one image with a name.

A library was weighed first: pygal 3.1.3 takes 62 ms for a line of sixty days, 0.3 s and 8 MB to load, and writes a
``<style>`` element into each chart; a page of ours may cost about ten milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from documents.counts import thousands

WIDTH, HEIGHT = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 30, 46
GRID, TEXT = "#d5d9de", "#44505c"
LOOKS = (
    ("#1f5f99", "", "disc"),
    ("#8d5a00", "5 3", "square"),
    ("#7a3b8f", "1.5 3", "triangle"),
    ("#175f37", "8 3 2 3", "cross"),
)
"""Colour, dashes and mark of each series, in their order."""
HATCH = ("", "3 2", "1 2", "6 2")
"""How the outline of a bar is dashed, in the order of the series."""


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


def lines(chart: Chart) -> str:
    """A line for each series. Returns: SVG."""
    top = top_of(chart)
    step = (WIDTH - LEFT - RIGHT) / max(len(chart.labels) - 1, 1)
    drawn = [line(each, look, step, top) for each, look in looked(chart)]
    return svg(chart, [*grid(top), *below(chart, step), *marked(chart, step), *drawn, *legend(chart)])


def bars(chart: Chart) -> str:
    """A group of upright bars for each label. Returns: SVG."""
    top, step = top_of(chart, 1.1), (WIDTH - LEFT - RIGHT) / max(len(chart.labels), 1)
    wide = step * 0.7 / max(len(chart.series), 1)
    drawn = [
        bar(LEFT + step * (place + 0.15) + wide * which, wide, value, top, which)
        for which, each in enumerate(chart.series)
        for place, value in enumerate(each.values)
        if value is not None
    ]
    return svg(chart, [*grid(top), *below(chart, step, step / 2), *drawn, *legend(chart)])


def table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """The same as a table. Returns: its head, and its rows."""
    rows = zip(chart.labels, *(each.values for each in chart.series), strict=True)
    return [chart.head, *(each.name for each in chart.series)], [
        [str(label), *("–" if value is None else printed(value) for value in values)] for label, *values in rows
    ]


def printed(value: int | float) -> str:
    """A number as it is printed; one digit behind the point where there is one."""
    return thousands(int(value)) if value == int(value) else f"{value:,.1f}"


def looked(chart: Chart) -> Iterable[tuple[Series, tuple[str, str, str]]]:
    """Each series with its look."""
    return ((each, LOOKS[place % len(LOOKS)]) for place, each in enumerate(chart.series))


def top_of(chart: Chart, room: float = 1) -> float:
    """A round number that is not below any value: where the upright axis ends. Arguments: the chart; room above."""
    most = max((value for each in chart.series for value in each.values if value is not None), default=0) * room
    if most <= 4:
        return 4
    unit = 10 ** floor(log10(most))
    return next(each * unit for each in (1, 2, 4, 6, 8, 10, 20) if each * unit >= ceil(most))


def height(value: int | float, top: float) -> float:
    """Where a value stands, from above."""
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def grid(top: float) -> list[str]:
    """Four lines across, each with its number."""
    found = []
    for quarter in range(5):
        value = top * quarter / 4
        y = height(value, top)
        found.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}" stroke-width="1"/>')
        found.append(words(LEFT - 6, y + 4, printed(value), "end"))
    return found


def below(chart: Chart, step: float, shift: float = 0) -> list[str]:
    """The labels along the axis: as many as there is room for."""
    longest = max((wide(label) for label in chart.labels), default=1)
    every = max(1, ceil((longest + 8) / step))
    return [
        words(LEFT + shift + step * place, HEIGHT - BOTTOM + 15, label, "middle")
        for place, label in enumerate(chart.labels)
        if place % every == 0
    ]


def marked(chart: Chart, step: float) -> list[str]:
    """An upright line with its name at each place that bears one."""
    found = []
    for place, name in chart.marks:
        x = LEFT + step * place
        side = ("end", -4) if x > WIDTH / 2 else ("start", 4)
        found.append(f'<path d="M{x:.1f} {TOP - 4}V{HEIGHT - BOTTOM}" stroke="#951217" stroke-dasharray="2 2"/>')
        found.append(words(x + side[1], TOP + 6, name, side[0], "#951217"))
    return found


def line(series: Series, look: tuple[str, str, str], step: float, top: float) -> str:
    """One line, broken where nothing is known; a mark at its end and at every eighth place."""
    colour, dash, mark = look
    places = [(place, value) for place, value in enumerate(series.values) if value is not None]
    d, before = [], -2
    for place, value in places:
        d.append(f"{'L' if place == before + 1 else 'M'}{LEFT + step * place:.1f} {height(value, top):.1f}")
        before = place
    shown = [each for each in places if each[0] % 8 == 0 or each == places[-1]]
    marks = "".join(point(mark, LEFT + step * place, height(value, top), colour) for place, value in shown)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{"".join(d)}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>{marks}' if d else ""


def point(mark: str, x: float, y: float, colour: str) -> str:
    """One mark of a line."""
    if mark == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    shapes = {
        "square": f"M{x - 3:.1f} {y - 3:.1f}h6v6h-6z",
        "triangle": f"M{x - 4:.1f} {y + 3:.1f}h8l-4 -7z",
        "cross": f"M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6",
    }
    return f'<path d="{shapes[mark]}" fill="{colour}" stroke="{colour}"/>'


def bar(x: float, width: float, value: int | float, top: float, which: int) -> str:
    """One bar, its number above it where there is room."""
    colour, y = LOOKS[which % len(LOOKS)][0], height(value, top)
    dash = HATCH[which % len(HATCH)]
    shape = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{HEIGHT - BOTTOM - y:.1f}" fill="{colour}"'
        f' fill-opacity="{1 if not dash else 0.45}" stroke="{colour}" stroke-dasharray="{dash or "none"}"/>'
    )
    said = printed(value)
    return shape + (words(x + width / 2, y - 4, said, "middle") if wide(said) <= width + 6 else "")


def legend(chart: Chart) -> list[str]:
    """Which look is whose, above the picture; nothing where there is one series alone."""
    found, x = [], float(LEFT)
    if len(chart.series) < 2:
        return []
    for each, (colour, dash, mark) in looked(chart):
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        found.append(f'<path d="M{x:.1f} 12h20" stroke="{colour}" stroke-width="2"{dashes}/>')
        found.append(point(mark, x + 10, 12, colour) + words(x + 25, 16, each.name, "start"))
        x += 40 + wide(each.name)
    return found


def wide(text: str) -> float:
    """About how wide a text is."""
    return sum(11 if ord(sign) > 0x2E7F else 6.2 for sign in text)


def words(x: float, y: float, text: str, anchor: str, colour: str = TEXT) -> str:
    """A text that stays text."""
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {at} fill="{colour}" font-size="11">{escape(str(text))}</text>'


def svg(chart: Chart, parts: Sequence[str]) -> str:
    """The whole, one image with its title as its name: whoever cannot see it reads the table."""
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.title)}">'
        f"{''.join(parts)}</svg>"
    )

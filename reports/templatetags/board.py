"""The dashboard's bars and tables, put together here: thirty units of ten kinds are three hundred cells."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.judging.lists.owed import IN
from activities.states import Standing
from documents import charts
from documents.charts import Chart
from documents.counts import thousands
from reports.definitions import DEFINITIONS
from reports.figures import KindFigures, Tally, UnitFigures
from reports.past import Branch
from reports.scope import Scope
from workflow.addresses import address
from workflow.words import Words

register = template.Library()


PARTS = (
    ("on_time", Standing.ON_TIME, gettext_lazy("On time")),
    ("extended", Standing.EXTENDED, gettext_lazy("Within the extension")),
    ("late", Standing.LATE, gettext_lazy("Filed late")),
    ("to_correct", Standing.RETURNED, gettext_lazy("To be corrected")),
    ("overdue", Standing.OVERDUE, gettext_lazy("Overdue")),
    ("due", Standing.DUE, gettext_lazy("Not due yet")),
)
"""The parts of what is expected, each with how it stands: they add up to it."""


@register.simple_tag
def asked_list(campaign: int, **chosen: Any) -> str:
    """The address of the list of what a campaign asked for: with as many rows as the figure that leads there."""
    return f"{address('activities:assignments', campaign)}?{urlencode({'asked': 1, **chosen})}"


@register.simple_tag
def where(scope: Scope, **chosen: Any) -> str:
    """The address of the rows behind a figure: as many as it says, as they stood at its moment."""
    if scope.is_plain:
        return asked_list(scope.campaign, **{name: value for name, value in chosen.items() if name != "own"})
    return f"{address('reports:stood', scope.campaign)}?{scope.query(by='', **chosen)}"


@register.simple_tag
def means(name: str) -> str:
    """What a figure means."""
    return str(DEFINITIONS[name])


@register.simple_tag
def up(scope: Scope, unit: int) -> str:
    """The address of the dashboard one or more steps up the tree."""
    return scope.query(unit=unit or None, own=False)


@register.simple_tag
def figure_name(name: str) -> str:
    """What a field of a tally is called."""
    labels = {field: label for field, _standing, label in PARTS}
    others = {"filed": _("Filed"), "waived": Standing.WAIVED.label, "closed": Standing.CLOSED.label}
    return str(labels.get(name) or others[name])


@register.simple_tag
def behind(scope: Scope, name: str, on: date | None = None) -> str:
    """Where the rows of a figure stand, at the moment of a scope or on another evening."""
    standing = "filed" if name == "filed" else Standing(name).value
    asked = {"on": on} if on else {}
    return f"{address('reports:stood', scope.campaign)}?{scope.query(by='', **asked)}&standing={standing}"


@register.simple_tag
def by_how_much(was: int, now: int) -> str:
    """By how much a figure moved, with its sign."""
    return f"{'+' if now > was else '−'}{thousands(abs(now - was))}"


def of_all(tally: Tally) -> str:
    """How many of how many are filed."""
    return f"{thousands(tally.filed)} / {thousands(tally.expected)}"


def linked(number: int, where: str, standing: str, words: Any = None) -> str:
    """A figure that leads to its rows; without rows it leads nowhere."""
    shown = thousands(number) if words is None else words
    return f'<a href="{escape(where)}&amp;standing={standing}">{shown}</a>' if number else str(shown)


@register.simple_tag
def bar(tally: Tally) -> SafeString:
    """One tally as a bar, and in words for whoever cannot see it."""
    words = _(
        "%(a)s on time, %(x)s within the extension, %(b)s late, %(c)s to correct, %(d)s overdue, %(e)s not due"
    ) % {
        "a": tally.on_time, "x": tally.extended, "b": tally.late, "c": tally.to_correct, "d": tally.overdue,
        "e": tally.due,
    }  # fmt: skip
    parts = "".join(
        f'<rect class="{style}" x="{start}" width="{width}" height="1"/>' for style, start, width in tally.segments
    )
    return mark_safe(  # nosec B308 # figures and words of ours
        f'<svg class="bar" viewBox="0 0 {tally.expected or 1} 1" preserveAspectRatio="none" role="img"'
        f' aria-label="{words}">{parts}</svg>'
    )


@register.simple_tag
def swatch(style: str) -> SafeString:
    """One colour of the bars, for the legend: drawn as they are, so that a printer leaves neither out."""
    return mark_safe(  # nosec B308 # words of ours
        f'<svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{style}" width="1" height="1"/></svg>'
    )


@register.simple_tag
def kind_rows(kinds: Iterable[KindFigures], scope: Scope) -> SafeString:
    """One row for each kind: its bar, how many of how many are filed, and the parts of these in columns that add up."""
    labels = [_("Filed"), *(str(label) for _name, _standing, label in PARTS)]
    rows = [kind_row(each, where(scope, kind=each.kind.value), labels) for each in kinds]
    return mark_safe("".join(rows))  # nosec B308 # figures and words of ours


def kind_row(row: KindFigures, where: str, labels: list[str]) -> str:
    """One row."""
    tally = row.tally
    values = [
        linked(tally.filed, where, IN, of_all(tally)),
        *(linked(getattr(tally, name), where, standing) for name, standing, _label in PARTS),
    ]
    cells = "".join(
        f'<td class="number" data-label="{label}">{value}</td>' for label, value in zip(labels, values, strict=True)
    )
    return f'<tr><td><a href="{escape(where)}">{row.kind.label}</a></td><td class="wide">{bar(tally)}</td>{cells}</tr>'


@register.simple_tag
def unit_rows(units: Iterable[UnitFigures], scope: Scope, tree: Branch | None = None) -> SafeString:
    """One row for each unit: its light, its name, how many of each kind are filed, which share of all.

    Arguments: the figures of the units; what is looked at; the step of the tree where they stand below one another.
    """
    lights = {
        "red": _("something is overdue"),
        "yellow": _("something came late or must be corrected"),
        "green": _("in order"),
    }
    words = Words()
    rows = [unit_row(unit, *ways(unit.pk, scope, tree), lights, words) for unit in units]
    return mark_safe("".join(rows))  # nosec B308 # the name is escaped below, all else is figures and words of ours


def ways(unit: int, scope: Scope, tree: Branch | None) -> tuple[str, str]:
    """Where the name of a unit leads, and where its figures lead."""
    alone = tree is None or unit == scope.unit
    rows = where(scope, unit=unit, own=alone)
    if tree is None or unit not in tree.inner:
        return rows, rows
    return f"{address('reports:dashboard', scope.campaign)}?{scope.query(unit=unit)}", rows


def unit_row(unit: UnitFigures, name: str, where: str, lights: dict[str, str], words: Words) -> str:
    """One row. A page has seven hundred of its cells: they are set by their table, none says a class."""
    light, tally = unit.tally.light, unit.tally
    cells = "".join(f'<td data-label="{words.label(each.kind)}">{cell(each.tally)}</td>' for each in unit.kinds)
    _ = words.text
    filed, share = _("Filed"), _("Share filed")
    return (
        f'<tr><td><span class="light {light}" role="img" aria-label="{lights[light]}"></span>'
        f' <a href="{escape(name)}">{escape(unit.name)}</a></td>{cells}'
        f'<td data-label="{filed}">{linked(tally.filed, where, IN, of_all(tally))}</td>'
        f'<td data-label="{share}">{tally.percent}</td></tr>'
    )


def cell(tally: Tally) -> str:
    """How many of how many are filed, in the colour and with the sign of the worst of them (theme.css)."""
    if not tally.expected:
        return '<span class="quiet">–</span>'
    worst = (("overdue", tally.overdue), ("correct", tally.to_correct), ("late", tally.late), ("due", tally.due))
    style = next((style for style, number in worst if number), "done")
    return f'<b class="sign {style}">{tally.filed}/{tally.expected}</b>'


@register.simple_tag
def chart(shown: Chart, kind: str = "lines") -> SafeString:
    """A chart, and its table below it. Arguments: the chart; ``lines`` or ``bars``."""
    head, rows = charts.table(shown)
    columns = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    as_table = _("As a table")
    picture = charts.bars(shown) if kind == "bars" else charts.lines(shown)
    table = f'<table class="table table-sm"><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table>'
    return mark_safe(  # nosec B308 # every text is escaped
        f'<figure class="charted"><figcaption>{escape(shown.title)}</figcaption>{picture}'
        f"<details><summary>{as_table}</summary>{table}</details></figure>"
    )

"""The dashboard's bars and tables, put together here: thirty units of ten kinds are three hundred cells."""

from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.judging.lists.owed import IN
from activities.states import Standing
from documents.counts import thousands
from reports.figures import KindFigures, Tally, UnitFigures
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
def kind_rows(kinds: Iterable[KindFigures], campaign: int) -> SafeString:
    """One row for each kind: its bar, how many of how many are filed, and the parts of these in columns that add up."""
    labels = [_("Filed"), *(str(label) for _name, _standing, label in PARTS)]
    rows = [kind_row(each, asked_list(campaign, kind=each.kind.value), labels) for each in kinds]
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
def unit_rows(units: Iterable[UnitFigures], campaign: int) -> SafeString:
    """One row for each unit: its light, its name, how many of each kind are filed, which share of all.

    Arguments: the figures of the units; the campaign.
    """
    lights = {
        "red": _("something is overdue"),
        "yellow": _("something came late or must be corrected"),
        "green": _("in order"),
    }
    words = Words()
    rows = [unit_row(unit, asked_list(campaign, unit=unit.pk), lights, words) for unit in units]
    return mark_safe("".join(rows))  # nosec B308 # the name is escaped below, all else is figures and words of ours


def unit_row(unit: UnitFigures, where: str, lights: dict[str, str], words: Words) -> str:
    """One row."""
    light, tally = unit.tally.light, unit.tally
    cells = "".join(
        f'<td class="number" data-label="{words.label(each.kind)}">{cell(each.tally)}</td>' for each in unit.kinds
    )
    _ = words.text
    filed, share = _("Filed"), _("Share filed")
    return (
        f'<tr><td><span class="light {light}" role="img" aria-label="{lights[light]}"></span>'
        f' <a href="{escape(where)}">{escape(unit.name)}</a></td>{cells}'
        f'<td class="number" data-label="{filed}">'
        f"{linked(tally.filed, where, IN, of_all(tally))}</td>"
        f'<td class="number" data-label="{share}">{tally.percent}</td></tr>'
    )


def cell(tally: Tally) -> str:
    """How many of how many are filed, in the colour of the worst of them."""
    if not tally.expected:
        return '<span class="quiet">–</span>'
    worst = (("overdue", tally.overdue), ("correct", tally.to_correct), ("late", tally.late), ("due", tally.due))
    style = next((style for style, number in worst if number), "done")
    return f'<span class="badge-of {style}">{tally.filed}/{tally.expected}</span>'

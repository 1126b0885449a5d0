"""The dashboard's bars and tables, put together here: thirty units of ten kinds are three hundred cells."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.figures import KindFigures, Tally, UnitFigures

register = template.Library()


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
    return mark_safe(  # figures and words of ours
        f'<svg class="bar" viewBox="0 0 {tally.expected or 1} 1" preserveAspectRatio="none" role="img"'
        f' aria-label="{words}">{parts}</svg>'
    )


@register.simple_tag
def kind_rows(kinds: Iterable[KindFigures], campaign: int) -> SafeString:
    """One row for each kind: its bar, how many are filed, in time or late, and how many are missing."""
    address = reverse("activities:assignments", args=[campaign])
    labels = [_("Filed"), _("Within the extension"), _("Filed late"), _("Overdue")]
    rows = [kind_row(each, f"{address}?kind={each.kind.value}", labels) for each in kinds]
    return mark_safe("".join(rows))  # figures and words of ours


def kind_row(row: KindFigures, address: str, labels: list[str]) -> str:
    """One row."""
    tally = row.tally
    overdue = f'<a href="{address}&amp;standing=overdue"><strong>{tally.overdue}</strong></a>' if tally.overdue else "0"
    values = (f"{tally.filed} / {tally.expected}", tally.extended, tally.late, overdue)
    cells = "".join(
        f'<td class="number" data-label="{label}">{value}</td>' for label, value in zip(labels, values, strict=True)
    )
    return f'<tr><td><a href="{address}">{row.kind.label}</a></td><td class="wide">{bar(tally)}</td>{cells}</tr>'


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
    address = reverse("activities:assignments", args=[campaign])
    rows = [unit_row(unit, address, lights) for unit in units]
    return mark_safe("".join(rows))  # the name is escaped below, all else is figures and words of ours


def unit_row(unit: UnitFigures, address: str, lights: dict[str, str]) -> str:
    """One row."""
    light = unit.tally.light
    cells = "".join(f'<td class="number">{cell(each.tally)}</td>' for each in unit.kinds)
    return (
        f'<tr><td><span class="light {light}" role="img" aria-label="{lights[light]}"></span></td>'
        f'<td><a href="{address}?q={quote(unit.name)}">{escape(unit.name)}</a></td>'
        f'{cells}<td class="number">{unit.tally.percent}</td></tr>'
    )


def cell(tally: Tally) -> str:
    """How many of how many are filed, in the colour of the worst of them."""
    if not tally.expected:
        return '<span class="quiet">–</span>'
    worst = (("overdue", tally.overdue), ("correct", tally.to_correct), ("late", tally.late), ("due", tally.due))
    style = next((style for style, number in worst if number), "done")
    return f'<span class="badge-of {style}">{tally.filed}/{tally.expected}</span>'

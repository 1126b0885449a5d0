"""Indicators on pages: how one stands, in shape and colour; numbers; the chart."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.counts import thousands
from reports.indicators.standing import Course, Stands
from reports.models import Target, TargetValue
from reports.models.target import ValueState, plain

register = template.Library()
STYLES = {
    ValueState.REPORTED: "late",
    ValueState.APPROVED: "done",
    ValueState.RETURNED: "correct",
    ValueState.TAKEN_BACK: "waived",
    ValueState.REPLACED: "waived",
}
ICONS = {
    ValueState.REPORTED: "hourglass-split",
    ValueState.APPROVED: "check-circle",
    ValueState.RETURNED: "arrow-return-left",
    ValueState.TAKEN_BACK: "dash-circle",
    ValueState.REPLACED: "clock-history",
}
"""Colour and shape of a value by its state."""


@register.inclusion_tag("reports/indicators/badge.html")
def stands_badge(course: Course) -> dict[str, Stands]:
    """How an indicator stands: a word with a shape, in a colour."""
    return {"stands": course.stands}


@register.filter
def wanted(target: Target) -> str:
    """The target as one says it: ≥95%."""
    return f"{target.sign}{figure(target.target_value)}{target.measure}"


@register.filter
def figure(number: Decimal | None) -> str:
    """A number without noughts behind its point, its thousands parted."""
    return "" if number is None else thousands(plain(number))


@register.filter
def value_style(row: TargetValue) -> str:
    """The colour of a value."""
    return STYLES[ValueState(row.state)]


@register.filter
def value_icon(row: TargetValue) -> str:
    """The shape of a value."""
    return ICONS[ValueState(row.state)]


@register.filter
def drawn(chart: Any) -> SafeString:
    """A chart as the page holds it."""
    return mark_safe(chart)  # nosec B308 # made by reports/indicators/chart.py, every text in it escaped

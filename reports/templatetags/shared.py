"""For whoever reviews a summary: what other units wrote nearly the same."""

from typing import Any

from django import template

from reports.alike.shown import shown_of
from reports.models import Comparison, Summary
from workflow.compare import compare
from workflow.pages import may

register = template.Library()

SHOWN = 20
"""Passages shown at once; how many more there are is said."""


@register.inclusion_tag("reports/alike/shared.html", takes_context=True)
def shared_passages(context: dict[str, Any], summary: Summary) -> dict[str, Any]:
    """Passages that stand nearly so in other units' summaries, with what differs; for the office only."""
    if not may(context["request"].user, "review", summary.assignment):
        return {}
    rows = shown_of(summary)
    return {
        "judged": True,
        "compared": Comparison.objects.filter(summary=summary).exists(),
        "rows": [(each, compare(each.other_text, each.text)) for each in rows[:SHOWN]],
        "more": len(rows) - SHOWN,
    }

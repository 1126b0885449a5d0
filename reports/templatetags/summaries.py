"""What is shown beside a summary."""

from typing import Any

from django import template

from activities.filing.prefill import reads_unit
from reports.models import Summary
from reports.summaries.looks.look import looked_at
from reports.summaries.looks.pointer import Pointer
from workflow.pages import may

register = template.Library()


@register.simple_tag(takes_context=True)
def pointers_in(context: dict[str, Any], filing: Summary | None) -> list[Pointer]:
    """What is to be looked at in a summary as it is stored: for the unit, and for who judges it; a visitor reads
    nothing else of the unit."""
    user = context["request"].user
    if filing is None or context.get("typed") or not reads_unit(user):
        return []
    reads = may(user, "file", filing.assignment) or may(user, "review", filing.assignment)
    return looked_at(filing) if reads else []

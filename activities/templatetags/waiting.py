"""Review one after another: how many are left, and the way on."""

from typing import Any

from django import template

from activities.judging.next_waiting import FIELD, Line, left
from workflow.pages import may

register = template.Library()


@register.simple_tag(takes_context=True)
def line_of(context: dict[str, Any]) -> Line:
    """The line in which the page was reached."""
    request = context["request"]
    return Line.of(request.POST.get(FIELD, "") or request.GET.get(FIELD, ""))


@register.inclusion_tag("activities/judging/waiting.html", takes_context=True)
def waiting(context: dict[str, Any], assignment: Any, line: Line) -> dict[str, Any]:
    """The strip above what is reviewed; empty for whoever does not review it, and where nothing else waits."""
    request = context["request"]
    reviews = bool(assignment.pk) and may(request.user, "review", assignment)
    row = left(assignment, line, request.user) if reviews else None
    return {"assignment": assignment, "line": line, "left": row, "request": request}

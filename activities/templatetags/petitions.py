"""What was asked about an assignment, and what can be asked now."""

from typing import Any

from django import template

from activities.judging.petitions import why_not_ask, with_answers
from activities.states import PetitionState
from workflow.pages import may

register = template.Library()


@register.inclusion_tag("activities/judging/petition.html", takes_context=True)
def petitions_of(context: dict[str, Any], assignment: Any) -> dict[str, Any]:
    """The petitions of one assignment: those decided, the one that waits, and the way to ask."""
    user = context["request"].user
    rows = with_answers(assignment.petitions.select_related("asked_by")) if assignment.pk else []
    return {
        "assignment": assignment,
        "rows": rows,
        "waiting": next((row for row in rows if row.state == PetitionState.ASKED), None),
        "files": may(user, "file", assignment) and not context.get("visitor"),
        "decides": may(user, "change_terms", assignment),
        "askable": not why_not_ask(assignment),
        "csrf_token": context.get("csrf_token"),
    }

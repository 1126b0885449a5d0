"""What lies or lay before the head of the unit, for people of the unit alone."""

from typing import Any

from django import template

from activities.states import SIGNED_BY_HEAD, SigningState
from workflow.pages import may

register = template.Library()


@register.inclusion_tag("activities/filing/signing_of.html", takes_context=True)
def signing_of(context: dict[str, Any], assignment: Any) -> dict[str, Any]:
    """The newest time it lay before the head: still there, or returned with a reason."""
    user = context["request"].user
    asks = bool(assignment.pk) and assignment.kind in SIGNED_BY_HEAD and not context.get("visitor")
    newest = assignment.signings.select_related("asked_by").first() if asks and may(user, "file", assignment) else None
    return {
        "waits": newest if newest and newest.state == SigningState.WAITING and assignment.is_owed else None,
        "returned": newest if newest and newest.state == SigningState.RETURNED and assignment.is_owed else None,
        "releases": may(user, "release", assignment),
        "assignment": assignment,
    }

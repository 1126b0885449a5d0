"""Badges, icons and buttons of assignments."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from activities.available_actions import actions
from activities.states import AssignmentState, Kind, Standing

register = template.Library()

BADGES = {
    Standing.ON_TIME: "done",
    Standing.EXTENDED: "done",
    Standing.LATE: "late",
    Standing.OVERDUE: "overdue",
    Standing.RETURNED: "correct",
    Standing.DUE: "due",
    Standing.WAIVED: "waived",
    Standing.CLOSED: "waived",
}
ICONS = {
    Kind.RECEIPT: "pen",
    Kind.LIAISON: "person-vcard",
    Kind.PLAN: "calendar-check",
    Kind.SUMMARY: "journal-text",
    Kind.OTHER: "paperclip",
    Kind.DELIVERABLE: "bar-chart-steps",
    Kind.ROUND: "mic",
    Kind.PROGRESS: "activity",
    Kind.CASE: "award",
    Kind.COVERAGE: "newspaper",
    Kind.SLIP: "exclamation-diamond",
    Kind.QUESTION: "question-circle",
    Kind.DECISION: "check2-square",
}


@register.inclusion_tag("activities/judging/standing.html")
def standing(assignment: Any) -> dict[str, Any]:
    """The badge of an assignment: how it stands against its deadline."""
    stands = assignment.standing
    accepted = assignment.state == AssignmentState.ACCEPTED
    label = own_accord(assignment) if assignment.volunteered else stands.label
    return {"label": label, "style": BADGES[stands], "accepted": accepted}


def own_accord(assignment: Any) -> str:
    """What nobody asked for has no deadline to stand against: only its state."""
    return _("Not submitted") if assignment.state == AssignmentState.OPEN else str(assignment.get_state_display())


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind."""
    return ICONS[Kind(kind)]


@register.simple_tag
def actions_for(user: Any, assignment: Any) -> Any:
    """What this person can do with this assignment, and why not where it cannot be done."""
    return actions(user, assignment)

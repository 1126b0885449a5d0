"""What a person can do with an assignment now, and for what cannot be done: why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.visitor import Visitor
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from workflow.pages import may


@dataclass(frozen=True)
class Action:
    """A button: its deed, its label, and why it cannot be used (empty: it can)."""

    deed: str
    label: str
    style: str
    why: str = ""
    asks_reason: bool = False
    asks_again: str = ""
    """What is lost by it, said before a second press."""


def actions(user: Any, assignment: Assignment) -> list[Action]:
    """The buttons of this person: those of the unit, then those of the office; a visitor by link has none."""
    found: list[Action] = []
    if isinstance(user, Visitor):
        return found
    if may(user, "file", assignment) and assignment.volunteered and assignment.state == AssignmentState.OPEN:
        lost = _("What was typed is gone for good, and so are its photos and files.")
        found.append(Action("discard", _("Throw the draft away"), "outline-danger", asks_again=lost))
    elif may(user, "file", assignment) and (assignment.is_reviewed_kind or assignment.volunteered):
        found.append(Action("withdraw", _("Withdraw"), "outline-secondary", why_not_withdraw(assignment)))
    if assignment.kind == Kind.CASE and may(user, "review", assignment):
        found.append(Action("select-case", _("Select as a typical case"), "primary", why_not_select(assignment)))
    if may(user, "review", assignment):
        why = why_not_review(assignment)
        found.append(Action("accept", _("Accept"), "success", why))
        if assignment.state == AssignmentState.ACCEPTED:
            why = ""
        found.append(Action("return", _("Return"), "outline-danger", why, asks_reason=True))
    return found


def why_not_withdraw(assignment: Assignment) -> str:
    """Why the unit cannot take it back now."""
    return {
        AssignmentState.SUBMITTED: assignment.why_not_given_up(),
        AssignmentState.ACCEPTED: _("The office has accepted it. Ask the office to return it if it must change."),
        AssignmentState.WAIVED: _("It does not apply to your unit."),
        AssignmentState.CLOSED: _("It is no longer asked."),
    }.get(AssignmentState(assignment.state), _("Nothing has been filed that could be withdrawn."))


def why_not_select(assignment: Assignment) -> str:
    """Why the office cannot select this case now."""
    return "" if assignment.is_filed else _("The unit has not filed it yet.")


def why_not_review(assignment: Assignment) -> str:
    """Why the office cannot judge it now."""
    return {
        AssignmentState.SUBMITTED: "",
        AssignmentState.ACCEPTED: _("It is accepted already."),
        AssignmentState.RETURNED: _("It was returned; the unit has not filed again yet."),
        AssignmentState.WAIVED: _("It does not apply to this unit."),
        AssignmentState.CLOSED: _("It is no longer asked."),
    }.get(AssignmentState(assignment.state), _("The unit has not filed it yet."))

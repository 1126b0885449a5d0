"""What a person can do with an assignment now, and for what cannot be done: why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.visitor import Visitor
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from workflow.pages import may
from workflow.templatetags.clock import deadline


@dataclass(frozen=True)
class Action:
    """A button: its deed, its label, and why it cannot be used (empty: it can)."""

    deed: str
    label: str
    style: str
    why: str = ""
    asks_reason: str = ""
    """What the reason is for; empty: none is asked."""
    asks_again: str = ""
    """What is lost by it, said before a second press."""


def actions(user: Any, assignment: Assignment) -> list[Action]:
    """The buttons of this person: those of the unit, then those of the office; a visitor by link has none."""
    found: list[Action] = []
    if isinstance(user, Visitor):
        return found
    if may(user, "file", assignment) and assignment.before_head():
        found += before_head(user, assignment)
    elif may(user, "file", assignment) and assignment.volunteered and assignment.state == AssignmentState.OPEN:
        lost = _("What was typed is gone for good, and so are its photos and files.")
        found.append(Action("discard", _("Throw the draft away"), "outline-danger", asks_again=lost))
    elif may(user, "file", assignment) and (assignment.is_reviewed_kind or assignment.volunteered):
        found += taking_back(assignment)
    if assignment.kind == Kind.CASE and may(user, "review", assignment):
        found.append(Action("select-case", _("Select as a typical case"), "primary", why_not_select(assignment)))
    if may(user, "review", assignment):
        why = why_not_review(assignment)
        found.append(Action("accept", _("Accept"), "success", why))
        if assignment.state == AssignmentState.ACCEPTED:
            why = ""
        found.append(Action("return", _("Return"), "outline-danger", why, asks_reason=_("Reason for returning it")))
    return found


def before_head(user: Any, assignment: Assignment) -> list[Action]:
    """What lies before the head of the unit: the head passes it on or returns it; the officer takes it back."""
    if not may(user, "release", assignment):
        return [Action("take-from-head", _("Take it back from the head"), "outline-secondary")]
    why = assignment.why_not_filed()
    reason = _("Reason for returning it to the liaison officer")
    return [
        Action("pass-on", _("Pass it on to the office"), "success", why),
        Action("return-to-officer", _("Return to the liaison officer"), "outline-danger", asks_reason=reason),
    ]


def taking_back(assignment: Assignment) -> list[Action]:
    """The unit takes back what it filed while it can be filed again in time; later it asks the office to return it."""
    why, style = why_not_withdraw(assignment), "outline-secondary"
    again = ""
    if not why and not assignment.volunteered:
        last = {"at": deadline(assignment.last_moment)}
        again = _("It is owed again then. File it by %(at)s, or it counts as late.") % last
    found = [Action("withdraw", _("Withdraw"), style, why, asks_again=again)]
    if why and not why_not_ask_return(assignment):
        reason = _("What you want to correct")
        found.append(Action("ask-return", _("Ask the office to return it"), style, asks_reason=reason))
    return found


def why_not_ask_return(assignment: Assignment) -> str:
    """Why the unit cannot ask the office to return it: only what is filed and judged by the office can be returned."""
    if assignment.volunteered or not assignment.is_reviewed_kind or not assignment.is_filed:
        return _("Nothing has been filed that could be returned.")
    if assignment.petitions.waiting().exists():
        return _("Something is asked already and waits for the office.")
    return ""


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

"""Who may do what with an assignment."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities.states import AssignmentState


@predicate
def speaks_for_unit(user: Any, assignment: Any) -> bool:
    """Liaison officers and the head of the unit that owes it."""
    return user.is_in(assignment.unit_id, *UNIT_ROLES)


@predicate
def hosts(user: Any, assignment: Any) -> bool:
    return user.is_in(assignment.campaign.host_id, *HOST_ROLES)


@predicate
def staffs_office(user: Any, assignment: Any) -> bool:
    return user.is_in(assignment.campaign.host_id, *OFFICE_ROLES)


@predicate
def is_open(user: Any, assignment: Any) -> bool:
    return assignment.is_owed and not assignment.is_locked


@predicate
def is_submitted(user: Any, assignment: Any) -> bool:
    return assignment.state == AssignmentState.SUBMITTED


@predicate
def is_accepted(user: Any, assignment: Any) -> bool:
    return assignment.state == AssignmentState.ACCEPTED


@predicate
def needs_review(user: Any, assignment: Any) -> bool:
    return assignment.is_reviewed_kind


sees_assignment = speaks_for_unit | hosts
files = speaks_for_unit & is_open
withdraws = speaks_for_unit & is_submitted & needs_review
reviews = staffs_office & is_submitted & needs_review
reopens = staffs_office & is_accepted

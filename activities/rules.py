"""Who may do what with an assignment. Whether it is the moment for it is the table of states' question."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from accounts.visitor import Visitor
from campaigns.rules import signs_for_host as signs_for_host


@predicate
def speaks_for_unit(user: Any, assignment: Any) -> bool:
    """Liaison officers and the head of the unit that owes it."""
    return user.is_in(assignment.unit_id, *UNIT_ROLES)


@predicate
def heads_unit(user: Any, assignment: Any) -> bool:
    """The head of the unit that owes it, or a deputy."""
    return user.is_in(assignment.unit_id, Role.HEAD)


@predicate
def hosts(user: Any, assignment: Any) -> bool:
    return user.is_in(assignment.campaign.host_id, *HOST_ROLES)


@predicate
def staffs_office(user: Any, assignment: Any) -> bool:
    return user.is_in(assignment.campaign.host_id, *OFFICE_ROLES)


@predicate
def came_by_link(user: Any, assignment: Any) -> bool:
    """A visitor whose personal link names it."""
    return isinstance(user, Visitor) and user.files(assignment)


@predicate
def needs_review(user: Any, assignment: Any) -> bool:
    return assignment.is_reviewed_kind


sees_assignment = speaks_for_unit | hosts | came_by_link
files = speaks_for_unit | came_by_link
reviews = staffs_office & needs_review


@predicate
def staffs_link(user: Any, link: Any) -> bool:
    """Staff and signers of the office that made it."""
    return user.is_in(link.campaign.host_id, *OFFICE_ROLES)


@predicate
def judges_entry(user: Any, entry: Any) -> bool:
    """Staff and signers of the office to which it was reported."""
    return staffs_office(user, entry.assignment)


@predicate
def names_speaker(user: Any, appearance: Any) -> bool:
    """Whoever files for the unit invited; the office, which hears it by telephone."""
    host = appearance.round.activity.campaign.host_id
    return user.is_in(appearance.unit_id, *UNIT_ROLES) or user.is_in(host, *OFFICE_ROLES)


@predicate
def reported_entry(user: Any, entry: Any) -> bool:
    """Whoever files for the unit; a visitor only what came through a link."""
    return files(user, entry.assignment) and (entry.by is None or not isinstance(user, Visitor))


@predicate
def reads_for_host(user: Any, reading: Any) -> bool:
    """Staff and signers of the office for which the notice was read."""
    return user.is_in(reading.host_id, *OFFICE_ROLES)


@predicate
def sees_petition(user: Any, petition: Any) -> bool:
    return sees_assignment(user, petition.assignment)


@predicate
def decides_petition(user: Any, petition: Any) -> bool:
    """Staff and signers of the office that hosts the campaign."""
    return staffs_office(user, petition.assignment)


@predicate
def hosts_package(user: Any, package: Any) -> bool:
    """All people of the host, leaders among them: they see every filing."""
    return user.is_in(package.campaign.host_id, *HOST_ROLES)


@predicate
def hosts_reminder(user: Any, reminder: Any) -> bool:
    """All people of the host, leaders among them."""
    return user.is_in(reminder.campaign.host_id, *HOST_ROLES)


@predicate
def staffs_reminder(user: Any, reminder: Any) -> bool:
    """Staff and signers of the host."""
    return user.is_in(reminder.campaign.host_id, *OFFICE_ROLES)


@predicate
def is_sent_slip_to(user: Any, slip: Any) -> bool:
    """Whoever files for the unit to which a slip was issued."""
    return slip.issued_at is not None and user.is_in(slip.unit_id, *UNIT_ROLES)


@predicate
def drafts_slip(user: Any, slip: Any) -> bool:
    """Staff and signers, as long as it is a draft."""
    return slip.is_draft and user.is_in(slip.campaign.host_id, *OFFICE_ROLES)


sees_slip = hosts | is_sent_slip_to
withdraws_slip = signs_for_host | drafts_slip


@predicate
def staffs_meeting(user: Any, row: Any) -> bool:
    """Staff and signers of the office that convened the meeting it belongs to."""
    return staffs_office(user, row.meeting)


@predicate
def answers_invitation(user: Any, invitation: Any) -> bool:
    """Whoever files for the unit invited; the office, which hears it by telephone."""
    return user.is_in(invitation.unit_id, *UNIT_ROLES) or staffs_office(user, invitation.meeting)

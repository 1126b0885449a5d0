"""Who may do what with a campaign's figures and briefings."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES


@predicate
def hosts_briefing(user: Any, briefing: Any) -> bool:
    return user.is_in(briefing.campaign.host_id, *HOST_ROLES)


@predicate
def staffs_briefing(user: Any, briefing: Any) -> bool:
    return user.is_in(briefing.campaign.host_id, *OFFICE_ROLES)


@predicate
def was_sent_to(user: Any, briefing: Any) -> bool:
    units = user.units_as(*UNIT_ROLES)
    return briefing.circulated_at is not None and briefing.campaign.assignments.filter(unit__in=units).exists()


sees_briefing = hosts_briefing | was_sent_to


@predicate
def made_remark(user: Any, remark: Any) -> bool:
    """Nobody takes back what a colleague remarked."""
    return remark.by_id == user.pk and user.is_in(remark.summary.assignment.campaign.host_id, *OFFICE_ROLES)

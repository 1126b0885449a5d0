"""Who may do what with a campaign's figures and briefings."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Membership, Role


@predicate
def hosts_campaign_of(user: Any, row: Any) -> bool:
    """All people of the host of its campaign, leaders among them."""
    return user.is_in(row.campaign.host_id, *HOST_ROLES)


@predicate
def staffs_campaign_of(user: Any, row: Any) -> bool:
    """Staff and signers of the host of its campaign."""
    return user.is_in(row.campaign.host_id, *OFFICE_ROLES)


@predicate
def leads_campaign_of(user: Any, row: Any) -> bool:
    """Leaders of the host of its campaign."""
    return user.is_in(row.campaign.host_id, Role.LEADER)


@predicate
def was_sent_to(user: Any, briefing: Any) -> bool:
    units = user.units_as(*UNIT_ROLES)
    return briefing.circulated_at is not None and briefing.campaign.assignments.filter(unit__in=units).exists()


sees_briefing = hosts_campaign_of | was_sent_to


@predicate
def assesses(user: Any, scheme: Any) -> bool:
    """Who was named for it, as long as they are of the host."""
    return hosts_campaign_of(user, scheme) and scheme.assessors.filter(pk=user.pk).exists()


@predicate
def waves_criteria(user: Any, scheme: Any) -> bool:
    """An administrator of the host, and nobody who runs the campaign."""
    return user.is_in(scheme.campaign.host_id, Role.ADMIN)


@predicate
def is_evaluated(user: Any, scheme: Any) -> bool:
    """A unit that owes something, once the rules are published."""
    units = user.units_as(*UNIT_ROLES)
    return not scheme.is_draft and scheme.campaign.assignments.filter(unit__in=units).exists()


sees_scheme = hosts_campaign_of | is_evaluated | waves_criteria


@predicate
def made_remark(user: Any, remark: Any) -> bool:
    """Nobody takes back what a colleague remarked."""
    return remark.by_id == user.pk and user.is_in(remark.summary.assignment.campaign.host_id, *OFFICE_ROLES)


@predicate
def hosts_target(user: Any, target: Any) -> bool:
    """All people of the office that defined an indicator, leaders among them."""
    return user.is_in(target.host_id, *HOST_ROLES)


@predicate
def staffs_target(user: Any, target: Any) -> bool:
    """Staff and signers of the office that defined it."""
    return user.is_in(target.host_id, *OFFICE_ROLES)


@predicate
def staffs_target_of(user: Any, value: Any) -> bool:
    """Staff and signers of the office to which a value was reported."""
    return staffs_target(user, value.target)


@predicate
def speaks_for_value(user: Any, value: Any) -> bool:
    """Whoever files for the unit that reported it, or for the one it was merged into."""
    return any(user.is_in(unit, *UNIT_ROLES) for unit in (value.unit_id, value.unit.merged_into_id) if unit)


@predicate
def releases_figures(user: Any, campaign: Any) -> bool:
    """The head of the host; its signer where it has no head."""
    if user.is_in(campaign.host_id, Role.HEAD):
        return True
    return user.is_in(campaign.host_id, Role.SIGNER) and not has_head(campaign.host_id)


def has_head(unit: int) -> bool:
    """Whether somebody holds the role of its head."""
    return Membership.objects.held_now().filter(unit=unit, role=Role.HEAD, user__is_active=True).exists()

"""Who may do what with a campaign and its notices. Every right is relative to the campaign's host."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from campaigns.states import NoticeState


@predicate
def sees_campaign(user: Any, campaign: Any) -> bool:
    """The host's people; a unit to which an issued notice is addressed."""
    if user.is_in(campaign.host_id, *HOST_ROLES):
        return True
    units = user.units_as(*UNIT_ROLES)
    return campaign.notices.filter(state=NoticeState.ISSUED, addressees__in=units).exists()


@predicate
def runs_campaign(user: Any, campaign: Any) -> bool:
    """Staff and signers of the host."""
    return user.is_in(campaign.host_id, *OFFICE_ROLES)


@predicate
def oversees_campaign(user: Any, campaign: Any) -> bool:
    """All people of the host, leaders among them."""
    return user.is_in(campaign.host_id, *HOST_ROLES)


@predicate
def hosts_notice(user: Any, notice: Any) -> bool:
    return user.is_in(notice.campaign.host_id, *HOST_ROLES)


@predicate
def is_addressed(user: Any, notice: Any) -> bool:
    units = user.units_as(*UNIT_ROLES)
    return notice.state == NoticeState.ISSUED and notice.addressees.filter(pk__in=units).exists()


@predicate
def signs_for_host(user: Any, notice: Any) -> bool:
    return user.is_in(notice.campaign.host_id, Role.SIGNER)


@predicate
def staffs_host(user: Any, notice: Any) -> bool:
    return user.is_in(notice.campaign.host_id, *OFFICE_ROLES)


sees_notice = hosts_notice | is_addressed

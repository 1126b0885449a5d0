"""Who may do what with a campaign and its notices. Every right is relative to the campaign's host."""

from typing import Any

from rules import predicate

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from campaigns.states import WRITTEN, NoticeState

NOT_YET_SHOWN = (*WRITTEN, NoticeState.REVIEW)


@predicate
def sees_campaign(user: Any, campaign: Any) -> bool:
    """The host's people; a unit to which an issued notice is addressed."""
    if user.is_in(campaign.host_id, *HOST_ROLES):
        return True
    units = user.units_as(*UNIT_ROLES)
    return campaign.notices.filter(issued_at__isnull=False, addressees__in=units).exists()


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
    if not units or not notice.is_sent:
        return False
    return notice.addressees.filter(pk__in=units).exists() or notice.copy_to.filter(pk__in=units).exists()


@predicate
def signs_for_host(user: Any, notice: Any) -> bool:
    return user.is_in(notice.campaign.host_id, Role.SIGNER)


@predicate
def staffs_host(user: Any, notice: Any) -> bool:
    return user.is_in(notice.campaign.host_id, *OFFICE_ROLES)


@predicate
def signs_for_joint_body(user: Any, notice: Any) -> bool:
    """Signers of a body that issues the notice together with the host."""
    signs_for = user.units_as(Role.SIGNER)
    return any(body.unit_id in signs_for for body in notice.joint_bodies.all())


@predicate
def reads_for_joint_body(user: Any, notice: Any) -> bool:
    """People of a joint issuing body, from the countersigning on."""
    own = user.units_as(*HOST_ROLES)
    return notice.state not in NOT_YET_SHOWN and any(body.unit_id in own for body in notice.joint_bodies.all())


@predicate
def keeps_series(user: Any, series: Any) -> bool:
    """Staff and signers of the office that keeps a register of document numbers."""
    return bool(series.owner_id) and user.is_in(series.owner_id, *OFFICE_ROLES)


reviews_for_host = staffs_host
sees_notice = hosts_notice | is_addressed | reads_for_joint_body

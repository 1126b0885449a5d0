"""Campaigns of which nothing takes place: their notice was withdrawn, and nobody is writing another."""

from collections.abc import Collection

from activities.asking.handing_out import WITH_ACTIVITIES
from campaigns.models import Notice
from campaigns.states import NoticeState
from workflow.compiled import Compiled, any_of

STATES = Compiled(
    lambda campaigns: (
        Notice.objects.filter(any_of("campaign", campaigns), kind__in=WITH_ACTIVITIES)
        .order_by("pk")
        .values_list("campaign", "state")
    )
)
GONE = {NoticeState.WITHDRAWN, NoticeState.SUPERSEDED}


def called_off(campaigns: Collection[int]) -> set[int]:
    """Those of these campaigns whose notices were all withdrawn, after they were issued or before. One query."""
    states: dict[int, set[str]] = {}
    for campaign, state in STATES(campaigns=list(campaigns)) if campaigns else ():
        states.setdefault(campaign, set()).add(state)
    return {pk for pk, found in states.items() if NoticeState.WITHDRAWN in found and found <= GONE}

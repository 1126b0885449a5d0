"""Making a personal link for a unit that has no account."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.models import Assignment, PersonalLink
from campaigns.models import Campaign
from workflow import clock
from workflow.models import MoveRefused


@transaction.atomic
def make(
    campaign: Campaign,
    unit: Unit,
    assignments: Collection[Assignment],
    *,
    person: str,
    until: date,
    uses: int,
    by: Any,
) -> tuple[PersonalLink, str]:
    """Make a link.

    Arguments: the campaign; the unit; what of it may be filed; for whom; the last day; how often; who makes it.
    Returns: the link and its secret, which is shown once and kept nowhere.
    Raises: MoveRefused when nothing is chosen, or something that is not the unit's in this campaign.
    """
    if not assignments or any((row.unit_id, row.campaign_id) != (unit.pk, campaign.pk) for row in assignments):
        raise MoveRefused(_("A link opens what one unit owes in one campaign, and nothing else."))
    link = PersonalLink(
        campaign=campaign,
        unit=unit,
        person=person,
        expires_at=clock.end_of(until),
        uses=uses,
        made_by=by,
        made_at=clock.now(),
    )
    secret = link.make_secret()
    link.save()
    link.assignments.set(assignments)
    return link, secret

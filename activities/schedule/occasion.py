"""An activity is moved to other days or another place: the calendar shows it, and who takes part is told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from activities.models import Activity
from campaigns.finding import OVER
from campaigns.models import Campaign, Notice
from campaigns.states import IN_FORCE
from workflow.models import MoveRefused
from workflow.telling import notify

SHOWN = ("starts_on", "ends_on", "place")
"""What units are told of when it changes; which leaders come is the office's."""


def why_not(campaign: Campaign) -> str:
    """Why nothing can be moved any more; empty when it can."""
    return _("The campaign is closed.") if campaign.state in OVER else ""


@transaction.atomic
def hold(activity: Activity, values: Mapping[str, Any]) -> bool:
    """Write when and where it takes place. Arguments: the activity, locked and as it stood; the new values.

    Returns: whether units were told, which they are once the notice is issued. Raises: MoveRefused.
    """
    if why := why_not(activity.campaign):
        raise MoveRefused(why)
    moved = any(getattr(activity, name) != values[name] for name in SHOWN)
    Activity.objects.filter(pk=activity.pk).update(**values)
    for name, value in values.items():
        setattr(activity, name, value)
    in_force = Notice.objects.filter(campaign=activity.campaign_id, state__in=IN_FORCE)
    if moved and in_force.exists():
        tell(activity)
        return True
    return False


def tell(activity: Activity) -> None:
    """One message to each person who files for a unit that takes part."""
    notify(
        User.objects.speaking_for(activity.participations.values("unit"), *UNIT_ROLES),
        gettext_noop("Other day or place: %(what)s."),
        key=f"held-{activity.pk}-{timezone.now():%Y%m%d%H%M%S%f}",
        url=activity.get_absolute_url(),
        what=activity.title,
    )

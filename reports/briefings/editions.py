"""Building and circulating the briefing."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import UNIT_ROLES, Role
from campaigns.models import Campaign
from reports.models import Briefing, BriefingState
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify


def build(campaign: Campaign, *, by: Any) -> Briefing:
    """Begin a new edition. A second press finds the one at work.

    Arguments: the campaign, who asks. Returns: the edition, queued.
    Raises: MoveRefused when no notice has been issued, so that nothing is owed yet.
    """
    if not campaign.assignments.exists():
        raise MoveRefused(_("Nothing is owed yet: the notice has not been issued."))
    try:
        with transaction.atomic():
            last = campaign.briefings.aggregate(last=Max("edition"))["last"] or 0
            briefing = Briefing.objects.create(campaign=campaign, edition=last + 1, made_by=by)
            briefing.hint()
    except IntegrityError:
        return campaign.briefings.filter(state__in=[BriefingState.QUEUED, BriefingState.RUNNING]).get()
    return briefing


@transaction.atomic
def retry(briefing: Briefing, *, by: Any, gaps: bool = False) -> None:
    """Queue a failed edition again.

    Arguments: the edition, who asks, whether chapters that cannot be set leave a marked gap.
    Raises: MoveRefused, also while another edition is being built.
    """
    try:
        with transaction.atomic():
            briefing.retry(by=by)
            Briefing.objects.filter(pk=briefing.pk).update(gaps=gaps)
    except IntegrityError as error:
        raise MoveRefused(_("Another edition is being built. Try again when it is done.")) from error
    briefing.hint()


@transaction.atomic
def circulate(briefing: Briefing, *, by: Any) -> int:
    """Open an edition to every unit of the campaign and tell its people and the leaders.

    Arguments: the edition, who circulates. Returns: how many people were told. Raises: MoveRefused.
    """
    briefing.move(BriefingState.CIRCULATED, by=by, circulated_at=clock.now())
    units = Unit.objects.filter(assignments__campaign=briefing.campaign)
    readers = User.objects.speaking_for(units, *UNIT_ROLES)
    leaders = User.objects.speaking_for([briefing.campaign.host_id], Role.LEADER)
    people = list((readers | leaders).distinct())
    notify(
        people,
        gettext_noop("The briefing of %(campaign)s is ready to read."),
        key=f"briefing-{briefing.pk}",
        url=briefing.get_absolute_url(),
        campaign=briefing.campaign.title,
    )
    return len(people)

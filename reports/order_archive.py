"""Asking for the package of a campaign for the file room."""

from typing import Any

from django.db import transaction

from campaigns.models import Campaign
from reports.models import Archive, ArchiveOf
from workflow.models import JobState


@transaction.atomic
def order(campaign: Campaign, *, by: Any, what: str = ArchiveOf.EVERYTHING) -> Archive:
    """Ask for a package; a second press finds the one at work.

    Arguments: the campaign, who asks, what it holds. Returns: the job.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    same = Archive.objects.filter(campaign=campaign, what=what)
    at_work = same.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    if at_work:
        return at_work
    archive = Archive.objects.create(campaign=campaign, made_by=by, what=what)
    archive.hint()
    return archive

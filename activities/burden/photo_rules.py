"""The office says with which filings of a campaign photos are demanded."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import CampaignPhotos
from activities.models.demand import MOST_PHOTOS
from activities.states import Kind
from campaigns.models import Campaign
from workflow.models import MoveRefused


@transaction.atomic
def demand_photos(campaign: Campaign, wanted: Mapping[str, Mapping[str, Any]]) -> None:
    """Demand these photos and no others. Once a notice went out, less may be asked, not more.

    Arguments: the campaign; what is demanded, by the kind of filing. Raises: MoveRefused.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    there = {row.kind: row for row in CampaignPhotos.objects.filter(campaign=campaign)}
    if campaign.notices.exclude(issued_at=None).exists():
        for kind, asks in wanted.items():
            insist_no_more(kind, asks, there.get(kind))
    CampaignPhotos.objects.filter(campaign=campaign).exclude(kind__in=wanted).delete()
    for kind, asks in wanted.items():
        CampaignPhotos.objects.update_or_create(campaign=campaign, kind=kind, defaults=asks)


def insist_no_more(kind: str, asks: Mapping[str, Any], row: CampaignPhotos | None) -> None:
    """Raises: MoveRefused where units that owe a filing already would have to bring more, or could bring fewer."""
    least, most = (row.least or 0, row.most or MOST_PHOTOS) if row else (0, MOST_PHOTOS)
    if (asks["least"] or 0) > least or (asks["most"] or MOST_PHOTOS) < most:
        said = _("%(kind)s: the notice is issued. Photos can be made optional now, not demanded.")
        raise MoveRefused(said % {"kind": Kind(kind).label})

"""States of a campaign and of a notice, and where each may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    CLOSED = "closed", _("Closed")


CAMPAIGN_MOVES: dict[str, set[str]] = {
    CampaignState.PLANNED: {CampaignState.UNDER_WAY},
    CampaignState.UNDER_WAY: {CampaignState.CLOSED},
    CampaignState.CLOSED: {CampaignState.UNDER_WAY},
}


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")


NOTICE_MOVES: dict[str, set[str]] = {
    NoticeState.DRAFT: {NoticeState.ISSUED},
    NoticeState.ISSUED: set(),
}

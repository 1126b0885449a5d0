"""States of a campaign, a notice and a countersignature, and where each may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


CAMPAIGN_MOVES: dict[str, set[str]] = {
    CampaignState.PLANNED: {CampaignState.UNDER_WAY},
    CampaignState.UNDER_WAY: {CampaignState.CLOSED},
    CampaignState.CLOSED: {CampaignState.UNDER_WAY, CampaignState.ARCHIVED},
    CampaignState.ARCHIVED: {CampaignState.CLOSED},
}


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    RETURNED = "returned", _("Returned to the author")
    REVIEWED = "reviewed", _("Reviewed")
    COUNTERSIGNED = "countersigned", _("Countersigned")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Issued")
    CORRECTED = "corrected", _("Corrected")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NOTICE_MOVES: dict[str, set[str]] = {
    NoticeState.DRAFT: {NoticeState.REVIEW},
    NoticeState.REVIEW: {NoticeState.DRAFT, NoticeState.RETURNED, NoticeState.REVIEWED},
    NoticeState.RETURNED: {NoticeState.REVIEW},
    NoticeState.REVIEWED: {NoticeState.COUNTERSIGNED, NoticeState.RETURNED, NoticeState.SIGNED},
    NoticeState.COUNTERSIGNED: {NoticeState.RETURNED, NoticeState.SIGNED},
    NoticeState.SIGNED: {NoticeState.ISSUED, NoticeState.WITHDRAWN},
    NoticeState.ISSUED: {NoticeState.CORRECTED, NoticeState.SUPERSEDED, NoticeState.WITHDRAWN},
    NoticeState.CORRECTED: {NoticeState.SUPERSEDED, NoticeState.WITHDRAWN},
    NoticeState.SUPERSEDED: set(),
    NoticeState.WITHDRAWN: set(),
}

WRITTEN = (NoticeState.DRAFT, NoticeState.RETURNED)
"""States in which the text can be changed; from review on it stays as it was read."""
IN_FORCE = (NoticeState.ISSUED, NoticeState.CORRECTED)
"""Issued and still binding."""


class JointState(models.TextChoices):
    WAITING = "waiting", _("Not yet countersigned")
    ACCEPTED = "accepted", _("Countersigned")
    RETURNED = "returned", _("Returned")


JOINT_MOVES: dict[str, set[str]] = {
    JointState.WAITING: {JointState.ACCEPTED, JointState.RETURNED},
    JointState.ACCEPTED: {JointState.WAITING},
    JointState.RETURNED: {JointState.WAITING},
}

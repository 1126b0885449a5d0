"""The lists of this room before one person, found again by name: by a page, and by a worker that writes it as Excel."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse

from activities.judging.lists.filed import FILED, OWN, Filed
from activities.judging.lists.owed import OWED
from activities.judging.lists.petitions import PETITIONS, Petitions
from activities.judging.lists.receipts import RECEIPTS, Receipts
from activities.judging.lists.source import Assignments, before_office, before_unit
from campaigns.finding import campaign_for, notice_for
from campaigns.models import Campaign, Notice
from workflow.pages import may
from workflow.sheets.asked import Page


def owed(user: Any, scope: Mapping[str, Any]) -> Page:
    """What is owed in a campaign. Raises: Http404."""
    campaign = campaign_for(user, scope["campaign"])
    home = reverse("activities:assignments", args=[campaign.pk])
    return Page(OWED, owed_in(user, campaign), str(campaign), home)


def owed_in(user: Any, campaign: Campaign) -> Assignments:
    """The assignments of a campaign before this person."""
    if may(user, "oversee", campaign):
        return before_office(user, campaign, runs=may(user, "change", campaign))
    return before_unit(user, Q(campaign=campaign.pk))


def filed(user: Any, scope: Mapping[str, Any]) -> Page:
    """What was filed in a campaign. Raises: Http404."""
    campaign = campaign_for(user, scope["campaign"])
    home = reverse("activities:filings", args=[campaign.pk])
    return Page(FILED, filed_in(user, campaign), str(campaign), home)


def filed_in(user: Any, campaign: Campaign) -> Filed:
    """The filings of a campaign before this person."""
    oversees = may(user, "oversee", campaign)
    rows = before_office(user, campaign, runs=False) if oversees else before_unit(user, Q(campaign=campaign.pk))
    return Filed.among(rows, {campaign.pk: campaign})


def receipts(user: Any, scope: Mapping[str, Any]) -> Page:
    """Who has signed for a notice. Raises: Http404, PermissionDenied."""
    notice = notice_for(user, scope["notice"])
    if not may(user, "oversee", notice.campaign):
        raise PermissionDenied
    home = reverse("activities:receipts", args=[notice.pk])
    return Page(RECEIPTS, receipts_in(user, notice), str(notice.number), home)


def receipts_in(user: Any, notice: Notice) -> Receipts:
    """The receipts of a notice before this person."""
    return Receipts.of_notice(user, notice, runs=may(user, "change", notice))


def petitions(user: Any, scope: Mapping[str, Any]) -> Page:
    """What units ask in a campaign. Raises: Http404, PermissionDenied."""
    campaign = campaign_for(user, scope["campaign"])
    if not may(user, "oversee", campaign):
        raise PermissionDenied
    home = reverse("activities:petitions", args=[campaign.pk])
    return Page(PETITIONS, Petitions.before(user, campaign), str(campaign), home)


def own(user: Any, _scope: Mapping[str, Any]) -> Page:
    """All that the person's units have filed in any year."""
    return Page(OWN, own_filings(user), "", reverse("activities:own-filings"))


def own_filings(user: Any) -> Filed:
    """The filings of the person's units in any year."""
    rows = before_unit(user, Q())
    numbers = rows.sheet.masks["campaign"]
    return Filed.among(rows, {row.pk: row for row in Campaign.objects.filter(pk__in=list(numbers))})

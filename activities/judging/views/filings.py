"""What was filed in a campaign; and all that the person's units have filed, in any year."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.judging.filed_versions import units_to_send
from activities.judging.lists.filed import FILED, OWN, Filed
from activities.judging.lists.source import before_office, before_unit
from activities.models import Assignment
from activities.states import AssignmentState
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from workflow.listing.shown import shown
from workflow.pages import may
from workflow.sheets.listing import excel_of


@require_safe
def filings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filed, newest first, with how many photos and files; and what the person's units have begun."""
    campaign = campaign_of(request, pk)
    user: Any = request.user
    own, oversees = user.units_as(*UNIT_ROLES), may(user, "oversee", campaign)
    rows = before_office(user, campaign, runs=False) if oversees else before_unit(user, Q(campaign=campaign.pk))
    source = Filed.among(rows, {campaign.pk: campaign})
    if request.GET.get("excel"):
        return excel_of(request, FILED, source, str(campaign))
    begun = Assignment.objects.of_units_of(user).filter(campaign=campaign, volunteered=True, state=AssignmentState.OPEN)
    context = {
        "campaign": campaign,
        "shown": shown(request, FILED, source, excel=True),
        "begun": begun.listed() if own else [],
        "oversees": oversees,
        "own": bool(own),
        "names_units": oversees or len(own) > 1,
        "senders": units_to_send(user, campaign),
    }
    return render(request, "activities/judging/filings.html", context)


@require_safe
def own_filings(request: HttpRequest) -> HttpResponse:
    """All that the person's units have filed in any year, each with the number of its receipt; to be printed."""
    user: Any = request.user
    rows = before_unit(user, Q())
    numbers = rows.sheet.masks["campaign"]
    source = Filed.among(rows, {row.pk: row for row in Campaign.objects.filter(pk__in=list(numbers))})
    if request.GET.get("excel"):
        return excel_of(request, OWN, source, str(OWN.label))
    context = {"shown": shown(request, OWN, source, excel=True), "units": list(rows.units.units.values())}
    return render(request, "activities/judging/own_filings.html", context)

"""What was filed in a campaign; and all that the person's units have filed, in any year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.judging.filed_versions import units_to_send
from activities.judging.lists import before
from activities.judging.lists.filed import FILED, OWN
from activities.models import Assignment
from activities.states import AssignmentState
from campaigns.finding import campaign_of
from workflow.listing.shown import shown
from workflow.pages import may
from workflow.sheets.export_views import excel_of


@require_safe
def filings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filed, newest first, with how many photos and files; and what the person's units have begun."""
    if request.GET.get("excel"):
        return excel_of(request, "filed", {"campaign": pk})
    campaign = campaign_of(request, pk)
    user: Any = request.user
    own, oversees = user.units_as(*UNIT_ROLES), may(user, "oversee", campaign)
    source = before.filed_in(user, campaign)
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
    if request.GET.get("excel"):
        return excel_of(request, "own", {})
    source = before.own_filings(request.user)
    context = {"shown": shown(request, OWN, source, excel=True), "units": list(source.units.units.values())}
    return render(request, "activities/judging/own_filings.html", context)

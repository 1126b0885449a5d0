"""All that a unit has filed in a campaign, and what it has begun."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.judging.filed_list import Sought, page_of_filed
from activities.judging.filed_versions import units_to_send
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from campaigns.finding import campaign_of
from workflow.pages import may, number, words


@require_safe
def filings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filed, newest first, with how many photos and files; the office finds a unit by any of its names."""
    campaign = campaign_of(request, pk)
    user: Any = request.user
    own, oversees = user.units_as(*UNIT_ROLES), may(user, "oversee", campaign)
    kind, name, unit = words(request.GET, "kind"), words(request.GET, "q"), number(words(request.GET, "unit"))
    sought = Sought(kind if kind in Kind.values else "", name, unit, None if oversees else own)
    begun = Assignment.objects.of_units_of(user).filter(campaign=campaign, volunteered=True, state=AssignmentState.OPEN)
    context = {
        "campaign": campaign,
        "page": page_of_filed(campaign.pk, sought, request.GET.get("page")),
        "kind": kind,
        "begun": begun.listed() if own else [],
        "oversees": oversees,
        "names_units": oversees or len(own) > 1,
        "name": name,
        "unit": unit,
        "senders": units_to_send(user, campaign),
    }
    return render(request, "activities/judging/filings.html", context)

"""Assignments: the list of what is owed, and the deeds that need no form of their own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.judging.lists.before import owed_in
from activities.judging.lists.owed import OWED, REVIEW
from activities.judging.next_waiting import Line
from activities.judging.views.bulk import DEEDS
from activities.models import Assignment
from activities.models.quota import open_unreached
from campaigns.finding import campaign_of
from workflow.listing.shown import shown
from workflow.pages import may, require, told, visible
from workflow.sheets.export_views import excel_of


@require_safe
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed in a campaign, narrowed as the address says; the most urgent first."""
    if request.GET.get("excel"):
        return excel_of(request, "owed", {"campaign": pk})
    campaign = campaign_of(request, pk)
    user: Any = request.user
    runs, oversees = may(user, "change", campaign), may(user, "oversee", campaign)
    source = owed_in(user, campaign)
    if runs and request.GET.get("standing") == REVIEW:
        source.address = Line.of(urlencode(OWED.chosen(request.GET))).at
    context = {
        "campaign": campaign,
        "shown": shown(
            request,
            OWED,
            source,
            DEEDS if runs else (),
            reverse("activities:bulk-deed", args=[campaign.pk]),
            excel=True,
        ),
        "runs": runs,
        "oversees": oversees,
        "own": {} if oversees else {each.unit_id: each.unit for each in user.held if each.role in UNIT_ROLES},
    }
    return render(request, "activities/judging/assignments.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes it back."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    with told(request, _("It was withdrawn. It is owed again until you submit it.")):
        assignment.withdraw(by=request.user)
        open_unreached(assignment, by=request.user)
    return redirect(assignment)

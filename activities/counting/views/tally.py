"""The tally of a campaign: what all units have reported, task by task and unit by unit."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Unit
from activities.counting.tally import NOT_ASKED, campaign_tally, unit_tallies
from activities.models import Activity, Assignment
from activities.states import OWED, Kind
from campaigns.models import Campaign
from workflow.pages import require, visible

PAGE = 50


@require_safe
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """What all units together have reported, task by task."""
    campaign = visible(Campaign, request, pk=pk)
    require(request, "oversee", campaign)
    return render(request, "activities/counting/tally.html", {"campaign": campaign, "tasks": campaign_tally(campaign)})


@require_safe
def task_tally(request: HttpRequest, pk: int) -> HttpResponse:
    """What each unit has reported of one task; all of them, or those that have not filed yet."""
    row = visible(Activity.objects.select_related("campaign"), request, pk=pk)
    require(request, "oversee", row.campaign)
    owing = Assignment.objects.filter(activity=row, kind=Kind.DELIVERABLE).exclude(state__in=NOT_ASKED)
    only_missing = "missing" in request.GET
    if only_missing:
        owing = owing.filter(state__in=OWED)
    units = Unit.objects.filter(pk__in=owing.values("unit")).order_by("order", "pk").values_list("pk", "name")
    page = Paginator(units, PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": row.campaign,
        "activity": row,
        "tasks": campaign_tally(row.campaign, row),
        "asked": row.deliverables.all(),
        "page": page,
        "units": unit_tallies(row, list(page)),
        "only_missing": only_missing,
    }
    return render(request, "activities/counting/task_tally.html", context)

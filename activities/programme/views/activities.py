"""The activities of a campaign."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.judging.filed_versions import of_activity, units_to_send
from activities.models import Activity
from activities.models.activity import ActivityKind, Scope
from campaigns.models import Campaign
from workflow.pages import visible, words

PAGE = 100


@require_safe
def activities(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, found by words of title, place or unit, and by kind."""
    campaign = visible(Campaign, request, pk=pk)
    sought, kind = words(request.GET, "q"), request.GET.get("kind", "")
    rows = Activity.objects.filter(campaign=campaign).select_related("owner")
    if sought:
        named = Q(title__icontains=sought) | Q(place__icontains=sought) | Q(units__name__icontains=sought)
        rows = rows.filter(named).distinct()
    if kind in ActivityKind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(rows.for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "sought": sought,
        "kind": kind,
        "kinds": ActivityKind.choices,
        "common": Scope.COMMON,
    }
    return render(request, "activities/programme/activities.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what, when, where, who; and the plans the person may see."""
    rows = Activity.objects.select_related("campaign", "owner").for_list()
    rows = rows.prefetch_related("deliverables__windows", "rounds")
    found = visible(rows, request, pk=pk)
    shelf = of_activity(request.user, found)
    context = {
        "activity": found,
        "campaign": found.campaign,
        "assignments": shelf.owed,
        "shelf": shelf,
        "senders": units_to_send(request.user, found.campaign),
    }
    return render(request, "activities/programme/activity.html", context)

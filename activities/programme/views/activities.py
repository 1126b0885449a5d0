"""The activities of a campaign."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.judging.filed_versions import of_activity, units_to_send
from activities.models import Activity
from activities.models.activity import ActivityKind
from activities.programme.activity_list import page_of_activities, with_names
from campaigns.finding import campaign_of
from workflow.pages import visible, words

PAGE = 100


@require_safe
def activities(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, found by words of title, place or unit, and by kind."""
    campaign = campaign_of(request, pk)
    sought, kind = words(request.GET, "q"), request.GET.get("kind", "")
    kind = kind if kind in ActivityKind.values else ""
    page = page_of_activities(campaign.pk, PAGE, request.GET.get("page"), kind=kind, words=sought)
    with_names([row for row in page.object_list if row.owner is None])
    context = {"campaign": campaign, "page": page, "sought": sought, "kind": kind}
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

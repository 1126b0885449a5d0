"""Campaigns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Notice
from workflow.pages import visible


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns this person can see, newest first."""
    rows = Campaign.objects.visible_to(request.user).select_related("host")
    return render(request, "campaigns/campaigns.html", {"campaigns": rows})


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: theme, slogans, focal points, requirements, notices."""
    rows = Campaign.objects.select_related("host").prefetch_related("points", "slogans")
    found = visible(rows, request, pk=pk)
    notices = Notice.objects.visible_to(request.user).filter(campaign=found).select_related("document_number")
    return render(request, "campaigns/campaign.html", {"campaign": found, "notices": notices})

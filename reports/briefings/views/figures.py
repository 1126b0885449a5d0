"""Where the figures of a briefing come from: unit by unit, as a page and as Excel; and the one page for leaders."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.briefings.facts import facts, totals
from reports.briefings.leaders import leaders_page
from reports.briefings.moment import stood
from reports.briefings.tables_out import workbook
from workflow import clock
from workflow.pages import require
from workflow.sheets.listing import XLSX


def overseen(request: HttpRequest, pk: int) -> Campaign:
    """A campaign of the person's own office. Raises: Http404, PermissionDenied."""
    campaign: Campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    return campaign


@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure with its source: each unit's own, with the summary it stands in."""
    campaign = overseen(request, pk)
    shows = stood(campaign)
    with translation.override("zh-hans"):
        known = list(facts(shows).values())
    context = {"campaign": campaign, "stood": shows, "totals": totals(shows), "known": known}
    return render(request, "reports/briefings/figures.html", context)


@require_safe
def figures_excel(request: HttpRequest, pk: int) -> FileResponse:
    """All tables as a workbook."""
    campaign = overseen(request, pk)
    name = f"{campaign.title} {clock.today():%Y-%m-%d}.xlsx"
    return FileResponse(io.BytesIO(workbook(stood(campaign))), as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def leaders(request: HttpRequest, pk: int) -> HttpResponse:
    """The one page for leaders: printed it is one A4."""
    campaign = overseen(request, pk)
    context = {"campaign": campaign, "page": leaders_page(stood(campaign))}
    return render(request, "reports/briefings/leaders.html", context)

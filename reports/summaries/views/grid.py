"""All units and how far each is with its summary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.finding import campaign_of
from reports.summaries.grid import page_before
from workflow.listing.shown import shown
from workflow.pages import require
from workflow.sheets.export_views import excel_of


@require_safe
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """The units, narrowed as the address says; what needs somebody first."""
    if request.GET.get("excel"):
        return excel_of(request, "summaries", {"campaign": pk})
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    page = page_before(request.user, {"campaign": pk})
    context = {"campaign": campaign, "shown": shown(request, page.listing, page.source, excel=True)}
    return render(request, "reports/summaries/grid.html", context)

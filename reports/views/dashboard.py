"""The leaders' page: what is done, late, missing, by unit and by kind, on one page."""

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.models import Campaign
from reports.figures import campaign_figures, fresh, unit_figures
from workflow.pages import require, visible

PAGE = 30


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures of the campaign and of its units, those with most overdue first."""
    campaign = visible(Campaign.objects.select_related("host"), request, pk=pk)
    require(request, "oversee", campaign)
    figures = fresh(campaign, "campaign", lambda: campaign_figures(campaign))
    pages = Paginator(range(figures.units), PAGE)
    try:
        page = pages.page(int(request.GET.get("page", "1")))
    except (ValueError, EmptyPage):
        page = pages.page(1)
    start = (page.number - 1) * PAGE
    units = fresh(campaign, f"units-{start}", lambda: unit_figures(campaign, start, start + PAGE))
    context = {"campaign": campaign, "figures": figures, "units": units, "page": page}
    return render(request, "reports/dashboard.html", context)

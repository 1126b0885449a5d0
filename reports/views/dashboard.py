"""The leaders' page: what is done, late, missing, by unit and by kind, on one page."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.figures import CampaignFigures, campaign_figures, unit_figures
from workflow.fresh import fresh
from workflow.pages import require

PAGE = 30


@dataclass(frozen=True)
class Board:
    """The figures and their tables as printed: the same for everybody who may see them, so they are kept together."""

    figures: CampaignFigures
    page: "Page[int]"
    tables: str


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures of the campaign and of its units, those with most overdue first."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    found = fresh(f"board:{pk}:{number}:{get_language()}", lambda: board(campaign, number))
    return render(request, "reports/dashboard.html", {"campaign": campaign, **vars(found)})


def board(campaign: Campaign, number: int) -> Board:
    """The board of one page of units."""
    figures = campaign_figures(campaign)
    page = Paginator(range(figures.units), PAGE).get_page(number)
    start = (page.number - 1) * PAGE
    units = unit_figures(campaign, start, min(start + PAGE, figures.units))
    context = {"campaign": campaign, "figures": figures, "units": units}
    return Board(figures, page, render_to_string("reports/tables.html", context))

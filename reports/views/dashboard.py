"""The leaders' page: what is done, late, missing, by unit and by kind; of any evening, narrowed as its address says."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models.units import UnitLevel
from activities.adopting.coverage import nobodys
from activities.states import Kind, Standing
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports import board_parts
from reports.changed import changed, longest_overdue, rows_of, rows_that_stood
from reports.figures import CampaignFigures, campaign_figures, unit_figures
from reports.past import branch, figures_of, worst_units
from reports.scope import TREE, Scope, asked, groups_of, since
from workflow.fresh import fresh
from workflow.pages import require

PAGE = 50
CHOICES = {"levels": UnitLevel.choices, "kinds": Kind.choices}
"""What the page may be narrowed to, beside the groups of the office."""
MOST = 20_000
"""So many rows are read for one figure at most."""


@dataclass(frozen=True)
class Board:
    """The figures and their tables as printed: the same for everybody who may see them, so they are kept together."""

    figures: CampaignFigures
    page: "Page[int]"
    narrowed: str
    """What the page may be narrowed to, and what it is."""
    tables: str


def page_number(request: HttpRequest) -> int:
    """Which page is asked for; one that cannot be is the first."""
    given = request.GET.get("page", "1")
    return int(given) if given.isdecimal() and len(given) < 5 else 1


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures of the campaign and of its units, those with most overdue first."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    found, number = asked(campaign, request.GET), page_number(request)
    name = f"board:{found.scope.key}:{number}:{get_language()}"
    kept = fresh(name, lambda: board(campaign, found.scope, number))
    context = {"campaign": campaign, "scope": found.scope, "wrong": found.wrong, **vars(kept)}
    context["of_nobody"] = nobodys(campaign)  # decided without a line of the log, so never kept
    return render(request, "reports/dashboard.html", context)


def board(campaign: Campaign, scope: Scope, number: int) -> Board:
    """The board of one page of units."""
    plain = scope.is_plain
    figures = campaign_figures(campaign) if plain else figures_of(scope)
    context: dict[str, Any] = {"campaign": campaign, "figures": figures, "scope": scope, "tree": None}
    if scope.by == TREE:
        tree = branch(scope, (number - 1) * PAGE, number * PAGE)
        page = Paginator(range(tree.number), PAGE).get_page(number)
        context |= {"units": tree.rows, "tree": tree}
    else:
        page = Paginator(range(figures.units), PAGE).get_page(number)
        start, stop = (page.number - 1) * PAGE, min(page.number * PAGE, figures.units)
        context["units"] = unit_figures(campaign, start, stop) if plain else worst_units(scope, start, stop)
    context |= beside(campaign, scope) if page.number == 1 else {}
    offered = {**CHOICES, "groups": groups_of(campaign).values_list("pk", "name")}
    narrowed = render_to_string("reports/narrowed.html", {"campaign": campaign, "scope": scope, **offered})
    return Board(figures, page, narrowed, render_to_string("reports/tables.html", context))


def beside(campaign: Campaign, scope: Scope) -> dict[str, Any]:
    """What stands on the first page beside the tallies."""
    return {
        "course": board_parts.course_chart(scope, campaign),
        "programme": board_parts.programme(campaign, scope.day),
        "week": board_parts.week(scope, campaign) if scope.on is None else None,
        "longest": longest_overdue(scope),
        "cases": board_parts.newest_cases(scope),
        "photos": board_parts.newest_photos(scope),
        "indicators": board_parts.indicators(campaign) if scope.on is None else [],
        "is_first": True,
    }


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since an evening: which figures moved, who came in, what fell overdue."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    found = asked(campaign, request.GET)
    wrong = list(found.wrong)
    day = since(found.scope, campaign, request.GET.get("since", ""), wrong)
    kept = fresh(f"changed:{found.scope.key}:{day}", lambda: changed(found.scope, day))
    context = {"campaign": campaign, "scope": found.scope, "wrong": wrong, "changed": kept}
    return render(request, "reports/changes.html", context)


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignments behind a figure of a scope, as they stood on its evening."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    found = asked(campaign, request.GET)
    standing, wrong = request.GET.get("standing", ""), list(found.wrong)
    if standing not in (*Standing.values, "filed", ""):
        standing = ""
        wrong.append(_("There is no such standing."))
    many = rows_of(found.scope).count() > MOST
    if many:
        wrong.append(_("Too many to be listed at once: please choose a unit or a kind."))
    stood = [] if many else rows_that_stood(found.scope, standing)
    page = Paginator(stood, PAGE).get_page(page_number(request))
    context = {"campaign": campaign, "scope": found.scope, "wrong": wrong, "page": page, "standing": standing}
    return render(request, "reports/stood.html", context)

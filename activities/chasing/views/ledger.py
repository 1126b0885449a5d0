"""The ledger of a campaign, and of a unit: both sides see the same."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities.chasing import ledger
from activities.models import Assignment
from campaigns.finding import campaign_of
from workflow.pages import number, require

PAGE = 50


@require_safe
def of_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Every message that went out in a campaign; the address may name a unit."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    unit = Unit.objects.filter(pk=number(request.GET.get("unit"))).first()
    context = {"campaign": campaign, "unit": unit, "runs": True}
    return shown(request, ledger.letters(request.user, campaign=campaign, unit=unit), context)


@require_safe
def of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every message to the people of a unit: for themselves, for who looks after it and for whom it owes something."""
    unit = get_object_or_404(Unit, pk=pk)
    user: Any = request.user
    is_own = user.is_in(unit, *UNIT_ROLES) or unit.kept_by_id in user.units_as(*HOST_ROLES)
    if not is_own and not Assignment.objects.visible_to(user).filter(unit=unit).exists():
        raise Http404
    return shown(request, ledger.letters(user, unit=unit), {"unit": unit})


def shown(request: HttpRequest, rows: Any, context: dict[str, Any]) -> HttpResponse:
    """A page of the ledger."""
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = ledger.entries(page.object_list, request.user, context["unit"])
    template = "activities/chasing/ledger.html" if "campaign" in context else "activities/chasing/unit_ledger.html"
    return render(request, template, context | {"page": page, "entries": found})

"""Assignments: the list of what is owed, and the deeds that need no form of their own."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.judging.list_filter import ALIKE, NAMES, sifted
from activities.judging.next_waiting import Line
from activities.judging.urgency import ORDER, PAGE, REVIEW, Choice, page_of_campaign, page_of_few
from activities.models import Assignment
from activities.models.quota import open_unreached
from activities.models.reminder import reminded
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from workflow.pages import may, number, require, told, visible, words


@require_safe
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed in a campaign, by kind, standing and words; the most urgent first."""
    campaign = campaign_of(request, pk)
    user: Any = request.user
    chosen = {name: words(request.GET, name) for name in NAMES}
    runs, oversees = may(user, "change", campaign), may(user, "oversee", campaign)
    page = asked_page(request, campaign, chosen, whole=oversees)
    context = {
        "campaign": campaign,
        "page": page,
        "chosen": chosen,
        "unit": Unit.objects.filter(pk=number(chosen["unit"])).first() if oversees and chosen["unit"] else None,
        "runs": runs,
        "oversees": oversees,
        "reminded": reminded(each.pk for each in page.object_list),
        "line": Line.of(urlencode(chosen)) if runs and chosen["standing"] == REVIEW else None,
    }
    return render(request, "activities/judging/assignments.html", context)


def asked_page(request: HttpRequest, campaign: Campaign, chosen: dict[str, str], *, whole: bool) -> "Page[Any]":
    """The page of the list that is asked for, read in the way that costs least for what was chosen."""
    user: Any = request.user
    own, choice, asked = user.units_as(*UNIT_ROLES), Choice.of(chosen), request.GET.get("page")
    if chosen["standing"] == ALIKE:
        rows = sifted(Assignment.objects.visible_to(user).filter(campaign=campaign), chosen, user)
        page = Paginator(rows.order_by(*ORDER), PAGE).get_page(asked)
        page.object_list = page.object_list.listed()  # type: ignore[attr-defined]  # assignments still
        return page
    if whole and not own and not choice.words and not choice.unit:
        return page_of_campaign(campaign.pk, choice, asked)
    return page_of_few(campaign.pk, choice, own, asked, whole=whole)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes it back."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    with told(request, _("It was withdrawn. It is owed again until you submit it.")):
        assignment.withdraw(by=request.user)
        open_unreached(assignment, by=request.user)
    return redirect(assignment)

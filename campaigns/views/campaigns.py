"""Campaigns: seen by those who take part, written by the office."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models.memberships import OFFICE_ROLES
from campaigns.forms.campaign import CampaignForm
from campaigns.models import Campaign, Notice
from campaigns.states import CampaignState
from workflow import clock
from workflow.pages import may, require, told, visible, words


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns this person can see, newest first; and notices of other campaigns that came as a copy."""
    rows = Campaign.objects.visible_to(request.user).select_related("host")
    copies = Notice.objects.copied_to(request.user).select_related("campaign__host", "document_number")
    return render(request, "campaigns/campaigns.html", {"campaigns": rows, "copies": copies})


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: theme, slogans, focal points, requirements, notices."""
    rows = Campaign.objects.select_related("host", "parent__host").prefetch_related("points", "slogans", "groups")
    found = visible(rows, request, pk=pk)
    notices = Notice.objects.visible_to(request.user).filter(campaign=found).select_related("document_number")
    runs = may(request.user, "change", found)
    context = {
        "campaign": found,
        "notices": notices,
        "runs": runs,
        "moves": [(to, MOVE_LABELS[to]()) for to in CampaignState if runs and found.can_move(to) and to in MOVE_LABELS],
        "parent_visible": found.parent and may(request.user, "view", found.parent),
    }
    return render(request, "campaigns/campaign.html", context)


MOVE_LABELS = {
    CampaignState.UNDER_WAY: lambda: _("Open it again"),
    CampaignState.CLOSED: lambda: _("Close the campaign"),
    CampaignState.ARCHIVED: lambda: _("Put it into the archive"),
}
"""What the office does by hand; a campaign gets under way with its first notice."""


def new_campaign(request: HttpRequest) -> HttpResponse:
    """A campaign from the beginning. Raises: PermissionDenied for people without an office."""
    user: Any = request.user
    offices = user.units_as(*OFFICE_ROLES)
    if not offices:
        raise PermissionDenied
    form = CampaignForm(request.POST or None, user=user, initial={"host": min(offices), **usual(clock.today())})
    return taken(request, form, None)


def usual(today: date) -> dict[str, Any]:
    """What a campaign usually says: September, a summary by 15 October; from October on that of the next year."""
    year = today.year + (today.month > 9)
    days = {"starts_on": date(year, 9, 1), "ends_on": date(year, 9, 30), "summary_due_on": date(year, 10, 15)}
    return {"year": year, "title": _("Quality Month %(year)d") % {"year": year}, **days}


def edit_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is asked this year. What was issued stays as it was printed."""
    found = visible(Campaign.objects.select_related("host"), request, pk=pk)
    require(request, "change", found)
    form = CampaignForm(request.POST or None, user=request.user, instance=found)
    return taken(request, form, found)


def taken(request: HttpRequest, form: CampaignForm, found: Campaign | None) -> HttpResponse:
    """The form of a campaign, or the campaign once it is saved."""
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s was saved.") % {"name": saved})
        return redirect(saved)
    context = {
        "form": form,
        "campaign": found and Campaign.objects.select_related("host").get(pk=found.pk),
        "issued": bool(found and found.notices.filter(issued_at__isnull=False).exists()),
    }
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.errors else 200)


@require_POST
def move_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a campaign, open it again, put it into the archive."""
    found = visible(Campaign, request, pk=pk)
    require(request, "change", found)
    to = words(request.POST, "to")
    with told(
        request, _("Done: the campaign stands at “%(state)s”.") % {"state": dict(CampaignState.choices).get(to, to)}
    ):
        if to not in MOVE_LABELS or (found.state == CampaignState.PLANNED and to == CampaignState.UNDER_WAY):
            to = ""
        found.move(to, by=request.user)
    return redirect(found)

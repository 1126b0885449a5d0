"""The summary for the level above, put together: passages chosen and shortened beside their original."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models.memberships import OFFICE_ROLES
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.models import RolledPiece, RolledSummary
from reports.rolling_up import compose
from reports.rolling_up.marks import marks_of
from reports.summaries.sections import words_in
from workflow.models import MoveRefused
from workflow.pages import number, refused, require, told, words

LEAST, MOST = 100, 20_000


@require_http_methods(["GET", "HEAD", "POST"])
def roll_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What is chosen so far and what else there is; on POST begin, take a passage, set the words, open, or write."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    rolled = RolledSummary.objects.filter(campaign=campaign).select_related("assignment__campaign", "campaign").first()
    if request.method == "POST":
        return done(request, campaign, rolled)
    pieces = list(rolled.pieces.select_related("source__unit")) if rolled else []
    marks = marks_of(pieces)
    context = {
        "campaign": campaign,
        "rolled": rolled,
        "owed": rolled.assignment if rolled else compose.owed_above(campaign),
        "rows": [(row, marks[row.pk], words_in(row.text)) for row in pieces],
        "used": sum(words_in(row.text) for row in pieces),
        "offered": compose.offered(rolled, pieces) if rolled else [],
        "overview": compose.overview(campaign) if rolled else [],
    }
    return render(request, "reports/rolling_up/roll_up.html", context)


def done(request: HttpRequest, campaign: Campaign, rolled: RolledSummary | None) -> HttpResponse:
    """What a press of the page does."""
    action = words(request.POST, "action")
    if rolled is None:
        with told(request, _("Begun with a first choice of passages. Please read and shorten it.")):
            compose.begin(campaign, by=request.user)
        return redirect("reports:roll-up", campaign.pk)
    if action == "write":
        return written(request, rolled)
    if action == "take":
        with told(request, _("Taken.")):
            compose.take(rolled, number(request.POST.get("source")), words(request.POST, "key"))
    if action == "settings":
        most = min(max(number(request.POST.get("most")), LEAST), MOST)
        RolledSummary.objects.filter(pk=rolled.pk).update(most=most, opened="opened" in request.POST)
        messages.success(request, _("Saved."))
    return redirect("reports:roll-up", campaign.pk)


def written(request: HttpRequest, rolled: RolledSummary) -> HttpResponse:
    """Write it into the draft; where it is read, if the person files for the office, is its own page."""
    user: Any = request.user
    try:
        compose.write(rolled, by=user)
    except MoveRefused as refusal:
        refused(request, str(refusal))
        return redirect("reports:roll-up", rolled.campaign_id)
    messages.success(request, _("Written into the summary owed above. Whoever files for your office submits it there."))
    files = user.has_perm("activities.file_assignment", rolled.assignment)
    return redirect(rolled.assignment) if files else redirect("reports:roll-up", rolled.campaign_id)


@require_POST
def rolled_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a piece otherwise; empty takes it out. Raises: Http404 where it is of another office."""
    user: Any = request.user
    rows = RolledPiece.objects.filter(rolled__campaign__host__in=user.units_as(*OFFICE_ROLES))
    row = rows.select_related("rolled").filter(pk=pk).first()
    if row is None:
        raise Http404
    if "text" in request.POST:
        with told(request, _("Saved.")):
            compose.shorten(row, words(request.POST, "text"))
    return redirect("reports:roll-up", row.rolled.campaign_id)

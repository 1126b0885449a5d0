"""A unit begins something of its own accord, and throws a draft away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.filing import volunteer
from activities.models import Activity, Assignment
from campaigns.models import Campaign
from workflow.models import MoveRefused
from workflow.pages import refused, require, visible, words


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a report, a case, coverage or material in a campaign; the form opens at once."""
    campaign = visible(Campaign, request, pk=pk)
    unit, activity = speaking_unit(request), chosen_activity(request, campaign)
    try:
        begun = volunteer.begin(campaign, unit, words(request.POST, "kind"), activity)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(activity or campaign)
    return redirect(begun)


def speaking_unit(request: HttpRequest) -> Unit:
    """The unit the person speaks for; the chosen one where there are several. Raises: PermissionDenied."""
    own = Unit.objects.spoken_for_by(request.user, *UNIT_ROLES)
    chosen = words(request.POST, "unit")
    rows = own.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 18 else own
    found = rows.first()
    if found is None:
        raise PermissionDenied
    return found


def chosen_activity(request: HttpRequest, campaign: Campaign) -> Activity | None:
    """The activity of the campaign it is about, if one was named. Raises: Http404."""
    chosen = words(request.POST, "activity")
    if not chosen.isdecimal() or len(chosen) > 17:
        return None
    return get_object_or_404(Activity, campaign=campaign, pk=int(chosen))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was begun of one's own accord and not filed."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    try:
        volunteer.discard(assignment, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(assignment)
    messages.success(request, _("The draft is gone."))
    return redirect("reports:home")

"""What a notice asks in sum; what the office counts with; with which filings photos are demanded."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from activities.burden.forms.measures import MeasuresForm
from activities.burden.forms.photos import CampaignPhotosForm
from activities.burden.measures import PIECES, measures_of
from activities.burden.photo_rules import demand_photos
from activities.models import BurdenMeasures
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from workflow import clock, together
from workflow.models import MoveRefused
from workflow.pages import require


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours, working days and lengths that the office of a campaign counts with."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    office = Unit.objects.select_for_update().get(pk=campaign.host_id)
    row = BurdenMeasures.objects.filter(office=office).select_related("by").first()
    known: dict[str, Any] = {"now": measures_of(office)}
    instance = row or BurdenMeasures(office=office)
    form, now = MeasuresForm(request.POST or None, instance=instance, **known), MeasuresForm(instance=instance, **known)
    stands, status, theirs = together.mark(now), 200, None
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST" and form.is_valid():
        form.instance.changed, form.instance.by, form.instance.at = form.changed_rows(), request.user, clock.now()
        form.save()
        messages.success(request, _("Saved. The check counts with it from now on."))
        return redirect("activities:measures", campaign.pk)
    elif request.method == "POST":
        status = 422
    context = {"campaign": campaign, "form": form, "row": row, "pieces": PIECES, "base": stands, "theirs": theirs}
    return render(request, "activities/burden/measures.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def campaign_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """With which kinds of filing a campaign demands photos."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    if request.method == "POST":
        Campaign.objects.select_for_update().get(pk=pk)
    form, now = CampaignPhotosForm(request.POST or None, campaign=campaign), CampaignPhotosForm(campaign=campaign)
    stands, status, theirs = together.mark(now), 200, None
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST" and form.is_valid() and photos_kept(request, campaign, form):
        return redirect("activities:campaign-photos", campaign.pk)
    elif request.method == "POST":
        status = 422
    context = {"campaign": campaign, "form": form, "base": stands, "theirs": theirs}
    return render(request, "activities/burden/photos.html", context, status=status)


def photos_kept(request: HttpRequest, campaign: Campaign, form: CampaignPhotosForm) -> bool:
    """Whether what was typed is demanded now; where it is refused, the form says why."""
    try:
        demand_photos(campaign, form.demanded())
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True

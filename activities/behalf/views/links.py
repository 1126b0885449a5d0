"""Personal links of a campaign: make, list, revoke."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Unit
from activities.behalf import links as deed
from activities.behalf.forms.links import LinkForm, usual_uses
from activities.models import Assignment, PersonalLink
from activities.states import OWED
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from workflow.pages import require, visible, words


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links there are; for a chosen unit the form of a new one. Its address is shown once, in the answer."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    unit = chosen_unit(request, campaign)
    form = LinkForm(request.POST or None, campaign=campaign, unit=unit) if unit else None
    if request.method == "POST" and form and unit and form.is_valid():
        return made(request, campaign, unit, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/behalf/links/links.html", listed(request, campaign, unit, form), status=status)


def chosen_unit(request: HttpRequest, campaign: Campaign) -> Unit | None:
    """The unit of the address, if it owes something that can be filed through a link. Raises: Http404."""
    text = words(request.GET, "unit")
    if not text:
        return None
    return get_object_or_404(owing(campaign), pk=int(text) if text.isdecimal() and len(text) < 19 else 0)


def owing(campaign: Campaign) -> "QuerySet[Unit]":
    """Units that owe something that can be filed through a link; those without a person of their own are marked."""
    owed = Assignment.objects.filter(campaign=campaign, unit=OuterRef("pk"), state__in=OWED)
    return Unit.objects.filter(Exists(owed))


def listed(request: HttpRequest, campaign: Campaign, unit: Unit | None, form: LinkForm | None) -> dict[str, object]:
    """What the page shows."""
    rows = PersonalLink.objects.visible_to(request.user).filter(campaign=campaign)
    return {
        "campaign": campaign,
        "unit": unit,
        "form": form,
        "units": owing(campaign),
        "links": rows.select_related("unit", "made_by").prefetch_related("assignments")[:100],
    }


def made(request: HttpRequest, campaign: Campaign, unit: Unit, form: LinkForm) -> HttpResponse:
    """The new link with its address: shown here and never again, so this is no redirect."""
    data = form.cleaned_data
    link, secret = deed.make(
        campaign,
        unit,
        list(data["assignments"]),
        person=data["person"],
        until=data["until"],
        uses=data["uses"] or usual_uses(data["assignments"]),
        by=request.user,
    )
    address = request.build_absolute_uri(reverse("activities:link", args=[secret]))
    context = {**listed(request, campaign, unit, None), "link": link, "address": address}
    return render(request, "activities/behalf/links/links.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link opens nothing from now on."""
    link = visible(PersonalLink.objects.select_related("campaign"), request, pk=pk)
    require(request, "revoke", link)
    link.revoke()
    messages.success(request, _("The link is revoked. What was filed through it stays filed."))
    return redirect("activities:links", pk=link.campaign_id)

"""The figures every unit reports in its summary."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.figures import USUAL, ask_figures
from campaigns.finding import campaign_of
from campaigns.forms.figures import FiguresOfCampaignForm, typed
from workflow.models import MoveRefused
from workflow.pages import require


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """See and change them; a campaign that asks none is offered the usual ones."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    there = list(campaign.indicators.values_list("name", "measure"))
    form = FiguresOfCampaignForm(request.POST or None, initial={"figures": typed(there or USUAL)})
    if request.method == "POST" and form.is_valid():
        try:
            ask_figures(campaign, form.cleaned_data["figures"])
        except MoveRefused as refusal:
            form.add_error("figures", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(campaign)
    return render(request, "campaigns/figures.html", {"campaign": campaign, "form": form, "usual": not there})

"""What the figures of the summary mean."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import modelformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.finding import campaign_of
from campaigns.forms.figure_meaning import FigureMeaningForm
from campaigns.models import Indicator
from workflow.pages import require

Meanings = modelformset_factory(Indicator, form=FigureMeaningForm, extra=0, edit_only=True)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """See and change what counts, how the figure is put together over all units, and its target."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    rows = Indicator.objects.filter(campaign=campaign)
    forms: Any = Meanings(request.POST or None, queryset=rows, form_kwargs={"campaign": campaign})
    if request.method == "POST" and forms.is_valid():
        with transaction.atomic():
            forms.save()
        messages.success(request, _("Saved."))
        return redirect("campaigns:figures", pk=campaign.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/figure_meaning.html", {"campaign": campaign, "formset": forms}, status=status)

"""The office says which sections the summaries of a campaign have."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.models import SectionSet
from reports.summaries.forms.definition import SectionFormSet
from reports.summaries.sections import ask, asked_of, begun, newest, usual
from workflow.pages import require


@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, pk: int) -> HttpResponse:
    """See and change them; every change is a new version, and what units wrote stays."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    there = newest(campaign)
    rows = [{"place": place, **asdict(each)} for place, each in enumerate(asked_of(there), 1)]
    form: Any = SectionFormSet(request.POST or None, initial=rows)
    form.known = known_keys(campaign)
    if request.method == "POST" and form.is_valid():
        ask(campaign, form.sections, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(campaign)
    context = {"campaign": campaign, "formset": form, "version": there, "begun": begun(campaign)}
    return render(request, "reports/summaries/sections.html", context, status=422 if request.method == "POST" else 200)


def known_keys(campaign: Campaign) -> frozenset[str]:
    """The keys that sections of the campaign have had, and the usual ones."""
    rows = [row["key"] for each in SectionSet.objects.filter(campaign=campaign) for row in each.rows]
    return frozenset(rows) | {each.key for each in usual()}

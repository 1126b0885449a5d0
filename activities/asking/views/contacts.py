"""The contact sheet of a campaign's liaison officers, to be read on the telephone or printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audit_trail import shows_personal_data
from activities.asking.contact_sheet import contact_sheet
from campaigns.finding import campaign_of
from workflow.pages import require


@require_safe
@shows_personal_data
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with its officers and their numbers, on one page; for people of the host."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    return render(request, "activities/asking/contacts.html", {"campaign": campaign, "sheet": contact_sheet(campaign)})

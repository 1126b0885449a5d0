"""The contact sheet of a campaign's liaison officers, to be read on the telephone or printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit_trail import shows_personal_data
from accounts.models.memberships import OFFICE_ROLES
from activities.asking.contact_sheet import contact_sheet
from activities.asking.officers_sheet import Officers
from campaigns.finding import campaign_of
from workflow.pages import require
from workflow.sheets.views import sheet_page


@require_safe
@shows_personal_data
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with its officers, on one page, for people of the host; numbers whole for who staffs the office."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    user: Any = request.user
    context = {"campaign": campaign, "sheet": contact_sheet(campaign)}
    context["whole"] = user.is_in(campaign.host_id, *OFFICE_ROLES)
    return render(request, "activities/asking/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_personal_data
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Liaison officers out as Excel and in again."""
    return sheet_page(request, Officers(request.user, {"campaign": pk}))

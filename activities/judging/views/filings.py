"""All that a unit has filed in a campaign, and what it has begun."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.judging.filed_versions import headlines, units_to_send
from activities.judging.list_filter import sifted
from activities.models import Assignment
from activities.states import FILED, AssignmentState, Kind
from campaigns.models import Campaign
from workflow.pages import may, visible, words

ROWS = 50


@require_safe
def filings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filed, newest first, with how many photos and files; the office chooses the unit."""
    campaign = visible(Campaign, request, pk=pk)
    user: Any = request.user
    oversees, chosen = may(user, "oversee", campaign), {name: words(request.GET, name) for name in ("unit", "kind")}
    rows = Assignment.objects.visible_to(user) if oversees else Assignment.objects.of_units_of(user)
    begun = Assignment.objects.of_units_of(user).filter(campaign=campaign, volunteered=True, state=AssignmentState.OPEN)
    filed = with_numbers(sifted(rows.filter(campaign=campaign, state__in=FILED), chosen, user))
    page = Paginator(filed.order_by("-submitted_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    titles = headlines(page.object_list)
    context = {
        "campaign": campaign,
        "page": page,
        "listed": [(row, titles.get(row.pk, "")) for row in page.object_list],
        "kind": chosen["kind"],
        "kinds": Kind.choices,
        "begun": begun.for_list() if user.units_as(*UNIT_ROLES) else [],
        "oversees": oversees,
        "names_units": oversees or len(user.units_as(*UNIT_ROLES)) > 1,
        "units": Unit.objects.filter(assignments__campaign=campaign).distinct() if oversees else [],
        "chosen": chosen["unit"],
        "senders": units_to_send(user, campaign),
    }
    return render(request, "activities/judging/filings.html", context)


def with_numbers(rows: Any) -> Any:
    """Each row with how many photos and files it has."""
    numbers = {"photo_number": Count("photos", distinct=True), "file_number": Count("attachments", distinct=True)}
    return rows.for_list().annotate(**numbers)

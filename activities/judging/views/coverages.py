"""Media coverage of a campaign, as the office reads all of it: by medium and day."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.judging.filed_versions import newest_filed
from activities.models import Coverage
from campaigns.models import Campaign
from workflow.pages import day, visible, words

ROWS = 50


@require_safe
def coverages(request: HttpRequest, pk: int) -> HttpResponse:
    """What the media brought in a campaign, newest first: found by medium, days and words."""
    campaign = visible(Campaign, request, pk=pk)
    rows = newest_filed(Coverage, request.user).filter(assignment__campaign=campaign)
    outlets = list(rows.order_by("outlet").values_list("outlet", flat=True).distinct())
    chosen = {name: words(request.GET, name) for name in ("outlet", "first", "last", "q")}
    page = Paginator(sifted(rows, chosen).order_by("-on", "-pk"), ROWS).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "page": page, "chosen": chosen, "outlets": outlets}
    return render(request, "activities/judging/coverages.html", context)


def sifted(rows: Any, chosen: dict[str, str]) -> Any:
    """The rows of the chosen medium, days and words."""
    if chosen["outlet"]:
        rows = rows.filter(outlet=chosen["outlet"])
    if first := day(chosen["first"]):
        rows = rows.filter(on__gte=first)
    if last := day(chosen["last"]):
        rows = rows.filter(on__lte=last)
    if sought := chosen["q"]:
        rows = rows.filter(title__icontains=sought) | rows.filter(assignment__unit__name__icontains=sought)
    return rows

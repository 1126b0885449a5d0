"""A unit reports media coverage; the office reads all of it by medium and day."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from activities.autosave import Checked
from activities.filing_page import FilingPage, filing_page
from activities.forms.about import AboutForm
from activities.forms.attachments import AttachmentsForm
from activities.forms.coverage import CoverageForm
from activities.forms.photos import PhotosForm
from activities.keep import keep_parts
from activities.models import Assignment, Coverage, Filing
from activities.offer import offers
from activities.shelf import newest_filed
from activities.states import Kind
from activities.views.material import holds_more
from campaigns.models import Campaign
from workflow.pages import visible, words

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.COVERAGE).for_list()
    return filing_page(request, visible(rows, request, pk=pk), Coverage, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Which activity, what was brought, photos and files of it."""
    data, assignment = request.POST or None, filing.assignment
    return {
        "about": AboutForm(data, assignment=assignment, complete=complete),
        "form": CoverageForm(
            data,
            instance=cast(Coverage, filing),
            complete=complete,
            offers=offers(filing, request.user),
            beside=holds_more(request, assignment),
        ),
        "photos": PhotosForm(request, assignment),
        "documents": AttachmentsForm(request, assignment),
    }


PAGE = FilingPage("activities/coverage.html", make, keep_parts)


@require_safe
def coverages(request: HttpRequest, pk: int) -> HttpResponse:
    """What the media brought in a campaign, newest first: found by medium, days and words."""
    campaign = visible(Campaign, request, pk=pk)
    rows = newest_filed(Coverage, request.user).filter(assignment__campaign=campaign)
    outlets = list(rows.order_by("outlet").values_list("outlet", flat=True).distinct())
    chosen = {name: words(request.GET, name) for name in ("outlet", "first", "last", "q")}
    page = Paginator(sifted(rows, chosen).order_by("-on", "-pk"), ROWS).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "page": page, "chosen": chosen, "outlets": outlets}
    return render(request, "activities/coverages.html", context)


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


def day(text: str) -> Any:
    """The day somebody chose; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None

"""Typical cases: the list, the published page, and the office's desk for one of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging import cases as deeds
from activities.judging.filed_versions import newest_filed, units_to_send
from activities.judging.forms.published_case import PublishedCaseForm
from activities.models import Assignment, Case, PublishedCase, StaleDraft
from activities.states import Kind
from campaigns.models import Campaign
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible, words

ROWS = 30
SELECTED = PublishedCase.objects.select_related(
    "case__assignment__unit", "case__assignment__activity", "case__assignment__campaign__host"
)


@require_safe
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The published cases of a campaign; to the office, and to each unit of its own, also those that were filed."""
    campaign = visible(Campaign, request, pk=pk)
    sought, runs = words(request.GET, "q"), may(request.user, "change", campaign)
    rows = newest_filed(Case, request.user).filter(assignment__campaign=campaign).select_related("selection")
    published = SELECTED.filter(case__assignment__campaign=campaign, published_at__isnull=False)
    if sought:
        rows = rows.filter(title__icontains=sought) | rows.filter(assignment__unit__name__icontains=sought)
        published = published.filter(title__icontains=sought)
    context = {
        "campaign": campaign,
        "page": Paginator(rows.order_by("-submitted_at", "-pk"), ROWS).get_page(request.GET.get("page")),
        "published": published.order_by("-published_at")[:100],
        "sought": sought,
        "runs": runs,
        "senders": units_to_send(request.user, campaign),
        "kind": Kind.CASE,
    }
    return render(request, "activities/judging/cases.html", context)


@require_safe
def published_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One published case, for all units; before it is published for its office."""
    row = visible(SELECTED, request, pk=pk)
    campaign = row.case.assignment.campaign
    context = {
        "case": row,
        "campaign": campaign,
        "photos": row.case.assignment.photos.filter(added_at__lte=row.published_at or clock.now()),
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "activities/judging/published_case.html", context)


@require_POST
def select(request: HttpRequest, pk: int) -> HttpResponse:
    """The office selects a filed case and goes to its desk."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "change", assignment.campaign)
    try:
        row = deeds.select(assignment, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(assignment)
    return redirect("activities:edit-case", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's wording beside the author's text, with what differs marked."""
    row = at_office(request, pk)
    if request.method != "POST":
        return desk(request, row, PublishedCaseForm(instance=row))
    form = PublishedCaseForm(request.POST, instance=row)
    if not form.is_valid():
        refused(request, _("This time nothing was saved: please look at the fields marked below."))
        return desk(request, row, form, status=422, seen=request.POST.get("seen"))
    try:
        row.save_text(by=request.user, seen=revision(request))
    except StaleDraft as refusal:
        refused(request, refusal)
        newest = PublishedCase.objects.get(pk=row.pk)
        return desk(request, row, form, status=409, seen=newest.revision)
    messages.success(request, _("Saved. The author's text stays as it was."))
    return redirect("activities:edit-case", pk=row.pk)


def at_office(request: HttpRequest, pk: int) -> PublishedCase:
    """The case, for staff and signers of the office. Raises: Http404, PermissionDenied."""
    row: PublishedCase = visible(SELECTED, request, pk=pk)
    require(request, "change", row.case.assignment.campaign)
    return row


def revision(request: HttpRequest) -> int:
    """The revision the page was opened at."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def desk(request: HttpRequest, row: PublishedCase, form: Any, *, status: int = 200, seen: Any = None) -> HttpResponse:
    """The page of the office for one case."""
    context = {
        "case": row,
        "campaign": row.case.assignment.campaign,
        "form": form,
        "forms": {"form": form},
        "seen": row.revision if seen is None else seen,
        "edited": deeds.edited(row),
    }
    return render(request, "activities/judging/edit_case.html", context, status=status)


@require_POST
def publish_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to all units."""
    return done(request, pk, deeds.publish, _("Published: every unit can read it and was told once."))


@require_POST
def unpublish_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back to the office."""
    return done(request, pk, deeds.unpublish, _("Taken back: units do not see it any more."))


@require_POST
def drop_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the selection up."""
    row = at_office(request, pk)
    campaign = row.case.assignment.campaign
    with told(request, _("No longer selected. The unit's case stays filed.")):
        deeds.give_up(row, by=request.user)
    return redirect("activities:cases", pk=campaign.pk)


def done(request: HttpRequest, pk: int, deed: Callable[..., None], words_of_it: str) -> HttpResponse:
    """Do a deed of the office with a case and go back to its desk."""
    row = at_office(request, pk)
    with told(request, words_of_it):
        deed(row, by=request.user)
    return redirect("activities:edit-case", pk=row.pk)

"""One deed with many: the page before it, the deed, how far it is, and undoing it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.judging import bulk as deed
from activities.judging.forms.bulk import BulkForm
from activities.judging.list_filter import meant, sifted
from activities.models import Assignment, Bulk, BulkDeed, Outcome
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow.listing.many import sent, ticked
from workflow.listing.shown import Deed
from workflow.models import JobState, MoveRefused
from workflow.pages import STOP_POLLING, may, refused, require, visible, words

DEEDS = (
    Deed("accept", BulkDeed.ACCEPT.label, "check-lg"),
    Deed("return", BulkDeed.RETURN.label, "reply"),
    Deed("extend", BulkDeed.EXTEND.label, "calendar-check"),
    Deed("waive", BulkDeed.WAIVE.label, "x-lg"),
    Deed("hand_over", BulkDeed.HAND_OVER.label, "people"),
)
SHOWN = 200
"""Named of those that are done, and of each reason for skipping some."""


def chosen_rows(request: HttpRequest, campaign: Campaign) -> Any:
    """The assignments that were ticked, or all of the filter; only what the person sees."""
    rows = Assignment.objects.visible_to(request.user).filter(campaign=campaign)
    if request.POST.get("all"):
        return sifted(rows, meant(sent(request.POST.get("filter", ""))), request.user)
    return rows.filter(pk__in=ticked(request))


@require_POST
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """What a deed will do to whom, and what it skips and why; with ``sure`` it is done."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    name, sure = request.POST.get("deed", ""), "sure" in request.POST
    back = reverse("activities:assignments", args=[campaign.pk]) + "?" + words(request.POST, "filter")[:4000]
    rows = chosen_rows(request, campaign)
    if (known := already(request)) is not None:
        return redirect(known)
    if name not in deed.ORDINARY or not rows.exists():
        refused(request, _("Please tick at least one row."))
        return redirect(back)
    found = deed.outlook(rows, name, request.user)
    form = BulkForm(request.POST if sure else None, deed=name, units=found.units, by=request.user)
    lines = deed.newest_lines(found.done)
    seen = deed.as_seen(found.done, lines)
    if sure and request.POST.get("seen") != seen:
        messages.warning(request, _("Something has changed meanwhile: please look once more at what will be done."))
    elif sure and form.is_valid() and found.done:
        row = deed.ask(campaign, lines, name, given=form.given(), key=key_of(request), by=request.user)
        return begun(request, row)
    context = {
        "campaign": campaign,
        "deed": BulkDeed(name),
        "outlook": found,
        "seen": seen,
        "form": form,
        "key": uuid4(),
        "filter": request.POST.get("filter", ""),
        "all": bool(request.POST.get("all")),
        "ticked": request.POST.getlist("row") if not request.POST.get("all") else [],
        "back": back,
        "shown": SHOWN,
        "at_once": len(found.done) <= deed.AT_ONCE,
    }
    return render(request, "activities/judging/bulk.html", context, status=422 if sure and form.errors else 200)


def already(request: HttpRequest) -> Bulk | None:
    """What an earlier press of the same page began."""
    user: Any = request.user
    return Bulk.objects.filter(key=key_of(request), by=user).first() if request.POST.get("key") else None


def key_of(request: HttpRequest) -> UUID:
    """The key of the page that was pressed; a new one where it has none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def begun(request: HttpRequest, row: Bulk) -> HttpResponse:
    """Begin it, and on to its page."""
    try:
        deed.begin(row)
    except MoveRefused as refusal:
        refused(request, refusal)
    return redirect(row)


def found(request: HttpRequest, pk: int) -> Bulk:
    """The deed, if the person runs its campaign. Raises: Http404."""
    row: Bulk = visible(Bulk.objects.select_related("campaign__host", "by", "undoes"), request, pk=pk)
    return row


@require_safe
def one_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of it, row by row; while it is at work, how far it is."""
    row = found(request, pk)
    return render(request, "activities/judging/bulk_done.html", told_of(request, row))


@require_safe
def bulk_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The same part, polled until it is over."""
    row = found(request, pk)
    status = 200 if row.at_work else STOP_POLLING
    return render(request, "activities/judging/bulk_progress.html", told_of(request, row), status=status)


def told_of(request: HttpRequest, row: Bulk) -> dict[str, Any]:
    """How many rows were done and skipped, and the first of them by name."""
    numbers = dict(row.rows.order_by().values_list("outcome").annotate(number=Count("pk")))
    rows = row.rows.select_related("assignment__unit", "assignment__activity", "assignment__demand",
                                   "assignment__deliverable", "assignment__appearance__round")  # fmt: skip
    undone = Bulk.objects.filter(undoes=row).first()
    return {
        "bulk": row,
        "campaign": row.campaign,
        "done": numbers.get(Outcome.DONE, 0),
        "skipped": numbers.get(Outcome.SKIPPED, 0),
        "done_rows": rows.filter(outcome=Outcome.DONE)[:SHOWN],
        "skipped_rows": rows.filter(outcome=Outcome.SKIPPED)[:SHOWN],
        "undone": undone,
        "undoes": row.deed != BulkDeed.UNDO
        and row.state == JobState.READY
        and undone is None
        and bool(numbers.get(Outcome.DONE))
        and may(request.user, "undo", row),
    }


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nothing followed."""
    row = found(request, pk)
    require(request, "undo", row)
    if row.deed == BulkDeed.UNDO or row.state != JobState.READY:
        refused(request, _("This cannot be taken back."))
        return redirect(row)
    known = Bulk.objects.filter(undoes=row).first()
    if known is None:
        done = list(row.rows.filter(outcome=Outcome.DONE).values_list("assignment", flat=True))
        key = UUID(int=row.key.int ^ 1)  # the same for a second press
        known = deed.ask(row.campaign, done, BulkDeed.UNDO, given={}, key=key, by=request.user, undoes=row)
        messages.info(request, so_many("%(n)s row is taken back.", "%(n)s rows are taken back.", len(done)))
    return begun(request, known)


@require_POST
def bulk_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with one that failed."""
    row = found(request, pk)
    require(request, "undo", row)
    try:
        row.retry(by=request.user)
        row.hint()
    except MoveRefused as refusal:
        refused(request, refusal)
    return redirect(row)

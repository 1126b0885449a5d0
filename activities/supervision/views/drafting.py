"""Drafting supervision slips: for all units that are overdue long enough in one deed; one draft corrected."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.models import Slip
from activities.supervision import slips as deed
from activities.supervision.forms.slip import MeasureForm, SlipForm
from activities.supervision.proposals import Measure, draft_all, proposals
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import clock, together
from workflow.models import MoveRefused
from workflow.pages import numbers, refused, require, visible

SHOWN = 300
"""Units of one page; the worst stand first, the others follow when these have their slips."""


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would get a slip, naming what, and who is skipped and why; on POST those ticked get one each."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    form = MeasureForm(request.GET or None)
    measure = form.measure()
    if request.method == "POST":
        return drafted(request, campaign, measure)
    found = proposals(campaign, measure)
    getting = [row for row in found if not row.skipped]
    context = {
        "campaign": campaign,
        "form": form,
        "getting": getting[:SHOWN],
        "number": len(getting),
        "skipped": [row for row in found if row.skipped],
        "days": [clock.today(), *(row.due_on for row in getting[:SHOWN])] if found else [],
        "over": deed.why_not_asked(campaign),
    }
    return render(request, "activities/supervision/propose.html", context, status=422 if form.errors else 200)


def drafted(request: HttpRequest, campaign: Campaign, measure: Measure) -> HttpResponse:
    """Draft them, and say what came of it."""
    chosen = numbers(request.POST, "unit")
    if not chosen:
        refused(request, _("Nobody is ticked, so no slip was drafted."))
        return redirect(request.get_full_path())
    try:
        made, left = draft_all(campaign, measure, chosen, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(request.get_full_path())
    for unit, why in left:
        refused(request, f"{unit}: {why}")
    if not made:
        return redirect(request.get_full_path())
    said = so_many("%(n)s slip is drafted.", "%(n)s slips are drafted.", len(made))
    then = _("They go out once the signer has signed them.")
    messages.success(request, f"{said} {then}")
    return redirect(made[0] if len(made) == 1 else deed.address_of_list(campaign))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a draft; what was signed stays as it is."""
    row = visible(Slip.objects.for_page(), request, pk=pk)
    require(request, "change", row)
    if not row.is_draft:
        refused(request, _("It was signed: it stays as it is. Withdraw it and draft another if it is wrong."))
        return redirect(row)
    with transaction.atomic():
        return written(request, deed.hold(row))


def written(request: HttpRequest, slip: Slip) -> HttpResponse:
    """Show the form of a draft, or write what was typed, if nobody wrote it meanwhile."""
    now = SlipForm(instance=slip)
    stands, status, theirs = together.mark(now), 200, None
    form = SlipForm(request.POST or None, instance=Slip.objects.select_related("unit", "campaign").get(pk=slip.pk))
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if form.is_valid():
            form.keep()
            messages.success(request, _("The draft is saved."))
            return redirect(slip)
        status = 422
    context: dict[str, Any] = {"slip": slip, "campaign": slip.campaign, "form": form, "base": stands, "theirs": theirs}
    return render(request, "activities/supervision/edit.html", context, status=status)

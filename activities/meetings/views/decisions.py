"""What was decided: one more, corrected, taken out, dropped, handed out; and how all of it stands."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging.reasons import reason_given
from activities.meetings import convening
from activities.meetings import decisions as deed
from activities.meetings.forms.minutes import DecisionForm
from activities.models import Meeting, MeetingDecision
from activities.states import CAME_IN, Standing
from campaigns.finding import campaign_of
from documents.counts import so_many
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import refused, require, told, visible, words

PAGE = 100
KNOWN = ("meeting__campaign__host", "unit")


@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the meetings of a campaign decided: by whom, by when, and how it stands."""
    campaign = campaign_of(request, pk)
    rows = deed.followed(campaign, request.user)
    stands = words(request.GET, "stands")
    kept = [row for row in rows if stands not in STANDS or (row.task and STANDS[stands](row.task))]
    context = {
        "campaign": campaign,
        "page": Paginator(kept, PAGE).get_page(request.GET.get("page")),
        "stands": stands,
        "overdue": sum(bool(row.task and STANDS["overdue"](row.task)) for row in rows),
        "done": sum(bool(row.task and STANDS["done"](row.task)) for row in rows),
        "number": len(rows),
    }
    return render(request, "activities/meetings/decisions.html", context)


STANDS: dict[str, Any] = {
    "open": lambda task: task.standing in (Standing.DUE, Standing.OVERDUE, Standing.RETURNED),
    "overdue": lambda task: task.standing == Standing.OVERDUE,
    "done": lambda task: task.standing in CAME_IN and task.standing != Standing.RETURNED,
}
"""What the follow-up can be narrowed by."""


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more decision, from the page of the minutes."""
    meeting = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", meeting)
    form = DecisionForm(request.POST, host=meeting.campaign.host)
    if form.is_valid():
        with told(request, _("It is among the decisions now.")):
            deed.add(meeting, form.values(), by=request.user)
    else:
        refused(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect("activities:minutes", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision that was not handed out; or take it out."""
    row = visible(MeetingDecision.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    with transaction.atomic():
        convening.hold(row.meeting)
        row = visible(MeetingDecision.objects.select_related(*KNOWN), request, pk=pk)  # as it stands once it is locked
        if why := deed.why_not_changed(row):
            refused(request, why)
            return redirect(row.meeting)
        return corrected(request, row)


def corrected(request: HttpRequest, row: MeetingDecision) -> HttpResponse:
    """The form of a correction; written if nobody wrote another one meanwhile."""
    host = row.meeting.campaign.host
    now = DecisionForm(instance=row, host=host)
    stands, status, theirs = together.mark(now), 200, None
    form = DecisionForm(request.POST or None, instance=MeetingDecision.objects.get(pk=row.pk), host=host)
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if form.is_valid():
            MeetingDecision.objects.filter(pk=row.pk).update(**form.values())
            messages.success(request, _("The decision is corrected."))
            return redirect("activities:minutes", row.meeting_id)
        status = 422
    context = {"decision": row, "meeting": row.meeting, "campaign": row.meeting.campaign, "form": form, "base": stands}
    return render(request, "activities/meetings/decision.html", context | {"theirs": theirs}, status=status)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a decision nobody was told of; one that was handed out is dropped with a reason."""
    row = visible(MeetingDecision.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    if row.is_draft:
        with told(request, _("It is taken out.")):
            deed.take_out(row)
    elif reason := reason_given(request, _("Please give a reason of at most 1,000 characters.")):
        with told(request, _("It is dropped, and the unit was told. Say so in a new version of the minutes.")):
            deed.drop(row, by=request.user, reason=reason)
    return redirect("activities:minutes", row.meeting_id)


@require_POST
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Make tasks of the decisions of minutes that were circulated before a notice was in force."""
    meeting = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", meeting)
    try:
        number = deed.hand_out(meeting, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        messages.success(request, so_many("%(n)s decision is a task now.", "%(n)s decisions are tasks now.", number))
    return redirect(meeting)

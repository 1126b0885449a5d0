"""Assignments: the list of what is owed, and the deeds that need no form of their own."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from activities.judging.list_filter import ALIKE, NAMES, sifted
from activities.models import Assignment
from activities.states import Kind, Standing
from activities.tell_unit import tell_unit
from campaigns.models import Campaign
from workflow.pages import may, require, told, visible, words

PAGE = 50
URGENCY = (
    Standing.OVERDUE,
    Standing.RETURNED,
    Standing.DUE,
    Standing.LATE,
    Standing.EXTENDED,
    Standing.ON_TIME,
    Standing.WAIVED,
    Standing.CLOSED,
)
"""What needs somebody first."""


@require_safe
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed in a campaign, by kind, standing and words; the most urgent first."""
    campaign = visible(Campaign, request, pk=pk)
    chosen = {name: words(request.GET, name) for name in NAMES}
    rows = sifted(Assignment.objects.visible_to(request.user).filter(campaign=campaign), chosen, request.user)
    runs = may(request.user, "change", campaign)
    page = Paginator(by_urgency(rows).for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "chosen": chosen,
        "kinds": Kind.choices,
        "standings": [
            *Standing.choices,
            ("owed", _("Not filed yet")),
            ("review", _("Waiting for review")),
            *([(ALIKE, _("Photos that look alike"))] if runs else []),
        ],
        "runs": runs,
    }
    return render(request, "activities/judging/assignments.html", context)


def by_urgency(rows: Any) -> Any:
    """Overdue first, then what is to be corrected, then what falls due next."""
    ranks = [When(stands=standing, then=Value(rank)) for rank, standing in enumerate(URGENCY)]
    rank = Case(*ranks, output_field=IntegerField())
    return rows.annotate(rank=rank).order_by("rank", "due_at", "unit__order", "pk")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes it back."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    with told(request, _("It was withdrawn. It is owed again until you submit it.")):
        assignment.withdraw(by=request.user)
    return redirect(assignment)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The office accepts it, and the unit is told."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "review", assignment)
    with told(request, _("Accepted.")):
        assignment.accept(by=request.user)
        tell_unit(assignment, gettext_noop("Accepted: %(what)s."))
    return redirect(assignment)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The office returns it with a reason, and the unit is told."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "review", assignment)
    reason = words(request.POST, "reason")
    request.session["reason"] = reason[:4000]  # the page shows it again, unless the deed is done
    if not reason or len(reason) > 1000:
        messages.error(request, _("Please give a reason of at most 1,000 characters; the unit will read it."))
        return redirect(assignment)
    with told(request, _("Returned with your reason.")):
        assignment.send_back(by=request.user, reason=reason)
        del request.session["reason"]
        tell_unit(assignment, gettext_noop("Returned, please correct: %(what)s."))
        warn_if_locked(request, assignment)
    return redirect(assignment)


def warn_if_locked(request: HttpRequest, assignment: Assignment) -> None:
    """Tell the office when the unit cannot correct what was returned."""
    if assignment.is_locked and assignment.is_owed:
        messages.warning(request, _("It is closed for filing. Open it again below, or the unit cannot correct it."))

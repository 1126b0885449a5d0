"""The office reviews what was filed, one after another: accept, return, or skip, and on to the next one waiting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from activities.judging.next_waiting import FIELD, Line, next_waiting
from activities.judging.reasons import reason_given
from activities.models import Assignment
from activities.states import AssignmentState
from activities.tell_unit import tell_unit
from workflow.pages import is_refused, require, told, visible


def reviewed(request: HttpRequest, pk: int) -> tuple[Assignment, Line]:
    """What is reviewed, and the line in which it stands. Raises: Http404, PermissionDenied."""
    assignment: Assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "review", assignment)
    return assignment, Line.of(request.POST.get(FIELD, "") or request.GET.get(FIELD, ""))


@require_safe
def next_one(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next one that waits, or back, without a verdict."""
    assignment, line = reviewed(request, pk)
    return to_next(request, assignment, line, back="back" in request.GET)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The office accepts it, and the unit is told."""
    assignment, line = reviewed(request, pk)
    waited = assignment.state == AssignmentState.SUBMITTED
    with told(request, _("Accepted: %(what)s.") % {"what": named(assignment)}):
        assignment.accept(by=request.user)
        tell_unit(assignment, gettext_noop("Accepted: %(what)s."))
    done = assignment.state == AssignmentState.ACCEPTED
    return to_next(request, assignment, line) if waited and done else redirect(line.at(assignment.get_absolute_url()))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The office returns it with a reason, and the unit is told."""
    assignment, line = reviewed(request, pk)
    waited, here = assignment.state == AssignmentState.SUBMITTED, line.at(assignment.get_absolute_url())
    reason = reason_given(request, _("Please give a reason of at most 1,000 characters; the unit will read it."))
    if not reason:
        return redirect(here)
    with told(request, _("Returned with your reason: %(what)s.") % {"what": named(assignment)}):
        assignment.send_back(by=request.user, reason=reason)
        tell_unit(assignment, gettext_noop("Returned, please correct: %(what)s."))
    done = not is_refused(request)
    if done and assignment.is_locked:  # the unit cannot correct it: stay where it can be opened again
        warn_if_locked(request, assignment)
        return redirect(here)
    return to_next(request, assignment, line) if waited and done else redirect(here)


def warn_if_locked(request: HttpRequest, assignment: Assignment) -> None:
    """Tell the office when the unit cannot correct what was returned."""
    if assignment.is_locked and assignment.is_owed:
        messages.warning(request, _("It is closed for filing. Open it again below, or the unit cannot correct it."))


def named(assignment: Assignment) -> str:
    """What it is and whose, for somebody who has left its page."""
    return f"{assignment.unit} · {assignment}"


def to_next(request: HttpRequest, assignment: Assignment, line: Line, *, back: bool = False) -> HttpResponse:
    """The page of the next one that waits; where nothing does, the list."""
    following = next_waiting(assignment, line, request.user, back=back)
    if following:
        return redirect(line.at(following.get_absolute_url()))
    messages.info(request, _("Nothing else waits for review."))
    if assignment.state == AssignmentState.SUBMITTED:
        return redirect(line.at(assignment.get_absolute_url()))
    return redirect(reverse("activities:assignments", args=[assignment.campaign_id]) + "?standing=review")

"""The head of a unit passes on what lies before them, or returns it; the liaison officer takes it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.filing import head_signing as deed
from activities.judging.reasons import reason_given
from activities.models import Assignment
from workflow.pages import number, require, told, visible


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """To the office, by one press."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "release", assignment)
    with told(request, _("Passed on to the office. It is filed.")):
        deed.pass_on(assignment, by=request.user, seen=number(request.POST.get("seen")))
    return redirect(assignment)


@require_POST
def return_to_officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the liaison officer, with a reason."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "release", assignment)
    complaint = _("Please give a reason of at most 1,000 characters; the liaison officer will read it.")
    if reason := reason_given(request, complaint):
        with told(request, _("Returned to the liaison officer with your reason.")):
            deed.return_to_officer(assignment, by=request.user, reason=reason)
    return redirect(assignment)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit goes on writing."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    with told(request, _("Taken back: you can go on writing. It is not filed.")):
        deed.take_back(assignment, by=request.user)
    return redirect(assignment)

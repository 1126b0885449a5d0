"""A unit signs for a notice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.models import Assignment
from activities.states import Kind
from workflow.pages import may, require, told, visible


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for receipt; afterwards who signed and when."""
    rows = Assignment.objects.filter(kind=Kind.RECEIPT).select_related("unit", "notice", "campaign")
    assignment = visible(rows, request, pk=pk)
    if request.method == "POST":
        require(request, "file", assignment)
        with told(request, _("You have signed for the notice.")):
            assignment.submit(by=request.user)
        return redirect(assignment)
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "may_file": may(request.user, "file", assignment),
    }
    return render(request, "activities/receipt.html", context)

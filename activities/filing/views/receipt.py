"""A unit signs for a notice."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.behalf import writer as behalf
from activities.models import Assignment
from activities.states import Kind
from campaigns.opening import opened
from workflow.pages import told, visible


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for receipt; afterwards who signed and when."""
    rows = Assignment.objects.filter(kind=Kind.RECEIPT).select_related("unit", "notice", "campaign")
    assignment = visible(rows, request, pk=pk)
    opened(assignment.notice, request.user)
    signing = behalf.signing(request, assignment, True)
    if request.method == "POST":
        if not behalf.may_write(request, assignment):
            raise PermissionDenied
        if all(form.is_valid() for form in signing.values()):
            on_behalf = behalf.acts_for_unit(request, assignment)
            done = _("Signed on behalf of %(unit)s.") % {"unit": assignment.unit}
            with told(request, done if on_behalf else _("You have signed for the notice.")):
                signed(request, assignment, signing)
            if on_behalf:  # whoever telephones goes on to the next unit
                return redirect("activities:receipts", assignment.notice_id)
            return redirect(behalf.after(request, assignment))
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "may_file": behalf.may_write(request, assignment),
        **signing,
        **behalf.context(request, assignment, None, None),
    }
    return render(request, "activities/filing/receipt.html", context, status=422 if request.method == "POST" else 200)


@transaction.atomic
def signed(request: HttpRequest, assignment: Assignment, signing: dict[str, BaseForm]) -> None:
    """Sign, in whoever's name; the unit is told when it did not sign itself. Raises: MoveRefused."""
    assignment.submit(by=behalf.writer(request), **behalf.names(request, signing))
    behalf.tell(request, assignment)

"""A unit signs for a notice."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.behalf.incoming import on_the_page
from activities.behalf.writer import Writer, writer_of
from activities.models import Assignment
from activities.states import Kind
from campaigns.first_opened import opened
from workflow.pages import told, visible


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for receipt; afterwards who signed and when."""
    rows = Assignment.objects.filter(kind=Kind.RECEIPT).select_related("unit", "notice", "campaign")
    assignment = visible(rows, request, pk=pk)
    opened(assignment.notice, request.user)
    writer = writer_of(request, assignment)
    signing = writer.signing(request.POST, True)
    if request.method == "POST":
        if not writer.may_write:
            raise PermissionDenied
        if all(form.is_valid() for form in signing.values()):
            done = _("Signed on behalf of %(unit)s.") % {"unit": assignment.unit}
            with told(request, done if writer.is_office else _("You have signed for the notice.")):
                signed(writer, signing)
            if writer.is_office:  # whoever telephones goes on to the next unit
                return redirect("activities:receipts", assignment.notice_id)
            return redirect(writer.after())
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "may_file": writer.may_write,
        **signing,
        **on_the_page(writer, None, None),
    }
    return render(request, "activities/filing/receipt.html", context, status=422 if request.method == "POST" else 200)


@transaction.atomic
def signed(writer: Writer, signing: dict[str, BaseForm]) -> None:
    """Sign, in whoever's name; the unit is told when it did not sign itself. Raises: MoveRefused."""
    writer.assignment.submit(by=writer.by, **writer.names(signing))
    writer.tell()

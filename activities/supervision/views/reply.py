"""A unit's reply to a supervision slip."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.attachments import AttachmentsForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.keep_parts import keep_parts
from activities.models import Assignment, Filing, SlipReply
from activities.states import Kind
from activities.supervision.debts import named_in
from activities.supervision.forms.reply import SlipReplyForm
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read. What the slip names stands above, each with the way to file it."""
    rows = Assignment.objects.filter(kind=Kind.SLIP).for_list().select_related("slip__campaign", "slip__unit")
    assignment = visible(rows, request, pk=pk)
    page = replace(PAGE, extra={"debts": named_in(assignment.slip)})
    return filing_page(request, assignment, SlipReply, page)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """The reply, and files with it."""
    return {
        "form": SlipReplyForm(request.POST or None, instance=cast(SlipReply, filing), complete=complete),
        "documents": AttachmentsForm(request, filing.assignment),
    }


PAGE = FilingPage("activities/supervision/reply.html", make, keep_parts)

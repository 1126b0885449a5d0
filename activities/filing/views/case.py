"""A unit offers a typical case."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.about_activity import AboutForm
from activities.filing.forms.case import CaseForm
from activities.filing.keep_parts import keep_parts
from activities.filing.prefill import offers
from activities.models import Assignment, Case, Filing
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.CASE).for_list()
    return filing_page(request, visible(rows, request, pk=pk), Case, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Which activity, the case, photos."""
    data, assignment = request.POST or None, filing.assignment
    return {
        "about": AboutForm(data, assignment=assignment, complete=complete),
        "form": CaseForm(data, instance=cast(Case, filing), complete=complete, offers=offers(filing, request.user)),
        "photos": PhotosForm(request, assignment, complete=complete),
    }


PAGE = FilingPage("activities/filing/case.html", make, keep_parts)

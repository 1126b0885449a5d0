"""A unit offers a typical case."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.autosave import Checked
from activities.filing_page import FilingPage, filing_page
from activities.forms.about import AboutForm
from activities.forms.case import CaseForm
from activities.forms.photos import PhotosForm
from activities.keep import keep_parts
from activities.models import Assignment, Case, Filing
from activities.offer import offers
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
        "photos": PhotosForm(request, assignment),
    }


PAGE = FilingPage("activities/case.html", make, keep_parts)

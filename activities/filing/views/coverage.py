"""A unit reports media coverage."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.attachments import AttachmentsForm
from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.about_activity import AboutForm
from activities.filing.forms.coverage import CoverageForm
from activities.filing.keep_parts import keep_parts
from activities.filing.prefill import offers
from activities.filing.views.material import holds_more
from activities.models import Assignment, Coverage, Filing
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.COVERAGE).for_list()
    return filing_page(request, visible(rows, request, pk=pk), Coverage, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Which activity, what was brought, photos and files of it."""
    data, assignment = request.POST or None, filing.assignment
    return {
        "about": AboutForm(data, assignment=assignment, complete=complete),
        "form": CoverageForm(
            data,
            instance=cast(Coverage, filing),
            complete=complete,
            offers=offers(filing, request.user),
            beside=holds_more(request, assignment),
        ),
        "photos": PhotosForm(request, assignment, complete=complete),
        "documents": AttachmentsForm(request, assignment),
    }


PAGE = FilingPage("activities/filing/coverage.html", make, keep_parts)

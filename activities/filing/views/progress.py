"""A unit reports how an activity goes."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.about_activity import AboutForm
from activities.filing.forms.progress import ProgressForm
from activities.filing.keep_parts import keep_parts
from activities.filing.prefill import offers, reads_unit
from activities.models import Assignment, Filing, Progress
from activities.states import Kind
from workflow.pages import visible

FEW = 5


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read. The reports before it stand beside it."""
    assignment = visible(Assignment.objects.filter(kind=Kind.PROGRESS).for_list(), request, pk=pk)
    page = replace(PAGE, extra={"before": before(assignment) if reads_unit(request.user) else []})
    return filing_page(request, assignment, Progress, page)


def before(assignment: Assignment) -> list[Progress]:
    """The last reports of the unit on the same activity, newest first."""
    if assignment.activity_id is None:
        return []
    rows = Progress.objects.filter(
        assignment__campaign=assignment.campaign_id,
        assignment__unit=assignment.unit_id,
        assignment__activity=assignment.activity_id,
        submitted_at__isnull=False,
    )
    return list(rows.exclude(assignment=assignment).order_by("-submitted_at")[:FEW])


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Which activity, how it goes, photos."""
    data, assignment = request.POST or None, filing.assignment
    return {
        "about": AboutForm(data, assignment=assignment, complete=complete),
        "form": ProgressForm(
            data, instance=cast(Progress, filing), complete=complete, offers=offers(filing, request.user)
        ),
        "photos": PhotosForm(request, assignment, complete=complete),
    }


PAGE = FilingPage("activities/filing/progress.html", make, keep_parts)

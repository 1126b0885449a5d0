"""Material: what a notice asks for, what a round needs, how a decision is carried out, what a unit sends of its own
accord."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.attachments import AttachmentsForm
from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.about_activity import AboutForm
from activities.filing.forms.material import MaterialForm
from activities.filing.keep_parts import keep_parts
from activities.filing.last_year import same_last_year
from activities.filing.prefill import offers, reads_unit
from activities.models import Assignment, Filing, Material
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind__in=(Kind.OTHER, Kind.ROUND, Kind.DECISION)).for_list()
    assignment = visible(rows, request, pk=pk)
    before = same_last_year(assignment) if reads_unit(request.user) else None
    return filing_page(request, assignment, Material, replace(PAGE, extra={"last_year": before}))


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Text, place, day, link; photos and files. Which activity, where the unit sends it of its own accord."""
    data, assignment = request.POST or None, filing.assignment
    about = {"about": AboutForm(data, assignment=assignment, complete=complete)} if assignment.volunteered else {}
    return {
        **about,
        "form": MaterialForm(
            data,
            instance=cast(Material, filing),
            complete=complete,
            offers=offers(filing, request.user),
            beside=holds_more(request, assignment),
        ),
        "photos": PhotosForm(request, assignment, complete=complete),
        "documents": AttachmentsForm(request, assignment),
    }


def holds_more(request: HttpRequest, assignment: Assignment) -> bool:
    """Whether a photo or a file comes or lies with the filing."""
    return bool(request.FILES) or assignment.photos.exists() or assignment.attachments.exists()


PAGE = FilingPage("activities/filing/material.html", make, keep_parts)

"""A unit's summary of the campaign."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.attachments import AttachmentsForm
from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.filed import is_new
from activities.filing.keep_parts import keep_parts
from activities.filing.prefill import reads_unit
from activities.models import Assignment, Filing
from activities.states import Kind
from documents.counts import so_many
from reports.models import Summary
from reports.summaries.forms.figures import FiguresForm
from reports.summaries.forms.sections import SectionsForm
from reports.summaries.looks.look import looked_at, unseen
from reports.summaries.prefill import begun_summary, facts
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read. ``?take=filed`` fills the empty sections with what the unit has filed."""
    rows = Assignment.objects.filter(kind=Kind.SUMMARY).for_list()
    assignment = visible(rows, request, pk=pk)
    reads = reads_unit(request.user)
    found = SimpleLazyObject(lambda: facts(assignment) if assignment.is_owed and reads else [])  # for who looks
    return filing_page(request, assignment, Summary, replace(PAGE, extra={"facts": found}))


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Sections, figures, photos. A summary nobody has written in yet begins with what the unit has filed."""
    data, reads = request.POST or None, reads_unit(request.user)
    found = cast(Summary, filing)
    begins = reads and (is_new(found) or request.GET.get("take") == "filed")
    known = begun_summary(facts(found.assignment)) if begins else {}
    return {
        "form": SectionsForm(data, instance=found, complete=complete, offers=known),
        "figures": FiguresForm(data, summary=found, complete=complete, reads_unit=reads),
        "photos": PhotosForm(request, found.assignment, complete=complete),
        "documents": AttachmentsForm(request, found.assignment),
    }


def keep(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Figures, photos and files belong to the draft that was just saved."""
    cast(FiguresForm, forms["figures"]).keep(cast(Summary, filing))
    keep_parts(forms, filing, person)


def look_first(request: HttpRequest, filing: Filing) -> str:
    """That there is something to look at which the page has not shown yet; a visitor reads nothing else of the unit."""
    if not reads_unit(request.user):
        return ""
    new = unseen(looked_at(cast(Summary, filing)), request.POST.get("looked", ""))
    if not new:
        return ""
    return so_many(
        "Saved, not filed yet: %(n)s place to look at first. If it is right as it is, submit once more.",
        "Saved, not filed yet: %(n)s places to look at first. If all is right as it is, submit once more.",
        len(new),
    )


PAGE = FilingPage("reports/summaries/summary.html", make, keep, look_first)

"""A unit's summary of the campaign."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.prefill import reads_unit
from activities.models import Assignment, Filing
from activities.states import Kind
from reports.forms.summary import FiguresForm, SummaryForm
from reports.models import Summary
from reports.summary_prefill import begun_summary, facts
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read. ``?take=filed`` begins with what the unit has filed."""
    rows = Assignment.objects.filter(kind=Kind.SUMMARY).for_list()
    assignment = visible(rows, request, pk=pk)
    found = SimpleLazyObject(lambda: facts(assignment) if assignment.is_owed else [])  # for who looks, not who files
    return filing_page(request, assignment, Summary, replace(PAGE, extra={"facts": found}))


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Sections, figures, photos."""
    data = request.POST or None
    found = cast(Summary, filing)
    known = begun_summary(facts(found.assignment)) if request.GET.get("take") == "filed" else {}
    return {
        "form": SummaryForm(data, instance=found, complete=complete, offers=known),
        "figures": FiguresForm(data, summary=found, complete=complete, reads_unit=reads_unit(request.user)),
        "photos": PhotosForm(request, found.assignment, complete=complete),
    }


def keep(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Figures and photos belong to the draft that was just saved."""
    cast(FiguresForm, forms["figures"]).keep(cast(Summary, filing))
    cast(PhotosForm, forms["photos"]).keep(person)


PAGE = FilingPage("reports/summary.html", make, keep)

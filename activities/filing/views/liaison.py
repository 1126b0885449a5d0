"""A unit names its liaison officers."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.liaison import OfficerFormSet, Officers, officers_of
from activities.filing.known_officers import known_officers
from activities.models import Assignment, Filing, LiaisonOfficer, LiaisonRegistration
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def liaison(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.LIAISON).for_list()
    return filing_page(request, visible(rows, request, pk=pk), LiaisonRegistration, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """The rows of officers; who is known already stands in a new registration, with the source."""
    initial = officers_of(filing) or known_officers(filing.assignment, request.user)
    formset = OfficerFormSet(request.POST or None, initial=initial)
    cast(Officers, formset).complete = complete
    return {"formset": formset}


def keep(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Replace the officers of this draft by the rows that were typed."""
    registration = cast(LiaisonRegistration, filing)
    LiaisonOfficer.objects.filter(registration=registration).delete()
    for row in cast(Officers, forms["formset"]).filled:
        values = {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
        LiaisonOfficer.objects.create(registration=registration, **values)


PAGE = FilingPage("activities/filing/liaison.html", make, keep)

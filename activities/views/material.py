"""Other material the notice asks a unit for."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.filing_page import Checked, FilingPage, filing_page
from activities.forms.material import MaterialForm
from activities.forms.photos import PhotosForm
from activities.models import Assignment, Filing, Material
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.OTHER).for_list()
    return filing_page(request, visible(rows, request, pk=pk), Material, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """Text and photos."""
    data, files = request.POST or None, request.FILES or None
    return {
        "form": MaterialForm(data, instance=cast(Material, filing), complete=complete),
        "photos": PhotosForm(data, files, assignment=filing.assignment),
    }


def keep(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Photos belong to the assignment of the draft that was just saved."""
    cast(PhotosForm, forms["photos"]).keep(person)


PAGE = FilingPage("activities/material.html", make, keep)

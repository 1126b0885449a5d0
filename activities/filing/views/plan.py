"""A unit's plan for an activity it leads."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.evidence.forms.photos import PhotosForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.forms.plan import PlanForm
from activities.filing.keep_parts import keep_parts
from activities.filing.prefill import earlier_plans, lent, offers, reads_unit
from activities.models import Assignment, Filing, Plan
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read. ``?take=`` begins with the text of an earlier plan."""
    rows = Assignment.objects.filter(kind=Kind.PLAN).for_list()
    assignment = visible(rows, request, pk=pk)
    earlier = earlier_plans(assignment) if assignment.is_owed and reads_unit(request.user) else []
    return filing_page(request, assignment, Plan, replace(PAGE, extra={"earlier": earlier}))


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """The form of a plan, with what is known already, and its photos."""
    chosen = request.GET.get("take", "") if reads_unit(request.user) else ""
    known = {**offers(filing, request.user), **lent(filing.assignment, chosen)}
    return {
        "form": PlanForm(request.POST or None, instance=cast(Plan, filing), complete=complete, offers=known),
        "photos": PhotosForm(request, filing.assignment, complete=complete),
    }


PAGE = FilingPage("activities/filing/plan.html", make, keep_parts)

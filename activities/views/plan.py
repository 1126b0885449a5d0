"""A unit's plan for an activity it leads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.filing_page import Checked, FilingPage, filing_page
from activities.forms.plan import PlanForm
from activities.models import Assignment, Filing, Plan
from activities.states import Kind
from workflow.pages import visible


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, save, submit; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.PLAN).for_list()
    return filing_page(request, visible(rows, request, pk=pk), Plan, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """The form of a plan."""
    return {"form": PlanForm(request.POST or None, instance=filing, complete=complete, initial=offered(filing))}


def offered(filing: Filing) -> dict[str, Any]:
    """What the notice already says of the activity is not asked again."""
    activity = filing.assignment.activity
    if filing.pk or filing.version > 1 or activity is None:
        return {}
    return {"starts_on": activity.starts_on, "ends_on": activity.ends_on, "place": activity.place}


def keep(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """A plan is one row: the draft holds it all."""


PAGE = FilingPage("activities/plan.html", make, keep)

"""Where each passage of a summary comes from, down to the unit that wrote it first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.models import Assignment, Case
from activities.states import Kind
from reports.models import RolledPiece, Summary
from reports.rolling_up.marks import Step, pieces_of, ways
from workflow.pages import number, visible


@require_safe
def where_from(request: HttpRequest, pk: int) -> HttpResponse:
    """The passages of a summary that was put together, each with its way over all levels."""
    assignment = visible(Assignment.objects.filter(kind=Kind.SUMMARY).for_list(), request, pk=pk)
    found = ways(pieces_of(assignment))
    sources = {step.source.pk for steps in found for step in steps}
    seen = set(Assignment.objects.visible_to(request.user).filter(pk__in=sources).values_list("pk", flat=True))
    rows = [[(step, page_of(steps[0], step, seen)) for step in steps] for steps in found]
    context = {"assignment": assignment, "campaign": assignment.campaign, "rows": rows}
    return render(request, "reports/rolling_up/where_from.html", context)


def page_of(first: Step, step: Step, seen: set[int]) -> str:
    """The page on which the filing is read; empty where this person may not."""
    if step.source.pk in seen:
        return step.source.get_absolute_url()
    if not step.opened:
        return ""
    return f"{reverse('reports:opened-source', args=[first.piece.pk])}?step={step.number}"


@require_safe
def opened_source(request: HttpRequest, pk: int) -> HttpResponse:
    """A filing below that the offices between have opened for the level above. Raises: Http404."""
    rows = RolledPiece.objects.filter(rolled__assignment__in=Assignment.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("rolled__assignment__campaign__host", "source__unit"), pk=pk)
    at = number(request.GET.get("step")) or 1
    (steps,) = ways([row])
    step = next((each for each in steps if each.number == at and each.opened), None)
    if step is None:
        raise Http404
    model = Summary if step.source.kind == Kind.SUMMARY else Case
    filing: Any = get_object_or_404(model, assignment=step.source, version=step.piece.version)
    campaign = row.rolled.assignment.campaign
    context = {"campaign": campaign, "piece": row, "step": step, "texts": filing.own_texts()}
    return render(request, "reports/rolling_up/opened_source.html", context)

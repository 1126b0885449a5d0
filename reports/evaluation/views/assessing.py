"""An assessor gives points by hand: one criterion, all units on one page; the others' points are not shown."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from documents.counts import so_many
from reports.evaluation import deeds
from reports.evaluation.forms.sheets import MarkForm
from reports.evaluation.sheets import evaluated
from reports.evaluation.views.evaluation import scheme_of
from reports.models import Criterion, Mark
from workflow.pages import number, refused, require

ON_A_PAGE = 100
"""Units: a form of many more has more fields than a browser may send."""


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one criterion (``?criterion=``, the first by itself)."""
    scheme = scheme_of(request, pk)
    require(request, "assess", scheme)
    criteria = [row for row in scheme.criteria.all() if row.is_by_hand]
    if scheme.is_draft or not criteria:
        refused(request, _("There is nothing to assess by hand yet."))
        return redirect(scheme)
    chosen = next((row for row in criteria if row.pk == number(request.GET.get("criterion"))), criteria[0])
    page = Paginator(evaluated(scheme), ON_A_PAGE).get_page(request.GET.get("page"))
    forms, status = forms_of(request, page.object_list, chosen), 200
    if request.method == "POST":
        if all(form.is_valid() for form in forms):
            return kept(request, chosen, forms)
        status = 422
    context = {"scheme": scheme, "campaign": scheme.campaign, "criteria": criteria, "chosen": chosen, "forms": forms}
    context["page"] = page
    return render(request, "reports/evaluation/assess.html", context, status=status)


def forms_of(request: HttpRequest, units: Iterable[Unit], criterion: Criterion) -> list[MarkForm]:
    """One form for each unit of a page, with what this assessor gave it."""
    rows = Mark.objects.filter(criterion=criterion, by=request.user.pk)
    given = {row.unit_id: row for row in rows}
    data: Any = request.POST or None
    return [MarkForm(data, unit=unit, criterion=criterion, mark=given.get(unit.pk)) for unit in units]


@transaction.atomic
def kept(request: HttpRequest, criterion: Criterion, forms: list[MarkForm]) -> HttpResponse:
    """Write what is new, take back what was emptied, and say how much."""
    new = [form for form in forms if form.is_given]
    emptied = [form for form in forms if form.is_emptied]
    for form in emptied:
        deeds.take_mark_back(criterion, form.unit, by=request.user)
    for form in new:
        found = form.cleaned_data
        deeds.mark(criterion, form.unit, by=request.user, points=found["points"], reason=found["reason"])
    messages.success(request, so_many("%(n)s unit was given points.", "%(n)s units were given points.", len(new)))
    if emptied:
        said = so_many("Points of %(n)s unit taken back.", "Points of %(n)s units taken back.", len(emptied))
        messages.success(request, said)
    return redirect(request.get_full_path())

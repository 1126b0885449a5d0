"""The rules of an evaluation: begun, written, refused criteria let pass by an administrator."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import Campaign
from reports.evaluation import deeds
from reports.evaluation.forms.rules import USUAL, CriterionFormSet, SchemeForm
from reports.evaluation.views.evaluation import scheme_of
from reports.models import Adjustment, Criterion, Scheme
from workflow import together
from workflow.pages import refused, require, told, visible, words


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with what offices usually evaluate; pressed twice it is begun once."""
    campaign = visible(Campaign, request, pk=pk)
    require(request, "change", campaign)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=pk)
        scheme, is_new = Scheme.objects.get_or_create(campaign=campaign)
        if is_new:
            for order, (name, measure, weight) in enumerate(USUAL, 1):
                Criterion.objects.create(scheme=scheme, order=order, name=name, measure=measure, weight=weight)
    return redirect("reports:evaluation-rules", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Write them; once they are published they stay as they are."""
    scheme = scheme_of(request, pk)
    require(request, "change", scheme)
    if not scheme.is_draft:
        refused(request, _("The rules are published: they stay as they are."))
        return redirect(scheme)
    with transaction.atomic():
        return written(request, deeds.hold(scheme))


def written(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """Show the form, or write what was typed if nobody wrote it meanwhile."""
    data, rows, status = request.POST or None, scheme.criteria.all(), 200
    base = together.mark(SchemeForm(instance=scheme), *CriterionFormSet(queryset=rows).forms)
    form: Any = SchemeForm(data, instance=scheme)
    criteria: Any = CriterionFormSet(data, queryset=rows)
    if together.overtaken(request, base):
        status = 409
    elif request.method == "POST" and form.is_valid() and criteria.is_valid():
        form.save()
        criteria.keep(scheme)
        messages.success(request, _("Saved."))
        return redirect(scheme)
    elif request.method == "POST":
        status = 422
    context: dict[str, Any] = {"scheme": scheme, "campaign": scheme.campaign, "form": form, "formset": criteria}
    context |= {"base": base, "overtaken": status == 409}
    return render(request, "reports/evaluation/rules.html", context, status=status)


@require_POST
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator lets a refused criterion pass, with a reason."""
    row = visible(Criterion.objects.select_related("scheme__campaign__host"), request, pk=pk)
    require(request, "wave", row.scheme)
    reason = words(request.POST, "reason")[:300]
    if not reason:
        refused(request, _("Please say why it may be scored all the same; the reason stands in the log."))
        return redirect(row.scheme)
    with told(request, _("Let pass: %(what)s.") % {"what": row}):
        deeds.wave(row, by=request.user, reason=reason)
    return redirect(row.scheme)


@require_POST
def wave_adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator lets points pass that the guard refuses, with a reason."""
    schemes = Scheme.objects.visible_to(request.user)
    rows = Adjustment.objects.filter(scheme__in=schemes).select_related("scheme__campaign__host", "unit")
    row = get_object_or_404(rows, pk=pk)
    require(request, "wave", row.scheme)
    reason = words(request.POST, "reason")[:300]
    if not reason:
        refused(request, _("Please say why it may be scored all the same; the reason stands in the log."))
        return redirect(row.scheme)
    with told(request, _("Let pass: %(what)s.") % {"what": row.reason}):
        deeds.wave_adjustment(row, by=request.user, reason=reason)
    return redirect(row.scheme)

"""Values of an indicator: reported by a unit, approved or returned by the office, their evidence."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging.reasons import reason_given
from reports.indicators import values as deed
from reports.indicators.forms.value import ValueForm
from reports.models import Target, TargetValue
from workflow.judged_upload import tell_cleaned
from workflow.models import MoveRefused
from workflow.pages import number, refused, require, told, visible
from workflow.sent_files import saved


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report the value of a year; of an approved one a corrected value, which counts once it is approved."""
    target = visible(Target.objects.select_related("host"), request, pk=pk)
    seats = deed.seats(target, request.user)
    if not seats:
        refused(request, _("Only the responsible units and the office report values."))
        return redirect(target)
    initial = {name: found for name in ("year", "unit") if (found := number(request.GET.get(name)))}
    form = ValueForm(request.POST or None, request.FILES or None, target=target, seats=seats, initial=initial)
    if request.method == "POST" and form.is_valid() and reported(request, target, form):
        return redirect(target)
    status = 200 if request.method != "POST" else 422 if form.errors else 409
    return render(request, "reports/indicators/report.html", {"target": target, "form": form}, status=status)


def reported(request: HttpRequest, target: Target, form: ValueForm) -> bool:
    """Write it, and say what came of it."""
    file: Any = form.cleaned_data["evidence"]
    try:
        deed.report(target, form.cleaned_data["unit"], form.reported(), by=request.user, evidence=file)
    except MoveRefused as refusal:
        refused(request, refusal)
        return False
    tell_cleaned(request, file)
    messages.success(request, _("It is reported, and counts once the office has approved it."))
    return True


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts."""
    row = visible(TargetValue.objects.select_related("target", "unit"), request, pk=pk)
    require(request, "decide", row)
    with told(request, _("It is approved, and counts.")):
        deed.approve(row, by=request.user)
    return redirect(row.target)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not count; the unit reads why."""
    row = visible(TargetValue.objects.select_related("target", "unit"), request, pk=pk)
    require(request, "decide", row)
    if reason := reason_given(request, _("Please give a reason of at most 1,000 characters.")):
        with told(request, _("It is returned; the unit was told why.")):
            deed.send_back(row, by=request.user, reason=reason)
    return redirect(row.target)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes back what was not judged yet."""
    row = visible(TargetValue.objects.select_related("target", "unit"), request, pk=pk)
    require(request, "take_back", row)
    with told(request, _("It is taken back.")):
        deed.take_back(row, by=request.user)
    return redirect(row.target)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence of a value. Raises: Http404 where there is none."""
    row = visible(TargetValue, request, pk=pk)
    if not row.evidence:
        raise Http404
    return saved(row.evidence, row.evidence_name)

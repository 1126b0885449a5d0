"""Indicators over years: all of them, one with its chart and values, defined by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from reports.indicators.chart import chart
from reports.indicators.forms.target import TargetForm
from reports.indicators.forms.value import ValueForm
from reports.indicators.sheet import Targets
from reports.indicators.standing import Stands, courses
from reports.indicators.values import seats
from reports.models import Target, TargetValue
from reports.models.target import ValueState
from workflow import clock, together
from workflow.pages import may, require, visible, words
from workflow.sheets.views import sheet_page

PAGE = 100


def office_of(user: Any) -> Unit | None:
    """The office for which somebody defines indicators; of several the first. None for who runs none."""
    return Unit.objects.filter(pk__in=user.units_as(*OFFICE_ROLES)).order_by("order", "pk").first()


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators the person sees, each with how it stands."""
    rows = Target.objects.visible_to(request.user).select_related("host").prefetch_related("units")
    found = courses(rows.order_by("host__order", "host", "order", "pk"), clock.today().year)
    stands = words(request.GET, "stands")
    kept = [each for each in found if stands not in list(Stands) or each.stands == stands]
    waiting = TargetValue.objects.visible_to(request.user).filter(state=ValueState.REPORTED)
    context = {
        "page": Paginator(kept, PAGE).get_page(request.GET.get("page")),
        "number": len(found),
        "counts": [(each, sum(row.stands == each for row in found)) for each in Stands],
        "stands": stands,
        "waiting": waiting.select_related("target", "unit").order_by("reported_at", "pk")[:PAGE],
        "office": office_of(request.user),
        "several": len({row.target.host_id for row in found}) > 1,
    }
    return render(request, "reports/indicators/indicators.html", context)


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: target against actual as chart and table, every value with who reported it, what can be done."""
    row = visible(Target.objects.select_related("host"), request, pk=pk)
    user: Any = request.user
    (found,) = courses([row], clock.today().year)
    mine = seats(row, user)
    values = TargetValue.objects.visible_to(user).filter(target=row).select_related("unit__merged_into", "reported_by")
    context = {
        "target": row,
        "course": found,
        "chart": chart(found),
        "units": row.units.select_related("merged_into").order_by("order", "pk"),
        "values": with_reasons(list(values.order_by("-year", "unit__order", "unit", "-pk"))),
        "runs": may(user, "change", row),
        "seats": {unit.pk for unit in mine},
        "form": ValueForm(target=row, seats=mine) if mine else None,
    }
    return render(request, "reports/indicators/indicator.html", context)


def with_reasons(values: list[TargetValue]) -> list[TargetValue]:
    """Values with the newest line of their log, which says why one was returned: one query."""
    lines = TargetValue.last_lines(values)
    for each in values:
        line = lines.get(each.pk)
        each.why = line.note if line and each.state == ValueState.RETURNED else ""  # type: ignore[attr-defined]
    return values


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart as a file of its own, to be taken home. Raises: Http404 where there is nothing to draw."""
    row = visible(Target, request, pk=pk)
    (found,) = courses([row], clock.today().year)
    drawn = chart(found)
    if not drawn:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="indicator-{row.pk}.svg"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Define one more. Raises: PermissionDenied for who runs no office."""
    office = office_of(request.user)
    if office is None:
        raise PermissionDenied
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=office.pk)  # a second press waits for the first
        return written(request, Target(host=office), office)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a definition."""
    row = visible(Target.objects.select_related("host"), request, pk=pk)
    require(request, "change", row)
    with transaction.atomic():
        row = Target.objects.select_for_update(of=("self",)).select_related("host").get(pk=row.pk)
        return written(request, row, row.host)


def written(request: HttpRequest, row: Target, host: Unit) -> HttpResponse:
    """The form of a definition; on POST write it, if nobody wrote it meanwhile."""
    stands, status, theirs = together.mark(now := TargetForm(instance=row, host=host)), 200, None
    blank = Target.objects.get(pk=row.pk) if row.pk else Target(host=host)
    form = TargetForm(request.POST or None, instance=blank, host=host)
    if row.pk and together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if form.is_valid():
            made = form.keep()
            messages.success(request, _("The indicator is saved."))
            return redirect(made)
        status = 422
    context = {"target": row if row.pk else None, "form": form, "base": stands, "theirs": theirs, "host": host}
    return render(request, "reports/indicators/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def excel(request: HttpRequest) -> HttpResponse:
    """All indicators of the office out as Excel, and in again."""
    return sheet_page(request, Targets(request.user, {}))

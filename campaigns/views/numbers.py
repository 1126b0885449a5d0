"""The register of document numbers: what was given, what was used outside, what nobody has explained."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from campaigns.forms.numbers import SeriesForm, UsedForm
from campaigns.models import DocumentNumber, Notice, NumberSeries
from campaigns.models.number import begin_series
from workflow.models import MoveRefused
from workflow.pages import may, require, visible

PAGE = 50
SHOWN_GAPS = 60
"""Gaps named one by one; more are counted."""


def numbers(request: HttpRequest) -> HttpResponse:
    """The registers of the person's offices; on POST one begins, or goes on, at a number."""
    user: Any = request.user
    if not user.units_as(*HOST_ROLES):
        raise PermissionDenied
    offices = Unit.objects.spoken_for_by(user, *OFFICE_ROLES)
    form = SeriesForm(request.POST or None, offices=offices)
    if request.method == "POST" and not offices:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            row = begin_series(**form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error("first", str(refusal))
        else:
            messages.success(request, _("The next number will be %(number)d.") % {"number": row.last + 1})
            return redirect(row)
    rows = NumberSeries.objects.visible_to(user).select_related("owner")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "runs": bool(offices)}
    return render(request, "campaigns/numbers.html", context, status=422 if form.errors else 200)


def series(request: HttpRequest, pk: int) -> HttpResponse:
    """One register: its numbers with their notices, its gaps; on POST a number used outside is explained."""
    row = visible(NumberSeries.objects.select_related("owner"), request, pk=pk)
    gaps = row.gaps()
    form = UsedForm(request.POST or None, initial={"seq": gaps[0] if gaps else None})
    if request.method == "POST":
        require(request, "change", row)
        if form.is_valid() and record(request, row, form):
            return redirect(row)
    given = row.numbers().select_related("given_by")
    page = Paginator(given, PAGE).get_page(request.GET.get("page"))
    context = {
        "series": row,
        "page": page,
        "rows": carried(page, request.user),
        "gaps": spans(gaps)[:SHOWN_GAPS],
        "missing": len(gaps),
        "coming": DocumentNumber.objects.coming(row.org_code, row.year),
        "form": form,
        "runs": may(request.user, "change", row),
    }
    return render(request, "campaigns/numbers_series.html", context, status=422 if form.errors else 200)


def carried(page: Iterable[DocumentNumber], user: Any) -> list[dict[str, Any]]:
    """Each number with the notice that carries it, if the person may see it; three queries, however many rows."""
    given = list(page)
    shown = {
        each.document_number_id: each for each in Notice.objects.visible_to(user).filter(document_number__in=given)
    }
    used = set(Notice.objects.filter(document_number__in=given).values_list("document_number", flat=True))
    return [{"number": each, "notice": shown.get(each.pk), "hidden": each.pk in used} for each in given]


def record(request: HttpRequest, row: NumberSeries, form: UsedForm) -> bool:
    """Write down numbers used outside, all of them or none. Returns: whether it was done."""
    try:
        with transaction.atomic():
            for seq in form.sequence():
                DocumentNumber.objects.take(
                    row.org_code, row.year, seq, by=request.user, reason=form.cleaned_data["reason"]
                )
    except MoveRefused as refusal:
        form.add_error("seq", str(refusal))
        return False
    messages.success(request, _("It is recorded."))
    return True


def spans(numbers: list[int]) -> list[str]:
    """Numbers that follow one another as one span: 3, 5–9."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]

"""One unit's sheet: read by the unit and the office, commented and answered, points added and taken off."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from reports.evaluation import deeds
from reports.evaluation.forms.sheets import AdjustForm, SaidForm
from reports.evaluation.sheets import evaluated, sheet_of
from reports.evaluation.views.evaluation import scheme_of
from reports.models import Adjustment, Scheme, SheetComment
from workflow.pages import may, number, refused, require, told, visible


def seen(request: HttpRequest, pk: int) -> tuple[Scheme, Unit, bool]:
    """The evaluation, the unit (``?unit=``, the first the person may see by itself), whether the person files for it.

    Raises: Http404 where the unit is not evaluated, or somebody else's, or its sheet is not shown yet.
    """
    scheme, user = scheme_of(request, pk), cast(Any, request.user)
    mine, rows = user.units_as(*UNIT_ROLES), evaluated(scheme)
    if not may(user, "oversee", scheme):
        rows = rows.filter(pk__in=mine) if scheme.is_shown else rows.none()
    unit = rows.filter(pk=number(request.GET["unit"])).first() if "unit" in request.GET else rows.first()
    if unit is None or scheme.is_draft:
        raise Http404
    return scheme, unit, unit.pk in mine


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit got, and for what."""
    scheme, row, own = seen(request, pk)
    return shown(request, scheme, row, own)


def shown(request: HttpRequest, scheme: Scheme, unit: Unit, own: bool, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with the form that was not right."""
    found = sheet_of(scheme, unit)
    oversees, changes = may(request.user, "oversee", scheme), may(request.user, "change", scheme)
    about = ("by", "withdrawn_by", "evidence", "waved_by")
    adjustments = scheme.adjustments.filter(unit=unit).select_related(*about)
    context: dict[str, Any] = {
        "scheme": scheme,
        "campaign": scheme.campaign,
        "unit": unit,
        "sheet": found,
        "oversees": oversees,
        "changes": changes,
        "comments": scheme.comments.filter(unit=unit).select_related("by", "answered_by"),
        "adjustments": adjustments if oversees else adjustments.filter(waits=False),
        "counted": {row.pk for row in found.adjustments},
        "say": (forms.get("say") or SaidForm()) if own and scheme.hears else None,
        "adjust": (forms.get("adjust") or AdjustForm(scheme=scheme, unit=unit)) if changes else None,
    }
    return render(request, "reports/evaluation/sheet.html", context, status=status)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says something to its sheet."""
    scheme, row, own = seen(request, pk)
    if not own:
        raise Http404
    form = SaidForm(request.POST)
    if not form.is_valid():
        return shown(request, scheme, row, own, 422, say=form)
    with told(request, _("The office was told.")):
        deeds.comment(scheme, row, form.cleaned_data["text"], by=request.user)
    return redirect(deeds.sheet_address(scheme, row))


@require_POST
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """The office adds points or takes some off."""
    scheme, row, own = seen(request, pk)
    require(request, "change", scheme)
    form = AdjustForm(request.POST, scheme=scheme, unit=row)
    if not form.is_valid():
        return shown(request, scheme, row, own, 422, adjust=form)
    waits = bool(form.cleaned_data.get("ask"))
    with told(request, _("It counts once an administrator lets it pass.") if waits else _("Saved.")):
        deeds.adjust(scheme, row, by=request.user, **form.cleaned_data)
    return redirect(deeds.sheet_address(scheme, row))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Points added or taken off are taken back."""
    row = visible(Adjustment.objects.select_related("scheme__campaign", "unit"), request, pk=pk)
    require(request, "change", row.scheme)
    with told(request, _("They do not count any more.")):
        deeds.withdraw(row, by=request.user)
    return redirect(deeds.sheet_address(row.scheme, row.unit))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The office answers a comment."""
    row = visible(SheetComment.objects.select_related("scheme__campaign", "unit"), request, pk=pk)
    require(request, "change", row.scheme)
    form = SaidForm(request.POST)
    if form.is_valid():
        with told(request, _("The unit was told.")):
            deeds.answer(row, form.cleaned_data["text"], by=request.user)
    else:
        refused(request, _("Please write an answer of at most 1,000 characters."))
    return redirect(deeds.sheet_address(row.scheme, row.unit))

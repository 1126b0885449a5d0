"""The page of an evaluation: rules, how far it is, all sheets by place; what was released."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.evaluation import deeds
from reports.evaluation.forms.rules import AssessorsForm
from reports.evaluation.result_sheet import result_columns
from reports.evaluation.sheets import by_place, evaluated, sheets_of, unanswered
from reports.models import Release, Scheme, SchemeState
from workflow import clock
from workflow.pages import day, may, require, told, visible, words
from workflow.sheets.listing import excel_file


def scheme_of(request: HttpRequest, campaign: int) -> Scheme:
    """The evaluation of a campaign. Raises: Http404 where there is none, or none for this person."""
    of_it = Scheme.objects.filter(campaign__in=Campaign.objects.filter(pk=campaign))
    found: Scheme = visible(of_it.select_related("campaign__host"), request)
    return found


@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office sees of it, or what a unit does; before it is begun, the way to begin."""
    if not Campaign.objects.filter(pk=pk, scheme__isnull=False).exists():
        return not_begun(request, pk)
    scheme = scheme_of(request, pk)
    context: dict[str, Any] = {
        "scheme": scheme,
        "campaign": scheme.campaign,
        "criteria": [(row, deeds.refused_because(row) if deeds.is_refused(row) else "") for row in criteria_of(scheme)],
        "releases": scheme.releases.select_related("by"),
        "oversees": may(request.user, "oversee", scheme),
        "changes": may(request.user, "change", scheme),
        "waves": may(request.user, "wave", scheme),
        "assesses": may(request.user, "assess", scheme),
        "own": own_units(request, scheme) if scheme.is_shown else [],
    }
    if context["oversees"]:
        context |= of_the_office(scheme, request)
    if context["waves"] or context["oversees"]:
        context["to_wave"] = scheme.adjustments.filter(waits=True, withdrawn_at=None).select_related("unit", "by")
    return render(request, "reports/evaluation/evaluation.html", context)


def not_begun(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to begin, for who may."""
    campaign = campaign_of(request, pk)
    if not may(request.user, "oversee", campaign):
        raise Http404
    context = {"campaign": campaign, "changes": may(request.user, "change", campaign)}
    return render(request, "reports/evaluation/not_begun.html", context)


def criteria_of(scheme: Scheme) -> Any:
    """The criteria in their order, with who let one pass."""
    return scheme.criteria.select_related("waved_by")


ON_A_PAGE = 100
"""Sheets of the table; all of them are counted, since the places are."""


def of_the_office(scheme: Scheme, request: HttpRequest) -> dict[str, Any]:
    """What only the office sees: every sheet, what is missing, who waits for an answer, what was changed."""
    sheets = [] if scheme.is_draft else sheets_of(scheme)
    if scheme.is_shown:  # before that the order would tell assessors what the others gave
        sheets = by_place(sheets)
    assessors = deeds.assessors_of(scheme)
    lines = scheme.history().select_related("by")
    return {
        "against": deeds.stands_against(scheme) if scheme.is_draft else [],
        "page": Paginator(sheets, ON_A_PAGE).get_page(request.GET.get("page")),
        "missing": sum(1 for _each in unanswered(sheets, assessors)),
        "wait": scheme.comments.filter(answered_at=None).select_related("unit"),
        "assessors": scheme.assessors.all(),
        "left": [each for each in scheme.assessors.all() if each not in assessors],
        "naming": AssessorsForm(scheme=scheme) if scheme.state == SchemeState.PUBLISHED else None,
        "until": clock.today() + deeds.HEARD,
        "lines": [line for line in lines if line.note and (scheme.is_shown or line.by == request.user)][-ON_A_PAGE:],
    }


def own_units(request: HttpRequest, scheme: Scheme) -> list[Unit]:
    """The person's units that are evaluated."""
    user: Any = request.user
    return list(evaluated(scheme).filter(pk__in=user.units_as(*UNIT_ROLES)))


@require_safe
def one_release(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition of the result, as it stood on its day."""
    row = visible(Release.objects.select_related("scheme__campaign__host", "by"), request, pk=pk)
    names = [name for name, _points in row.rows[0]["lines"]] if row.rows else []
    context = {"release": row, "scheme": row.scheme, "campaign": row.scheme.campaign, "names": names}
    return render(request, "reports/evaluation/release.html", context)


@require_safe
def release_as_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook: numbers stay numbers."""
    row = visible(Release.objects.select_related("scheme__campaign"), request, pk=pk)
    names = [name for name, _points in row.rows[0]["lines"]] if row.rows else []
    return excel_file(f"{row.scheme} {row}", result_columns(names), row.rows)


# --- deeds -------------------------------------------------------------------------------------------------


def done(request: HttpRequest, pk: int, said: str, deed: Callable[[Scheme], object]) -> HttpResponse:
    """One step, and what came of it."""
    scheme = scheme_of(request, pk)
    require(request, "change", scheme)
    with told(request, said):
        deed(scheme)
    return redirect(scheme)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules hold, and the units are told."""
    return done(request, pk, _("The rules are published."), lambda scheme: deeds.publish(scheme, by=request.user))


@require_POST
def name_assessors(request: HttpRequest, pk: int) -> HttpResponse:
    """Other people assess from now on."""
    scheme = scheme_of(request, pk)
    require(request, "change", scheme)
    form = AssessorsForm(request.POST, scheme=scheme)
    with told(request, _("Saved.")):
        deeds.name_assessors(scheme, form.cleaned_data["people"] if form.is_valid() else [], by=request.user)
    return redirect(scheme)


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit sees its own sheet."""
    until, said = day(words(request.POST, "until")), _("Every unit sees its sheet.")
    return done(request, pk, said, lambda scheme: deeds.show(scheme, by=request.user, until=until))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The result as it stands is the next edition."""
    why = words(request.POST, "why")[:300]
    said = _("The result is released.")
    return done(request, pk, said, lambda scheme: deeds.release(scheme, by=request.user, why=why))

"""The register of units: those an office works with, a new one, one put right."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit_trail import shows_personal_data
from accounts.duties import granting
from accounts.models import Membership, Unit
from accounts.models.memberships import OFFICE_ROLES
from accounts.register import UNITS, ended_units, units_before
from accounts.unit_forms import UnitForm
from accounts.unit_keepers import offices_of, units_for
from workflow import together
from workflow.listing.shown import shown
from workflow.pages import words
from workflow.sheets.export_views import excel_of


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units the office works with: found by any of their names, by kind, by group, or where nobody files."""
    if request.GET.get("excel"):
        return excel_of(request, "units", {})
    source = units_before(request.user)
    list_of = shown(request, UNITS, source, excel=True)
    merged = ended_units(source.offices, words(request.GET, "q"))
    context = {"shown": list_of, "silent": source.unheard, "merged": merged}
    return render(request, "accounts/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """A unit that is not in the register yet; the office that enters it looks after it."""
    offices = offices_of(request.user)
    office = Unit.objects.get(pk=min(offices))
    known = {"name": words(request.GET, "name"), "groups": request.GET.getlist("group")}
    instance = Unit(kept_by=office, level=office.level, parent=office.parent)
    form = UnitForm(request.POST or None, offices=offices, initial=known, instance=instance)
    if request.method == "POST" and form.is_valid() and (made := form.saved()):
        messages.success(request, _("%(name)s was saved.") % {"name": made})
        return redirect("accounts:units")
    return render(request, "accounts/unit.html", {"form": form, "base": ""}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_personal_data
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit of the register, put right. What was printed stays as it was printed."""
    offices = offices_of(request.user)
    row = get_object_or_404(units_for(offices).filter(mended=True), pk=pk)
    if request.method != "POST":
        return unit_page(request, row, UnitForm(instance=row, offices=offices))
    with transaction.atomic():
        locked = Unit.objects.select_for_update().get(pk=row.pk)

        def make(data: QueryDict | None) -> UnitForm:
            return UnitForm(data, instance=locked, offices=offices)

        form, found = together.meet(request, make)
        if any(each.is_clash for each in found):
            return clash(request, row, form, found, make(None))
        if not form.is_valid() or not form.saved():
            return unit_page(request, row, form)
    messages.success(request, together.said(_("%(name)s was saved.") % {"name": locked}, found))
    return redirect("accounts:units")


def unit_page(request: HttpRequest, row: Unit, form: UnitForm) -> HttpResponse:
    """The form of a unit, and who speaks for it."""
    held = Membership.objects.held_now().filter(unit=row, user__is_active=True)
    user: Any = request.user
    context = {
        "unit": Unit.objects.get(pk=row.pk),
        "form": form,
        "base": request.POST.get("base") or together.base(form),
        "speakers": held.select_related("user", "acting_for", "unit"),
        "whole": bool(user.units_as(*OFFICE_ROLES, *granting())),
        "left": row.merged.all(),
    }
    return render(request, "accounts/unit.html", context, status=422 if form.errors else 200)


def clash(request: HttpRequest, row: Unit, form: UnitForm, found: Any, now: UnitForm) -> HttpResponse:
    """Somebody else changed the same fields meanwhile: both wordings, to choose from."""
    context = {
        "unit": row,
        **together.clash_of(form, now, found),
        "why": _("Somebody saved this unit meanwhile."),
        "back": request.path,
    }
    return render(request, "accounts/unit_clash.html", context, status=409)

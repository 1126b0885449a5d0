"""Merging two units: first what will happen, then the deed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.models.memberships import OFFICE_ROLES
from activities.units import merge as deed
from activities.units.forms import MergeForm
from documents.counts import thousands
from workflow.models import MoveRefused
from workflow.pages import refused


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Choose two units and see what a merger does; the button below that does it."""
    user: Any = request.user
    if not user.units_as(Role.ADMIN, *OFFICE_ROLES):
        raise PermissionDenied
    units = deed.in_hand_of(user)
    data = request.POST if request.method == "POST" else request.GET
    form = MergeForm(data if "unit" in data or request.method == "POST" else None, units=units)
    why, outlook = "", None
    if form.is_valid():
        unit, into = form.cleaned_data["unit"], form.cleaned_data["into"]
        why = deed.why_not(unit, into)
        if not why and request.method == "POST":
            return merged(request, form)
        outlook = None if why else deed.outlook(unit, into)
    context = {"form": form, "why": why, "outlook": outlook, "chosen": form.cleaned_data if outlook else {}}
    status = 422 if request.method == "POST" or form.errors else 200
    return render(request, "activities/units/merge.html", context, status=status)


def merged(request: HttpRequest, form: MergeForm) -> HttpResponse:
    """Do it and say what was done."""
    data = form.cleaned_data
    try:
        done = deed.merge(data["unit"], data["into"], by=request.user, on=data["on"])
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect("activities:merge-units")
    said = _("%(unit)s is merged into %(into)s: %(moved)s handed on, %(closed)s no longer asked.")
    numbers = {"moved": thousands(len(done.moved)), "closed": thousands(len(done.closed))}
    messages.success(request, said % {"unit": data["unit"], "into": data["into"], **numbers})
    return redirect("activities:merge-units")

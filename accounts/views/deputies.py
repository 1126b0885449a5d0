"""The page on which an administrator or a head of unit names deputies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import deputies as deed
from accounts.forms import DeputyForm
from accounts.models import Membership
from workflow import clock
from workflow.models import MoveRefused

PAGE = 50


def looked_after(user: Any) -> set[int]:
    """Units whose deputies this person names. Raises: PermissionDenied for everybody else."""
    found: set[int] = user.units_as(*deed.NAMING)
    if not found:
        raise PermissionDenied
    return found


def deputies(request: HttpRequest) -> HttpResponse:
    """Who acts for whom until when; on POST a deputy is named."""
    units = looked_after(request.user)
    form = DeputyForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid() and named(request, form):
        return redirect("accounts:deputies")
    rows = Membership.objects.filter(unit__in=units).exclude(acting_for=None)
    rows = rows.select_related("user", "unit", "acting_for").order_by("-until", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "today": clock.today()}
    return render(request, "accounts/deputies.html", context, status=422 if form.errors else 200)


def named(request: HttpRequest, form: DeputyForm) -> bool:
    """Name the deputy of the form. Returns: whether it was done."""
    try:
        row = deed.name_deputy(**form.cleaned_data, by=request.user)
    except MoveRefused as refusal:
        form.add_error("deputy", str(refusal))
        return False
    day = date_format(form.cleaned_data["until"], "DATE_FORMAT")
    values = {"deputy": row.user, "absent": row.acting_for, "day": day}
    messages.success(request, _("%(deputy)s acts for %(absent)s until %(day)s.") % values)
    return True


@require_POST
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """End a deputy's time early."""
    rows = Membership.objects.filter(unit__in=looked_after(request.user)).exclude(acting_for=None)
    row = get_object_or_404(rows.select_related("user"), pk=pk)
    deed.end(row)
    messages.success(request, _("%(deputy)s no longer acts for anybody in this role.") % {"deputy": row.user})
    return redirect("accounts:deputies")

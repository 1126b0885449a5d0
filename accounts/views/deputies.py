"""The page on which an administrator or a head of unit names deputies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
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


def named_by(user: Any) -> "QuerySet[Membership]":
    """The deputies this person names and ends. Raises: PermissionDenied for who names none."""
    if not user.units_as(*deed.naming()):
        raise PermissionDenied
    return Membership.objects.filter(deed.represented_by(user)).exclude(acting_for=None)


def deputies(request: HttpRequest) -> HttpResponse:
    """Who acts for whom until when; on POST a deputy is named."""
    rows = named_by(request.user)
    form = DeputyForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and named(request, form):
        return redirect("accounts:deputies")
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
    row = get_object_or_404(named_by(request.user).select_related("user", "unit", "acting_for"), pk=pk)
    deed.end(row, by=request.user)
    messages.success(request, _("%(deputy)s no longer acts for anybody in this role.") % {"deputy": row.user})
    return redirect("accounts:deputies")

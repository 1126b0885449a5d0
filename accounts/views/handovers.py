"""Handing over to a successor: which roles one may hand over, to whom, and what was handed over before."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import handover as deed
from accounts.handover_form import SuccessorForm
from accounts.models import HandOver, Membership, Unit
from workflow.models import MoveRefused
from workflow.pages import words

PAGE = 50


@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Roles this person may hand over, found by name or unit; and what was handed over in these units."""
    user: Any = request.user
    rows, sought = deed.in_hand_of(user), words(request.GET, "q")
    if sought:
        rows = rows.filter(Q(user__name__icontains=sought) | Q(unit__name__icontains=sought))
    page = Paginator(rows.order_by("unit__order", "unit", "pk"), PAGE).get_page(request.GET.get("page"))
    units = Unit.objects.filter(pk__in=deed.in_hand_of(user).values("unit"))
    past = HandOver.objects.filter(Q(unit__in=units) | Q(giver=user.pk)).select_related("giver", "taker", "unit", "by")
    return render(request, "accounts/hand_overs.html", {"page": page, "sought": sought, "past": past[:PAGE]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the successor; a new account's first password is shown once, in the answer."""
    held = get_object_or_404(deed.in_hand_of(request.user), pk=pk)
    form = SuccessorForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            row, password = done(request, held, form)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "accounts/handed_over.html", {"row": row, "password": password})
    context = {"form": form, "held": held, "own": held.user_id == request.user.pk}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)


@transaction.atomic
def done(request: HttpRequest, held: Membership, form: SuccessorForm) -> tuple[HandOver, str]:
    """Make the account if it is new, and hand over. Raises: MoveRefused."""
    taker, password = form.person()
    return deed.hand_over(held.unit, held.user, taker, by=request.user), password

"""What is held about a person: the own page, and that of somebody whose account one looks after."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.audit_trail import shows_personal_data
from accounts.people_keepers import editable_by
from reports.personal_data import kept_about


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """About whoever asks."""
    person: Any = request.user
    return render(request, "reports/personal_data.html", {"rows": kept_about(person, whole=True), "own": True})


@require_safe
@shows_personal_data
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """About somebody whose account is looked after; numbers are masked, they stand on the page of the account."""
    person = get_object_or_404(editable_by(request.user), pk=pk)
    return render(request, "reports/personal_data.html", {"rows": kept_about(person, whole=False), "person": person})

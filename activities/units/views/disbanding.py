"""Deleting a group of units: what still stands on it, or the deed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.unit_keepers import groups_for, offices_of
from activities.units import disband
from workflow.models import MoveRefused


@require_http_methods(["GET", "HEAD", "POST"])
def delete_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the group is named, and the button that deletes it when it is named nowhere."""
    group = get_object_or_404(groups_for(offices_of(request.user)), pk=pk)
    if request.method == "POST":
        try:
            disband.delete(group)
        except MoveRefused:
            pass  # the page says why, and where it is named
        else:
            messages.success(request, _("The group “%(group)s” is deleted; its units stay.") % {"group": group})
            return redirect("accounts:groups")
    context = {"group": group, "uses": disband.uses(group), "count": group.units.count()}
    return render(
        request, "activities/units/delete_group.html", context, status=409 if request.method == "POST" else 200
    )

"""When and where one activity takes place: the office moves it here; the calendar has no other way."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.models import Activity
from activities.schedule import occasion as deed
from activities.schedule.forms.occasion import OccasionForm
from workflow import together
from workflow.pages import require, visible


@require_http_methods(["GET", "HEAD", "POST"])
def occasion(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; the second of two who save sees what the first one wrote."""
    activity = visible(Activity.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", activity.campaign)
    with transaction.atomic():
        rows = Activity.objects.select_for_update(of=("self",)).select_related("campaign__host")
        return written(request, rows.get(pk=activity.pk))


def written(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The form of an activity that is locked; on POST write it."""
    why, status, theirs = deed.why_not(activity.campaign), 200, None
    now = OccasionForm(instance=activity)
    stands = together.mark(now)
    known = Activity.objects.select_related("campaign").get(pk=activity.pk)
    form = OccasionForm(request.POST or None, instance=activity)
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        status = 409 if why else 422
        if form.is_valid() and not why:
            told = deed.hold(known, form.values())
            done = _("Saved: the units that take part are told.") if told else _("Saved.")
            messages.success(request, done)
            return redirect(known)
    context: dict[str, Any] = {"campaign": activity.campaign, "activity": known, "form": form, "why": why}
    context |= {"base": stands, "theirs": theirs}
    return render(request, "activities/schedule/occasion.html", context, status=status)

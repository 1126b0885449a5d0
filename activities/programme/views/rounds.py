"""The schedule of a series of rounds; the office writes it, a unit names who speaks for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.models import Activity, Appearance, Assignment, Round
from activities.programme import rounds as deed
from activities.programme.forms.rounds import RoundForm, SpeakerForm, invited
from activities.programme.task_table import why_not_write
from activities.states import AssignmentState
from campaigns.finding import campaign_of
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import may, require, told, visible


@dataclass(frozen=True)
class Guest:
    """One unit at one round, as far as the reader may know."""

    appearance: Appearance
    assignment: Assignment | None
    knows: bool
    """The unit's own people and the office: who speaks, and whether the material is there."""

    @property
    def is_out(self) -> bool:
        return self.assignment is not None and self.assignment.state == AssignmentState.CLOSED


@require_safe
def rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """All rounds of a campaign, task by task: when, what about, who is invited, what to prepare."""
    campaign = campaign_of(request, pk)
    rows = Round.objects.filter(activity__campaign=campaign).select_related("activity")
    owed = Assignment.objects.visible_to(request.user).filter(campaign=campaign, appearance__isnull=False)
    by_guest = {row.appearance_id: row for row in owed}
    oversees, user = may(request.user, "oversee", campaign), request.user
    own: set[int] = user.units_as(*UNIT_ROLES)  # type: ignore[union-attr]
    schedule = [
        (row, [Guest(each, by_guest.get(each.pk), oversees or each.unit_id in own) for each in row.appearances.all()])
        for row in rows.prefetch_related("appearances__unit")
    ]
    context = {
        "campaign": campaign,
        "schedule": schedule,
        "writes": may(user, "change", campaign),
        "own": own,
    }
    return render(request, "activities/programme/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    """One more round of a task."""
    activity = visible(Activity.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", activity.campaign)
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=activity.pk)  # the second press waits for the first
        return written(request, activity, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one round."""
    row = visible(Round.objects.select_related("activity__campaign__host"), request, pk=pk)
    require(request, "change", row.activity.campaign)
    with transaction.atomic():
        row = Round.objects.select_for_update(of=("self",)).select_related("activity__campaign__host").get(pk=row.pk)
        return written(request, row.activity, row)


def written(request: HttpRequest, activity: Activity, row: Round | None) -> HttpResponse:
    """The form of a round; on POST write it."""
    initial: dict[str, Any] = {"units": invited(row)} if row else {}
    host = activity.campaign.host
    now = RoundForm(instance=row or Round(activity=activity), initial=initial, host=host)
    stands = together.mark(now)
    form = RoundForm(request.POST or None, instance=row or Round(activity=activity), initial=initial, host=host)
    why, status, theirs = why_not_write(activity.campaign), 200, None
    if row and together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        status = 409 if why else 422
        if form.is_valid() and not why:
            known = Round.objects.get(pk=row.pk) if row else None
            try:
                made = deed.write(activity, form.values(), form.cleaned_data["units"], by=request.user, row=known)
            except MoveRefused as refusal:
                why, status = "", 409
                form.add_error("units", str(refusal))
            else:
                messages.success(request, _("The round is saved."))
                return redirect(made)
    context: dict[str, Any] = {
        "campaign": activity.campaign,
        "activity": activity,
        "row": row,
        "form": form,
        "why": why,
    }
    context |= {"base": stands, "theirs": theirs}
    return render(request, "activities/programme/round.html", context, status=status)


@require_POST
def strike_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a round out of the schedule."""
    row = visible(Round.objects.select_related("activity__campaign"), request, pk=pk)
    require(request, "change", row.activity.campaign)
    with told(request, _("The round is taken out of the schedule.")):
        deed.strike(row, by=request.user)
    return redirect("activities:rounds", pk=row.activity.campaign_id)


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks for a unit at its round: the unit names the person, until the day of the round."""
    rows = Appearance.objects.select_related("round__activity__campaign__host", "unit")
    row = visible(rows, request, pk=pk)
    campaign = row.round.activity.campaign
    writes = may(request.user, "register", row)
    form = SpeakerForm(request.POST or None, instance=row) if writes else None
    if request.method == "POST":
        require(request, "register", row)
        if form is not None and form.is_valid():
            form.save()
            messages.success(request, _("Saved: the office sees who speaks."))
            return redirect("activities:rounds", pk=campaign.pk)
    owed = Assignment.objects.visible_to(request.user).filter(appearance=row).first()
    context = {"campaign": campaign, "row": row, "form": form, "owed": owed}
    return render(request, "activities/programme/appearance.html", context, status=422 if form and form.errors else 200)

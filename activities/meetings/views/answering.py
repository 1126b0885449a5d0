"""Who attends, as a unit answers or the office writes down; and who was there on the day."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models.memberships import UNIT_ROLES
from activities.meetings import attendance as deed
from activities.meetings.answering import answer
from activities.meetings.convening import hold
from activities.meetings.forms.answer import AnswerForm
from activities.meetings.forms.minutes import OthersForm, PresenceForm
from activities.models import Invitation, Meeting
from activities.states import InvitationState
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, visible

ANSWERS = (InvitationState.COMING, InvitationState.EXCUSED)
KNOWN = ("meeting__campaign__host", "unit")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer of one unit: by itself, or by the office after a telephone call."""
    row = visible(Invitation.objects.select_related(*KNOWN), request, pk=pk)
    writes = may(request.user, "answer", row)
    user: Any = request.user
    of_unit = user.is_in(row.unit_id, *UNIT_ROLES)
    shown = Invitation.objects.select_related(*KNOWN).get(pk=row.pk)
    form = AnswerForm(request.POST or None, instance=shown, user=user, of_unit=of_unit)
    if request.method == "POST":
        require(request, "answer", row)
        to = request.POST.get("answer")
        if form.is_valid() and to in ANSWERS:
            return answered(request, row, str(to), form.said())
    context = {"row": row, "meeting": row.meeting, "campaign": row.meeting.campaign, "form": form, "writes": writes}
    context |= {"of_unit": of_unit, "oversees": may(user, "oversee", row.meeting)}
    return render(request, "activities/meetings/invitation.html", context, status=422 if form.errors else 200)


def answered(request: HttpRequest, row: Invitation, to: str, said: dict[str, str]) -> HttpResponse:
    """Write the answer, and say what came of it."""
    try:
        made = answer(row, to, said, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        coming = made.state == InvitationState.COMING
        done = _("Thank you: the office sees who attends.") if coming else _("The office sees that you are excused.")
        messages.success(request, done)
    return redirect(row.meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there on the day; the first time it is saved the meeting is held."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", row)
    if why := deed.why_not_kept(row):
        refused(request, why)
        return redirect(row)
    with transaction.atomic():
        return kept(request, hold(row))


def kept(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The rows of all units; on POST write them, if nobody wrote them meanwhile."""
    invitations = list(meeting.invitations.standing().select_related("unit"))
    stands = together.mark(*forms_of(None, meeting, invitations))
    forms = forms_of(request.POST or None, meeting, invitations)
    status = 200
    theirs: list[Any] | None = None
    if together.overtaken(request, stands):
        status, theirs = 409, []
    elif request.method == "POST":
        if all(form.is_valid() for form in forms):
            values = {row.pk: form.cleaned_data for row, form in zip(invitations, forms[1:], strict=True)}
            deed.keep(meeting, values, forms[0].cleaned_data["also_present"], by=request.user)
            messages.success(request, _("It is written down who was there."))
            return redirect(meeting)
        status = 422
    context = {"meeting": meeting, "campaign": meeting.campaign, "others": forms[0], "forms": forms[1:]}
    context |= {"base": stands, "theirs": theirs}
    return render(request, "activities/meetings/attendance.html", context, status=status)


def forms_of(data: Any, meeting: Meeting, invitations: list[Invitation]) -> list[Any]:
    """The form of the others, then one for each unit."""
    rows = [PresenceForm(data, instance=each, prefix=f"u{each.pk}") for each in invitations]
    return [OthersForm(data, instance=meeting), *rows]

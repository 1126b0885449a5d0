"""Joint meetings: those of a campaign, a new one, one of them, its deeds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models.memberships import UNIT_ROLES
from activities.judging.reasons import reason_given
from activities.meetings import convening as deed
from activities.meetings import decisions
from activities.meetings.attendance import why_not_kept
from activities.meetings.forms.answer import AnswerForm
from activities.meetings.forms.meeting import MeetingForm
from activities.models import Invitation, Meeting, MeetingDecision
from activities.states import DecisionState, InvitationState, MeetingState, MinutesState
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible

PAGE = 50
STANDS = Q(invitations__state=InvitationState.COMING), ~Q(invitations__state=InvitationState.TAKEN_OUT)


@require_safe
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """The meetings of a campaign, the newest first; a unit sees those to which it is invited."""
    campaign = campaign_of(request, pk)
    rows = Meeting.objects.visible_to(request.user).filter(campaign=campaign)
    coming, asked = (Count("invitations", filter=each, distinct=True) for each in STANDS)
    page = Paginator(rows.annotate(coming=coming, asked=asked).order_by("-starts_at", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "campaign": campaign,
        "page": page,
        "runs": may(request.user, "change", campaign),
        "why": deed.why_not_new(campaign),
    }
    return render(request, "activities/meetings/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a meeting; it goes to nobody before it is convened."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)  # a second press waits for the first
        return written(request, Meeting(campaign=campaign))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting; of one that is convened everybody invited is told."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", row)
    with transaction.atomic():
        row = deed.hold(row)
        if why := deed.why_not_changed(row):
            refused(request, why)
            return redirect(row)
        return written(request, row)


def written(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The form of a meeting; on POST write it, if nobody wrote it meanwhile."""
    known: dict[str, Any] = {"host": meeting.campaign.host, "user": request.user}
    now = MeetingForm(instance=meeting, **known)
    stands, status, theirs = together.mark(now), 200, None
    blank = Meeting(campaign=meeting.campaign) if meeting.pk is None else Meeting.objects.get(pk=meeting.pk)
    form = MeetingForm(request.POST or None, instance=blank, **known)
    why = deed.why_not_new(meeting.campaign)
    if meeting.pk and together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        status = 409 if why else 422
        if form.is_valid() and not why:
            made = deed.write(meeting, form.values(), form.asked(), by=request.user)
            messages.success(request, saved_said(made))
            return redirect(made)
    context = {
        "meeting": meeting if meeting.pk else None, "campaign": meeting.campaign, "form": form, "base": stands,
        "theirs": theirs, "why": why, "left_open": list(deed.left_open(meeting.campaign, request.user)),
    }  # fmt: skip
    return render(request, "activities/meetings/edit.html", context, status=status)


def saved_said(meeting: Meeting) -> str:
    """What came of saving it."""
    if meeting.takes_answers:
        return _("It is saved. Who is invited was told what is other now.")
    return _("It is saved. Nobody is told before you convene it.")


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when and where, the agenda, who attends, what was decided; a unit answers here."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    user: Any = request.user
    oversees = may(user, "oversee", row)
    invitations = list(row.invitations.standing().select_related("unit"))
    for each in invitations:
        each.meeting = row
    known = MeetingDecision.objects.visible_to(user).filter(meeting=row).select_related("unit", "task__unit")
    context = {
        "meeting": row,
        "campaign": row.campaign,
        "oversees": oversees,
        "runs": may(user, "change", row),
        "agenda": row.agenda.select_related("unit"),
        "invitations": invitations,
        "answers": own_answers(user, row, invitations),
        "left_open": deed.open_before(row, user) if row.state != MeetingState.CANCELLED else [],
        "decisions": [decisions.Followed(each, each.owed) for each in known.order_by("order")],
        "minutes": newest_minutes(row, oversees),
        "whys": deed.why_not_convened(row) if row.is_draft else [],
        "why_not_changed": deed.why_not_changed(row),
        "why_not_kept": why_not_kept(row),
        "wait": wait_for_notice(row) if oversees else "",
    }
    return render(request, "activities/meetings/meeting.html", context)


def own_answers(user: Any, meeting: Meeting, invitations: list[Invitation]) -> list[tuple[Invitation, AnswerForm]]:
    """The invitations of the person's own units, each with its form, as long as answers are taken."""
    if not meeting.takes_answers:
        return []
    own = user.units_as(*UNIT_ROLES)
    mine = [each for each in invitations if each.unit_id in own]
    return [(each, AnswerForm(instance=each, user=user, of_unit=True, prefix=None)) for each in mine]


def newest_minutes(meeting: Meeting, oversees: bool) -> Any:
    """The version to be read: the one in force; for the office the draft, if there is one."""
    rows = meeting.minutes.order_by("version")
    return (rows if oversees else rows.exclude(state=MinutesState.DRAFT)).last()


def wait_for_notice(meeting: Meeting) -> str:
    """Why decisions of circulated minutes are no tasks yet; "ready" when one press makes them so; else nothing."""
    sent = meeting.minutes.filter(state=MinutesState.CIRCULATED).exists()
    if not sent or not meeting.decisions.filter(state=DecisionState.DRAFT).exists():
        return ""
    return decisions.why_not_handed_out(meeting.campaign) or "ready"


@require_POST
def convene(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody invited is told, and asked who attends."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", row)
    try:
        number = deed.convene(row, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        said = so_many("It is convened: %(n)s unit is told.", "It is convened: %(n)s units are told.", number)
        messages.success(request, said)
    return redirect(row)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place; who was invited is told why."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", row)
    reason = reason_given(request, _("Please give a reason of at most 1,000 characters."))
    if reason:
        with told(request, _("It does not take place; who was invited was told.")):
            deed.cancel(row, by=request.user, reason=reason)
    return redirect(row)

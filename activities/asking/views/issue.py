"""The signer issues a notice: first what will happen and what the check finds, then the deed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from activities.asking import checks, forecast
from activities.asking import issue as deed
from activities.asking.checks import Finding
from activities.asking.forms.due_dates import DueDatesForm
from activities.asking.handing_out import asked_by
from activities.asking.proposed_days import proposed_due
from activities.burden.strip import strip_before_issue
from campaigns import available_actions, way
from campaigns.models import Notice
from campaigns.models.number import HIGHEST
from campaigns.states import NoticeState
from campaigns.views.way import Press, carry_out
from workflow.models import JobState, MoveRefused
from workflow.pages import STOP_POLLING, refused, require, told, visible, words

KNOWN = ("campaign__host", "document_number")
OPEN = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)


def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what every unit will owe and until when, and what the check finds; on POST issue it, now or at an hour."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    if notice.is_sent:
        if request.method == "POST":
            require(request, "issue", notice)
        messages.info(request, _("The notice has been issued already."))
        return redirect(notice)
    require(request, "oversee", notice.campaign)  # those of a joint body read the notice, not the office's check
    form = DueDatesForm(request.POST or None, notice=notice, proposed=proposed_due(notice))
    why, valid, found = why_not(request, notice), form.is_valid(), look(notice, form)
    typed = remarks(request, notice, found)
    if not why and valid and all(row["done"] for row in typed) and ordered(request, notice, form, typed):
        return redirect(notice)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "form": form,
        "why": why,
        "findings": typed,
        "blocks": [each for each in found if each.blocks],
        "doubtful": sum(1 for row in typed if not row["finding"].blocks and not row["passed"]),
        "cites": any(each.rule for each in found),
        "remark_all": words(request.POST, "remark-all"),
        "asked": request.method == "POST",
        "number": available_actions.number_to_come(notice) if notice.state != NoticeState.SIGNED else notice.number,
        "gives_number": notice.document_number is None,
        "scheduled": deed.set_hours([notice]).get(notice.pk),
        "counted": checks.counted(notice, found, form.dates()),
        **forecast.outlook(notice, form),
        **strip_before_issue(asked_by(notice)),
    }
    return render(request, "activities/asking/issue.html", context, status=403 if request.POST and why else 200)


def look(notice: Notice, form: DueDatesForm) -> list[Finding]:
    """What the check finds with the days and the hour of the form."""
    at = form.cleaned_data.get("at") if form.is_bound else None
    return checks.findings(notice, form.dates(), timezone.localtime(at).date() if at else None)


def remarks(request: HttpRequest, notice: Notice, found: list[Finding]) -> list[dict[str, Any]]:
    """Each finding with the remark typed for it, or with which it was let pass, and whether that is enough."""
    for_all, waved = words(request.POST, "remark-all"), checks.waved(notice)
    rows = []
    for each in found:
        remark, passed = words(request.POST, f"remark-{each.code}"), waved.get(each.code)
        done = not each.blocks and bool(remark or for_all or passed)
        rows.append({"finding": each, "remark": remark, "passed": passed, "done": done})
    return rows


def ordered(request: HttpRequest, notice: Notice, form: DueDatesForm, typed: list[dict[str, Any]]) -> bool:
    """Let pass what has a remark, and issue: both or neither.

    Returns: whether there is nothing left to do on this page; where it was refused, what was typed stays on it.
    """
    for_all, at = words(request.POST, "remark-all"), form.cleaned_data["at"]
    let_pass = {row["finding"].code: row["remark"] or for_all for row in typed}
    done = _("The notice is issued.")
    if at:
        done = _("It will be issued on %(at)s.") % {"at": date_format(timezone.localtime(at), "DATETIME_FORMAT")}
    try:
        with transaction.atomic():
            checks.wave(notice, [row["finding"] for row in typed], let_pass, by=request.user)
            deed.order(notice, by=request.user, due=form.dates(), at=at, seq=form.cleaned_data["seq"])
    except MoveRefused as refusal:
        refused(request, refusal)
        notice.refresh_from_db()
        return notice.is_sent
    messages.success(request, done)
    return True


def why_not(request: HttpRequest, notice: Notice) -> list[str]:
    """Everything that keeps this person from issuing this notice now, what blocks in the check apart."""
    if notice.state == NoticeState.WITHDRAWN:
        return [_("The notice was withdrawn.")]
    return available_actions.why_not_sign(request.user, notice)


@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check finds in a notice that has not gone out, a part of its page; on POST one thing is mended."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", notice)
    if request.method == "POST":
        deed_of(request)(request, notice)
        return redirect("activities:findings", notice.pk)
    checked = checks.is_checked(notice)
    found = checks.findings(notice) if checked else []
    waved = checks.waved(notice)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "found": [(each, waved.get(each.code)) for each in found],
        "blocking": sum(1 for each in found if each.blocks),
        "cites": any(each.rule for each in found),
        "checked": checked,
        "counted": checks.counted(notice, found, proposed_due(notice)) if checked else [],
        **(strip_before_issue(asked_by(notice)) if checked else {}),
    }
    return render(request, "activities/asking/findings.html", context)


def deed_of(request: HttpRequest) -> Callable[[HttpRequest, Notice], None]:
    """What the pressed button does with a finding."""
    return let_pass if "pass" in request.POST else take_back if "take-back" in request.POST else mend


def take_back(request: HttpRequest, notice: Notice) -> None:
    """What was let pass stands against the notice again."""
    with told(request, _("It is taken back: it stands against the notice again.")), transaction.atomic():
        way.hold(notice)
        if not checks.is_checked(notice):
            raise MoveRefused(_("It went out or was withdrawn: there is nothing to check any more."))
        checks.wave_no_more(notice, words(request.POST, "take-back"), by=request.user)


def mend(request: HttpRequest, notice: Notice) -> None:
    """Do what the pressed button says, if the check still finds what it was about."""
    code, _colon, place = words(request.POST, "mend").rpartition(":")
    with told(request, _("Mended.")), transaction.atomic():
        way.hold(notice)
        found = checks.mendable(notice) if checks.is_checked(notice) else ()
        mends = next((each.mends for each in found if each.code == code), ())
        if not place.isdecimal() or len(place) > 4 or int(place) >= len(mends):
            raise MoveRefused(_("This is mended already, or the notice was changed meanwhile."))
        mends[int(place)].deed(request.user)


def let_pass(request: HttpRequest, notice: Notice) -> None:
    """Let one finding pass with the reason typed, if the check still finds it: the signer reads both."""
    code = words(request.POST, "pass")
    reason = words(request.POST, f"remark-{code}")
    with told(request, _("It is let pass. The reason stands in the history of the notice.")), transaction.atomic():
        way.hold(notice)
        found = [each for each in checks.findings(notice) if each.code == code] if checks.is_checked(notice) else []
        if not found:
            raise MoveRefused(_("This is mended already, or the notice was changed meanwhile."))
        if not reason:
            raise MoveRefused(_("Please write why it may pass."))
        checks.wave(notice, found, {code: reason}, by=request.user)


@require_safe
def handout(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the hand-out of a notice is; polled by its page until it is done."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "oversee", notice.campaign)
    rows = list(notice.handouts.select_related("activity", "unit").filter(state__in=OPEN))
    waits = next((row for row in rows if not notice.is_sent and row.state == JobState.QUEUED), None)
    working = [row for row in rows if row.at_work and row is not waits]
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "scheduled": deed.shown_hour(waits) if waits else None,
        "working": working,
        "failed": [row for row in rows if row.state == JobState.FAILED],
        "waits": any(row.waits_for_worker for row in working),
        "stopped": notice.handouts.filter(state=JobState.READY).exclude(reason="").exists(),
        "poll": bool(working),
    }
    template = "activities/asking/handout.html" if request.htmx else "activities/asking/handout_page.html"  # type: ignore[attr-defined]
    status = STOP_POLLING if request.htmx and not working else 200  # type: ignore[attr-defined]
    answer = render(request, template, context, status=status)
    if status == STOP_POLLING:
        trigger_client_event(answer, "handed-out")  # the receipts beside it are looked at again
    return answer


@require_POST
def cancel_hour(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the set hour."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "issue", notice)
    with told(request, _("The set hour is cancelled. The notice stays signed.")):
        deed.cancel_hour(notice, by=request.user)
    return redirect(notice)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a notice, with the next number or one of the signer's choice; issuing it comes later."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "sign", notice)
    typed = words(request.POST, "note")
    if typed and not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= HIGHEST):
        refused(request, _("Please type the number only, without code and year."))
        return redirect(notice)
    try:
        deed.sign(notice, by=request.user, seq=int(typed) if typed else None)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Signed as %(number)s.") % {"number": notice.number})
    return redirect(notice)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a notice with a reason."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "withdraw", notice)
    press = Press("withdraw", deed.withdraw, _("The notice is withdrawn."), "reason", True)
    return carry_out(request, notice, press, notice)


@require_POST
def hand_out_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what failed again."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", notice)
    with told(request, _("It is being handed out again.")):
        failed = notice.handouts.filter(state=JobState.FAILED)
        if not failed:
            raise MoveRefused(_("No hand-out has failed."))
        for row in failed:
            deed.hand_out_again(row, by=request.user)
    return redirect(notice)


@require_POST
def set_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the paper of an issued notice again after it failed."""
    notice = visible(Notice.objects.select_related("campaign", "paper"), request, pk=pk)
    require(request, "change", notice)
    with told(request, _("It is being set again.")):
        deed.set_again(notice, by=request.user)
    return redirect(notice)

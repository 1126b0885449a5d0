"""A unit's deliverable: what is asked, what was reported, report more; the office's spot check of the reports."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from accounts.visitor import account
from activities.behalf.writer import Capacity, Writer, page_for_unit, writer_of
from activities.counting.forms.entry import EntryForm, EvidenceForm, FinishForm, ReasonForm
from activities.filing.keep_parts import keep_new_files
from activities.judging.views.reviewing import warn_if_locked
from activities.models import Assignment, Comparator, Entry
from activities.models.entry import Count, asked_of, count_of, finish, why_not_reported
from activities.states import Kind
from activities.tell_unit import tell_unit
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible
from workflow.telling import notify

TOLD = {
    Capacity.OFFICE: gettext_noop("The office reported for your unit: %(count)s of “%(what)s”. Please check it."),
    Capacity.VISITOR: gettext_noop("Reported through a personal link: %(count)s of “%(what)s”. Please check it."),
}
"""What the unit's people hear of a report they did not make themselves."""


@require_http_methods(["GET", "HEAD", "POST"])
def deliverable(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked and how far the unit is; the form to report more."""
    assignment = found(request, pk)
    writer, so_far = writer_of(request, assignment), count_of(assignment)
    forms = made(request, writer, so_far)
    if request.method != "POST":
        return shown(request, writer, so_far, forms)
    if not writer.may_write:
        raise PermissionDenied
    valid = [form.is_valid() for form in forms.values()]  # every form, so that every error shows
    if not all(valid):
        refused(request, _("Nothing was counted yet: please look at the fields marked below."))
        return not_taken(request, writer, so_far, forms, status=422)
    try:
        entry = taken(writer, forms)
    except MoveRefused as refusal:
        refused(request, refusal)
        forms["form"].renew_key()
        return not_taken(request, writer, so_far, forms, status=409)
    messages.success(request, _("It came in twice and is counted once.") if entry is None else said_after(assignment))
    return redirect(writer.after())


def found(request: HttpRequest, pk: int) -> Assignment:
    """The deliverable's assignment the person may see. Raises: Http404."""
    rows = Assignment.objects.filter(kind=Kind.DELIVERABLE).for_list()
    row: Assignment = visible(rows.prefetch_related("deliverable__windows"), request, pk=pk)
    return row


def made(request: HttpRequest, writer: Writer, so_far: Count) -> dict[str, Any]:
    """The form of a report, its photos, and who signs when somebody reports in the unit's name."""
    return {
        "form": EntryForm(request.POST or None, assignment=writer.assignment, so_far=so_far),
        "photos": EvidenceForm(request, writer.assignment),
        **writer.signing(request.POST, True),
    }


@transaction.atomic
def taken(writer: Writer, forms: dict[str, Any]) -> Entry | None:
    """The report with its photos; None when it came in before. Raises: MoveRefused."""
    what = replace(forms["form"].report(), **writer.names(forms))
    entry = Entry.report(writer.assignment, what, by=writer.by)
    if entry is None:
        transaction.set_rollback(True)  # or it would use up a link twice
        return None
    forms["photos"].keep(writer.by)
    marks = [each.sha256 for each in forms["photos"].cleaned_data["photos"]]  # one may be of another report too
    entry.photos.set([*forms["photos"].kept(), *writer.assignment.photos.filter(sha256__in=marks)])
    if message := TOLD.get(writer.capacity):
        tell_of(entry, message)
    return entry


def said_after(assignment: Assignment) -> str:
    """What came of a report."""
    if assignment.is_filed:
        return _("Counted. The target is reached: it is filed, nothing more is needed.")
    return _("Counted.")


def not_taken(request: HttpRequest, writer: Writer, so_far: Count, forms: dict[str, Any], status: int) -> HttpResponse:
    """The page with everything typed; the photos that came with it are kept while it can be reported."""
    if not why_not_reported(writer.assignment):
        keep_new_files(request, forms, writer.by)
    return shown(request, writer, so_far, forms, status=status)


def shown(
    request: HttpRequest, writer: Writer, so_far: Count, forms: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page; the form for those who report, while it can be reported."""
    assignment = writer.assignment
    asked = asked_of(assignment)
    takes, for_unit = not why_not_reported(assignment), may(request.user, "file_for", assignment)
    reports = takes and writer.may_write
    owes = reports and may(request.user, "file", assignment) and assignment.is_owed
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "asked": asked,
        "so_far": so_far,
        "entries": assignment.entries.select_related("by", "window").prefetch_related("photos"),
        **(forms if reports or status != 200 else {}),
        "finish_form": FinishForm(),
        "can_finish": owes and asked.target is not None,
        "at_most": asked.comparator == Comparator.AT_MOST,
        "acting": writer.is_office,
        "for_unit": page_for_unit(assignment) if takes and for_unit and not reports else "",
    }
    return render(request, "activities/counting/deliverable.html", context, status=status)


@require_POST
def finish_deliverable(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says that this is all; below the target it says why."""
    assignment = found(request, pk)
    require(request, "file", assignment)
    form = FinishForm(request.POST)
    whole = asked_of(assignment).comparator == Comparator.AT_MOST and not count_of(assignment).is_exceeded
    if not form.is_valid() and not whole:
        refused(request, _("Please say in a few words why it is no more; the office will read it."))
        return redirect(assignment)
    writer, remark = writer_of(request, assignment), form.cleaned_data.get("remark", "")
    with told(request, _("It is filed as it stands.")), transaction.atomic():
        signed = writer.signed(writer.person) if writer.link else {}
        finish(assignment, by=writer.by, remark=remark, **signed)
        writer.tell()
    return redirect(writer.after())


# --- single reports ------------------------------------------------------------------------------------------


def entry_of(request: HttpRequest, pk: int, deed: str) -> Entry:
    """The report the person may do this with. Raises: Http404, PermissionDenied."""
    rows = Entry.objects.select_related(*(f"assignment__{name}" for name in ("deliverable", "campaign", "unit")))
    row: Entry = visible(rows, request, pk=pk)
    require(request, deed, row)
    return row


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes back a report it got wrong."""
    entry = entry_of(request, pk, "take_back")
    with told(request, _("Taken back: it is no longer counted.")):
        entry.take_back(by=account(request.user))
    return redirect(entry)


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """The office does not count a report, with a reason the unit reads."""
    entry = entry_of(request, pk, "judge")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        refused(request, _("Please give a reason of at most 500 characters; the unit will read it."))
        return redirect(entry)
    with told(request, _("It is not counted; the unit is told why.")), transaction.atomic():
        entry.reject(by=request.user, reason=form.cleaned_data["reason"])
        tell_of(entry, gettext_noop("Not counted: %(count)s of “%(what)s”. %(reason)s"))
        warn_if_locked(request, entry.assignment)
    return redirect(entry)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The office counts a report after all."""
    entry = entry_of(request, pk, "judge")
    with told(request, _("It is counted again.")), transaction.atomic():
        entry.put_back(by=request.user)
        tell_of(entry, gettext_noop("Counted after all: %(count)s of “%(what)s”."))
    return redirect(entry)


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The office does not take “that is all” for an answer: the rest is owed again, with the reason."""
    assignment = found(request, pk)
    if not may(request.user, "change", assignment.campaign):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        refused(request, _("Please give a reason of at most 500 characters; the unit will read it."))
        return redirect(assignment)
    with told(request, _("Returned with your reason.")), transaction.atomic():
        assignment.send_back(by=request.user, reason=form.cleaned_data["reason"])
        tell_unit(assignment, gettext_noop("Returned, please correct: %(what)s."))
        warn_if_locked(request, assignment)
    return redirect(assignment)


def tell_of(entry: Entry, message: str) -> None:
    """One message to each person who files for the unit, for each time the report was judged."""
    notify(
        User.objects.speaking_for([entry.assignment.unit_id], *UNIT_ROLES),
        message,
        key=f"entry-{entry.pk}-{entry.history().count()}",
        url=entry.get_absolute_url(),
        count=str(entry),
        what=str(entry.assignment.deliverable),
        reason=" ".join(entry.reason.split()),  # it stands in the subject of a mail
    )

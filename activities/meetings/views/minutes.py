"""Minutes: written, seen as pages, circulated, read in each of their versions, taken home."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import documents
from activities.meetings import convening
from activities.meetings import minutes as deed
from activities.meetings.forms.minutes import DecisionForm, MinutesForm
from activities.meetings.minutes_document import body, minutes_document
from activities.models import Meeting, MeetingDecision, Minutes
from activities.printing.preview_pages import Busy, Page, Preview, Problem, kept_pages
from activities.printing.views import as_picture
from documents.errors import DocumentError
from workflow import together
from workflow.models import JobState, MoveRefused
from workflow.pages import STOP_POLLING, may, refused, require, told, visible
from workflow.sent_files import WORD, shown

KNOWN = ("meeting__campaign__host", "circulated_by")


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes of a meeting and what was decided; circulate them."""
    row = visible(Meeting.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", row)
    with transaction.atomic():
        row = convening.hold(row)
        if why := deed.why_not_written(row):
            refused(request, why)
            return redirect(row)
        return written(request, row)


def written(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The form of the text; on POST save it, if nobody saved it meanwhile."""
    now = MinutesForm(instance=deed.current(meeting, request.user))
    stands, status, theirs = together.mark(now), 200, None
    form = MinutesForm(request.POST or None, instance=deed.current(meeting, request.user))
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if form.is_valid():
            deed.save(meeting, form.cleaned_data, by=request.user)
            messages.success(request, _("The minutes are saved as a draft."))
            return redirect("activities:minutes", meeting.pk)
        status = 422
    context = {"form": form, "base": stands, "theirs": theirs, **beside(request.user, meeting)}
    return render(request, "activities/meetings/minutes.html", context, status=status)


def beside(user: Any, meeting: Meeting) -> dict[str, Any]:
    """What stands beside the text: what was decided, and whether it can go round."""
    draft = deed.current(meeting, user)
    return {
        "meeting": meeting,
        "campaign": meeting.campaign,
        "draft": draft,
        "mark": deed.mark(draft) if draft.pk else "",
        "whys": deed.why_not_circulated(draft) if draft.pk else [],
        "decisions": meeting.decisions.select_related("unit", "task__unit").order_by("order"),
        "decision": DecisionForm(host=meeting.campaign.host),
        "not_invited": deed.not_invited(meeting),
        "attendance": deed.attendance(meeting),
        "versions": meeting.minutes.exclude(pk=draft.pk).order_by("-version"),
        "wait": deed.decisions.why_not_handed_out(meeting.campaign),
    }


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it says, its paper, and whether a newer one replaced it."""
    row = visible(Minutes.objects.select_related(*KNOWN, "paper"), request, pk=pk)
    oversees = may(request.user, "oversee", row.meeting)
    if row.is_draft and may(request.user, "change", row):
        return redirect("activities:minutes", row.meeting_id)
    said = row.said or deed.said_now(row.meeting)
    tasks = MeetingDecision.objects.visible_to(request.user).filter(meeting=row.meeting)
    context = {
        "minutes": row,
        "meeting": row.meeting,
        "campaign": row.meeting.campaign,
        "oversees": oversees,
        "blocks": [str(line) for line in documents.outline.to_text(body(row.body, said["decisions"])).split("\n")],
        "attendance": said["attendance"],
        "paper": getattr(row, "paper", None),
        "newer": Minutes.objects.visible_to(request.user).filter(meeting=row.meeting, version__gt=row.version).last(),
        "tasks": [each for each in tasks.select_related("task__unit", "unit").order_by("order") if each.owed],
    }
    return render(request, "activities/meetings/version.html", context)


@require_POST
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version round; what was decided becomes tasks."""
    row = visible(Minutes.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    try:
        deed.circulate(row, by=request.user, seen=request.POST.get("mark"))
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect("activities:minutes", row.meeting_id)
    messages.success(request, _("The minutes are circulated, and what was decided went to the units."))
    return redirect(row)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as they would be printed now; alone, or as part of the page of the minutes."""
    row = visible(Minutes.objects.select_related(*KNOWN), request, pk=pk)
    part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "activities/meetings/sheaf.html" if part else "activities/meetings/preview.html"
    context = {"minutes": row, "meeting": row.meeting, "campaign": row.meeting.campaign, **seen(row)}
    context |= {"oversees": may(request.user, "oversee", row.meeting)}
    return render(request, template, context, status=202 if context.get("busy") else 200)


def seen(row: Minutes) -> dict[str, Any]:
    """What a page shows of the preview, also when there is none."""
    document = minutes_document(row)
    problems = tuple(Problem(str(missing)) for missing in documents.layout.missing_glyphs(document))
    try:
        key, sizes = kept_pages(row, document, {})
    except Busy:
        return {"busy": True}
    except DocumentError as error:
        return {"preview": Preview("", (), (), (Problem(str(error)),))}
    pages = tuple(Page(number, *size) for number, size in enumerate(sizes, start=1))
    return {"preview": Preview(key, pages, (), problems)}


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One page as a picture (``of``: the preview, ``page``: its number)."""
    return as_picture(request, visible(Minutes, request, pk=pk))


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How the setting stands; polled by the page of the version until it is done."""
    row = visible(Minutes.objects.select_related(*KNOWN, "paper"), request, pk=pk)
    found = getattr(row, "paper", None)
    status = 200 if found and found.at_work else STOP_POLLING
    return render(request, "activities/meetings/paper.html", {"paper": found, "minutes": row}, status=status)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF. Raises: Http404 while it is not ready."""
    return sent(request, pk, "file", "application/pdf")


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The Word file. Raises: Http404 while it is not ready."""
    return sent(request, pk, "word", WORD)


def sent(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One of the two files, named by the meeting."""
    row = visible(Minutes.objects.select_related(*KNOWN, "paper"), request, pk=pk)
    found = getattr(row, "paper", None)
    if found is None or found.state != JobState.READY or not getattr(found, name):
        raise Http404
    more = f"（第{row.version}版）" if row.version > 1 else ""
    return shown(getattr(found, name), kind, f"{row.meeting.title}纪要{more}.{'pdf' if name == 'file' else 'docx'}")


@require_POST
def set_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Set it again after it failed."""
    row = visible(Minutes.objects.select_related(*KNOWN, "paper"), request, pk=pk)
    require(request, "change", row)
    found = getattr(row, "paper", None)
    if found is None:
        raise Http404
    with told(request, _("It is being set again.")):
        found.retry(by=request.user)
        found.hint()
    return redirect(row)

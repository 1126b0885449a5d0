"""Notices and their paper."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models.memberships import HOST_ROLES
from campaigns import compared, deeds, errands, story
from campaigns.models import Notice
from campaigns.opening import opened
from campaigns.views.way import typed
from documents.outline import from_text
from workflow.models import JobState
from workflow.pages import STOP_POLLING, visible

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: its text as an outline, its way, what can be done now, addressees, annexes, paper."""
    rows = Notice.objects.select_related(
        "campaign__host", "issued_by", "paper", "document_number", "about__document_number"
    ).prefetch_related("joint_bodies")
    found = visible(rows, request, pk=pk)
    opened(found, request.user)
    told, inside = story.story(found, request.user), not is_only_addressed(request.user, found)
    context = {
        "notice": found,
        "campaign": found.campaign,
        "blocks": from_text(found.body),
        "addressees": found.addressees.all(),
        "copied": found.copy_to.all(),
        "paper": getattr(found, "paper", None),
        "inside": inside,
        "steps": story.steps(found) if inside else [],
        "story": told,
        "waiting": errands.waiting(found) if inside else None,
        "ending": next((entry for entry in reversed(told) if entry.code == found.state), None),
        "deeds": deeds.deeds(request.user, found, typed(request, found)),
        "about": found.about if found.about and is_shown(request, found.about) else None,
        "later": Notice.objects.visible_to(request.user).filter(about=found).select_related("document_number"),
    }
    return render(request, "campaigns/notice.html", context)


def is_only_addressed(user: Any, notice: Notice) -> bool:
    """Whether the person sees it only because it was sent to the person's unit: then its inner way is not shown."""
    own = [notice.campaign.host_id, *(body.unit_id for body in notice.joint_bodies.all())]
    return not any(user.is_in(unit, *HOST_ROLES) for unit in own)


def is_shown(request: HttpRequest, notice: Notice) -> bool:
    """Whether the person may see another notice that this one names."""
    return Notice.objects.visible_to(request.user).filter(pk=notice.pk).exists()


@require_POST
def compare_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a file somebody has in hand is the issued one. Nothing is kept."""
    found = visible(Notice.objects.select_related("paper", "document_number"), request, pk=pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Please choose the file you want to have compared."))
    else:
        is_issued, answer = compared.compared(found, file, request.user)
        (messages.success if is_issued else messages.error)(request, answer)
    return redirect(found)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How the setting of the paper stands; polled by the notice page until it is done."""
    found = visible(Notice.objects.select_related("paper", "document_number"), request, pk=pk)
    row = getattr(found, "paper", None)
    status = 200 if row and row.at_work else STOP_POLLING
    return render(request, "campaigns/paper.html", {"paper": row, "notice": found}, status=status)


@require_safe
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF. Raises: Http404 while it is not ready."""
    return sent(request, pk, "file", "application/pdf")


@require_safe
def word_file(request: HttpRequest, pk: int) -> FileResponse:
    """The Word file of the same notice. Raises: Http404 while it is not ready."""
    return sent(request, pk, "word", WORD)


def sent(request: HttpRequest, pk: int, name: str, kind: str) -> FileResponse:
    """One of the two files of a notice, named by its document number."""
    found = visible(Notice.objects.select_related("paper", "document_number"), request, pk=pk)
    row = getattr(found, "paper", None)
    if row is None or row.state != JobState.READY or not getattr(row, name):
        raise Http404
    ending = "pdf" if name == "file" else "docx"
    return FileResponse(getattr(row, name).open("rb"), content_type=kind, filename=f"{found.number}.{ending}")

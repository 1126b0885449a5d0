"""Notices and their paper."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.models import Notice
from documents.outline import from_text
from workflow.models import JobState
from workflow.pages import STOP_POLLING, visible

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: its text as an outline, addressees, annexes, paper."""
    found = visible(
        Notice.objects.select_related("campaign__host", "issued_by", "paper", "document_number"), request, pk=pk
    )
    context = {
        "notice": found,
        "campaign": found.campaign,
        "blocks": from_text(found.body),
        "addressees": found.addressees.all(),
        "paper": getattr(found, "paper", None),
    }
    return render(request, "campaigns/notice.html", context)


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

"""The paper of a supervision slip: how far it is, the PDF, the Word file, the OFD."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.models import Slip
from activities.supervision import slips as deed
from workflow.models import JobState
from workflow.pages import STOP_POLLING, require, told, visible
from workflow.sent_files import OFD, WORD, shown


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How the setting stands; polled by the page of the slip until it is done."""
    slip = visible(Slip.objects.for_page(), request, pk=pk)
    row = getattr(slip, "paper", None)
    status = 200 if row and row.at_work else STOP_POLLING
    return render(request, "activities/supervision/paper.html", {"paper": row, "slip": slip}, status=status)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF. Raises: Http404 while it is not ready."""
    return sent(request, pk, "file", "application/pdf")


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The Word file. Raises: Http404 while it is not ready."""
    return sent(request, pk, "word", WORD)


@require_safe
def ofd(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The OFD of the same pages. Raises: Http404 while it is not ready."""
    return sent(request, pk, "ofd", OFD)


def sent(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One of the three files, named by the number of the slip."""
    slip = visible(Slip.objects.for_page(), request, pk=pk)
    row = getattr(slip, "paper", None)
    if row is None or row.state != JobState.READY or not getattr(row, name):
        raise Http404
    ending = {"file": "pdf", "word": "docx"}.get(name, name)
    return shown(getattr(row, name), kind, f"{slip.number}.{ending}")


@require_POST
def set_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Set it again after it failed."""
    slip = visible(Slip.objects.for_page(), request, pk=pk)
    require(request, "change", slip)
    with told(request, _("It is being set again.")):
        deed.set_again(slip, by=request.user)
    return redirect(slip)

"""Notices and their paper."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models.memberships import HOST_ROLES
from accounts.unit_names import called_like
from campaigns import available_actions, next_to_act, verify_file, way_timeline
from campaigns.finding import notice_of
from campaigns.first_opened import opened
from campaigns.models import Notice
from documents.outline import from_text
from workflow.models import JobState
from workflow.pages import STOP_POLLING, refused, visible, words
from workflow.sent_files import OFD, WORD, shown

NAMED, ROWS = 60, 100
"""Units named on the page of a notice itself; rows of a page of all of them."""


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: its text as an outline, its way, what can be done now, addressees, annexes, paper."""
    rows = Notice.objects.select_related(
        "campaign__host", "issued_by", "paper", "document_number", "about__document_number"
    ).prefetch_related("joint_bodies")
    found = visible(rows, request, pk=pk)
    opened(found, request.user)
    told, inside = way_timeline.story(found, request.user), not is_only_addressed(request.user, found)
    context = {
        "notice": found,
        "campaign": found.campaign,
        "blocks": from_text(found.body),
        "addressees": told_to(found, "addressees"),
        "copied": told_to(found, "copy_to"),
        "paper": getattr(found, "paper", None),
        "inside": inside,
        "steps": way_timeline.steps(found) if inside else [],
        "story": told,
        "waiting": next_to_act.waiting(found) if inside else None,
        "ending": next((entry for entry in reversed(told) if entry.code == found.state), None),
        "deeds": available_actions.deeds(request.user, found),
        "about": found.about if found.about and is_shown(request, found.about) else None,
        "later": Notice.objects.visible_to(request.user).filter(about=found).select_related("document_number"),
    }
    return render(request, "campaigns/notice.html", context)


@dataclass(frozen=True)
class ToldTo:
    """The units a notice goes to, or gets a copy of it: how many, and the first names; the rest has a page."""

    number: int
    names: list[str]

    @property
    def more(self) -> int:
        return self.number - len(self.names)


def told_to(notice: Notice, relation: str) -> ToldTo:
    """Those who get it, in the order of lists: one query while they are few."""
    units = getattr(notice, relation)
    names = list(units.order_by("order", "pk").values_list("name", flat=True)[:NAMED])
    return ToldTo(units.count() if len(names) == NAMED else len(names), names)


@require_safe
def notice_units(request: HttpRequest, pk: int) -> HttpResponse:
    """All units a notice goes to, or gets a copy of it, by pages; found by any of their names."""
    found, copies, sought = notice_of(request, pk), "copies" in request.GET, words(request.GET, "q")
    rows = (found.copy_to if copies else found.addressees).order_by("order", "pk")
    if sought:
        rows = rows.filter(called_like(sought))
    page = Paginator(rows.values_list("name", flat=True), ROWS).get_page(request.GET.get("page"))
    context = {"notice": found, "campaign": found.campaign, "page": page, "copies": copies, "sought": sought}
    return render(request, "campaigns/notice_units.html", context)


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
        refused(request, _("Please choose the file you want to have compared."))
    else:
        is_issued, answer = verify_file.compared(found, file, request.user)
        messages.add_message(request, messages.SUCCESS if is_issued else messages.ERROR, answer)
    return redirect(found)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How the setting of the paper stands; polled by the notice page until it is done."""
    found = visible(Notice.objects.select_related("paper", "document_number"), request, pk=pk)
    row = getattr(found, "paper", None)
    status = 200 if row and row.at_work else STOP_POLLING
    return render(request, "campaigns/paper.html", {"paper": row, "notice": found}, status=status)


@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF. Raises: Http404 while it is not ready."""
    return sent(request, pk, "file", "application/pdf")


@require_safe
def word_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The Word file of the same notice. Raises: Http404 while it is not ready."""
    return sent(request, pk, "word", WORD)


@require_safe
def ofd_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The OFD of the same pages. Raises: Http404 while it is not ready."""
    return sent(request, pk, "ofd", OFD)


def sent(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One of the three files of a notice, named by its document number."""
    found = visible(Notice.objects.select_related("paper", "document_number"), request, pk=pk)
    row = getattr(found, "paper", None)
    if row is None or row.state != JobState.READY or not getattr(row, name):
        raise Http404
    ending = {"file": "pdf", "word": "docx"}.get(name, name)
    return shown(getattr(row, name), kind, f"{found.number}.{ending}")

"""One proposal of a reading: correct it in place, drop it, keep it, split it, merge it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.models import Group, Proposal, Reading
from activities.reading import confirm, split_and_merge
from activities.reading.forms import form_for, values_of
from activities.reading.questions import doubts_of
from activities.reading.unit_names import Register
from workflow.pages import refused

MARKS: dict[str, dict[str, bool]] = {
    "drop": {"dropped": True},
    "keep": {"dropped": False},
    "check": {"checked": True},
}


def seen_by(request: HttpRequest, pk: int) -> Proposal:
    """The proposal, if the person sees its reading. Raises: Http404."""
    rows = Proposal.objects.select_related("reading__host")
    return get_object_or_404(rows, pk=pk, reading__in=Reading.objects.visible_to(request.user))


def answered(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The row again for a part of the page; the page itself without JavaScript."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(proposal)
    register = Register(proposal.reading.host)
    context = {"row": proposal, "register": register, **standing(proposal.reading, register)}
    return render(request, "activities/reading/answered.html", context)


def standing(reading: Reading, register: Register) -> dict[str, Any]:
    """How a reading stands after a row changed: what is doubtful still, what keeps it from being confirmed."""
    fresh = Reading.objects.select_related("campaign", "host").prefetch_related("proposals").get(pk=reading.pk)
    rows = list(fresh.proposals.all())
    return {
        "reading": fresh,
        "doubtful": [row for row in rows if row.is_doubtful and row.group != Group.UNPLACED],
        "left": [row for row in rows if row.is_doubtful or (row.group == Group.UNPLACED and not row.checked)],
        "blockers": confirm.blockers(fresh, register) if fresh.is_open else [],
    }


def closed(request: HttpRequest, proposal: Proposal) -> HttpResponse | None:
    """Why nothing can be changed any more: the reading was confirmed."""
    if proposal.reading.is_open:
        return None
    messages.info(request, proposal.reading.refusal())
    return gone(request, proposal)


def gone(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Load the whole review page anew, at this row."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(proposal)
    return HttpResponse(headers={"HX-Redirect": proposal.get_absolute_url(), "HX-Refresh": "true"})


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one proposal, in place of its row; cancelling brings the row back."""
    found = seen_by(request, pk)
    if answer := closed(request, found):
        return answer
    if request.method != "POST":
        return answered(request, found) if "row" in request.GET else shown(request, found, form_for(found))
    form = form_for(found, request.POST)
    if not form.is_valid():
        return shown(request, found, form, status=422)
    values = {**found.values, **values_of(form)}
    asked = doubts_of(found.group, found.field, values, Register(found.reading.host))
    changes = {"values": values, "checked": not asked, "dropped": False, "doubts": asked or found.doubts}
    if not found.write(revision(request), **changes):
        clash = _("Somebody else changed this row meanwhile: “%(now)s”. Your text is kept; save again to replace it.")
        refused(request, clash % {"now": found})
        return shown(request, found, form, status=409)
    return answered(request, found)


def revision(request: HttpRequest) -> int:
    """The revision the form was opened at."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def shown(request: HttpRequest, found: Proposal, form: Any, status: int = 200) -> HttpResponse:
    """The form alone for a part of the page, or on a page of its own."""
    part = "form" if request.htmx else "proposal"  # type: ignore[attr-defined]
    context = {
        "row": found,
        "reading": found.reading,
        "form": form,
        "sentences": split_and_merge.sentences(found) if found.group == Group.ACTIVITY else [],
        "above": split_and_merge.before(found) if found.group == Group.ACTIVITY else None,
    }
    return render(request, f"activities/reading/{part}.html", context, status=status)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a row, keep it after all, or say that it is right as it stands."""
    found = seen_by(request, pk)
    if answer := closed(request, found):
        return answer
    changes = MARKS.get(request.POST.get("mark", ""))
    if changes:
        found.write(found.revision, **changes)
    return answered(request, found)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two activities of one, at a sentence."""
    found = seen_by(request, pk)
    if answer := closed(request, found):
        return answer
    at = request.POST.get("at", "")
    second = split_and_merge.split(found, int(at)) if at.isdecimal() and len(at) < 5 else None
    if second is None:
        refused(request, _("There is nothing to split at this place."))
    return gone(request, second or found)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an activity into the one before it."""
    found = seen_by(request, pk)
    if answer := closed(request, found):
        return answer
    first = split_and_merge.merge(found)
    if first is None:
        refused(request, _("There is no activity before this one."))
    return gone(request, first or found)

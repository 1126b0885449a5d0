"""Messages that did not arrive: to whom, by which channel, why; sent again by one press."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.duties import granting
from accounts.people_keepers import editable_by
from accounts.personal_data import masked
from accounts.undelivered import Heap, away, for_eyes_of, heaps, in_heap, send_again, unread_mailboxes, what, why
from documents.counts import so_many
from workflow.pages import numbers, refused, words
from workflow.queue import ask_later

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """One heap of them at a time; the others are named."""
    rows = for_eyes_of(request.user)
    found = heaps(rows)
    asked = words(request.POST or request.GET, "heap")
    heap = next((each for each in found if each.name == asked), None)
    if request.method == "POST":
        return sent_again(request, in_heap(rows, heap) if heap else rows.none())
    heap = heap or (found[0] if found else None)
    page = Paginator(in_heap(rows, heap) if heap else rows.none(), PAGE).get_page(request.GET.get("page"))
    closed = {"away": away(), "mailboxes": unread_mailboxes()}
    return render(request, "accounts/undelivered.html", {"heaps": found, **closed, **shown(request, heap, page)})


def shown(request: HttpRequest, heap: Heap | None, page: Any) -> dict[str, Any]:
    """The rows of one page, with what is said of each."""
    page.object_list = rows = list(page.object_list.select_related("notification__person"))
    for row in rows:
        row.what, row.why, row.to = what(row), why(row), masked(row.address)
    grants = request.user.units_as(*granting())  # type: ignore[union-attr]
    people = editable_by(request.user) if grants else None
    known = {row.notification.person_id for row in rows}
    editable = set(people.filter(pk__in=known).values_list("pk", flat=True)) if people is not None else set()
    return {"heap": heap, "page": page, "editable": editable}


def sent_again(request: HttpRequest, rows: Any) -> HttpResponse:
    """Send the chosen ones of a heap again, or all of it."""
    if "all" not in request.POST:
        rows = rows.filter(pk__in=numbers(request.POST, "delivery"))
    if number := send_again(rows):
        ask_later("workflow.deliver")
        said = so_many("%(n)s message is being sent again.", "%(n)s messages are being sent again.", number)
        messages.success(request, said)
    else:
        refused(request, _("Choose what is to be sent again."))
    return redirect("accounts:undelivered")

"""A list as Excel: handed out at once where it is short, else asked for with a press and fetched when it is ready."""

from __future__ import annotations

import io
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from workflow.jobs import AT_ONCE
from workflow.listing.shown import found_in
from workflow.pages import STOP_POLLING, visible
from workflow.sent_files import saved
from workflow.sheets.asked import Asked, ListOut, Outgoing, page_of
from workflow.sheets.exports import ListExport, export
from workflow.sheets.listing import XLSX, file_name, xlsx_answer
from workflow.stateful import JobState

SALT = "workflow.sheets.export"


def excel_of(request: HttpRequest, name: str, scope: dict[str, Any]) -> HttpResponse:
    """The rows of a list as the address narrows and sorts them, in the columns its reader has chosen.

    Arguments: the request; the name of the list in ``LISTS``, and of what it is.
    """
    page = page_of(name, request.user, scope)
    found, _filters = found_in(request, page.listing, page.source)
    columns = tuple(column.name for column in found.columns)
    return handed_out(request, Asked("list", name, scope, found.query, columns), ListOut(found, page))


def handed_out(request: HttpRequest, asked: Asked, out: Outgoing) -> HttpResponse:
    """A list as an answer to be saved; of a long one the page that asks a worker for it."""
    number = out.number
    if number > AT_ONCE:
        context = {"out": out, "number": number, "asked": signing.dumps(asked.as_json(), salt=SALT)}
        return render(request, "workflow/list_export_offer.html", context)
    file = io.BytesIO()
    out.write(file, lambda done, total: None)
    return xlsx_answer(file.getvalue(), out.title)


@require_POST
def new_export(request: HttpRequest) -> HttpResponse:
    """Ask a worker for a list."""
    try:
        asked = Asked.from_json(signing.loads(request.POST.get("asked", ""), salt=SALT))
    except (signing.BadSignature, KeyError, TypeError) as error:
        raise Http404 from error
    return redirect(export(asked, asked.before(request.user).title, by=request.user))


@require_safe
def list_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One file that was asked for: how far it is; once it is ready, the button that fetches it."""
    row: ListExport = visible(ListExport, request, pk=pk)
    asks = "HX-Request" in request.headers
    context = {
        "row": row,
        "out": row.what.before(request.user),  # the rights of now
        "asked": signing.dumps(row.asked, salt=SALT),
    }
    template = "workflow/list_export_part.html" if asks else "workflow/list_export.html"
    return render(request, template, context, status=STOP_POLLING if asks and not row.at_work else 200)


@require_safe
def list_export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file."""
    row: ListExport = visible(ListExport, request, pk=pk)
    row.what.before(request.user)
    if row.state != JobState.READY:
        raise Http404
    return saved(row.file, file_name(row.title), XLSX)

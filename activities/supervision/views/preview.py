"""The page of a slip before it is signed: whoever signs sees what goes out."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

import documents
from activities.models import Slip
from activities.printing.preview_pages import Busy, Page, Preview, Problem, kept_pages
from activities.printing.views import as_picture
from activities.supervision.slip_document import slip_document
from documents.errors import DocumentError
from workflow.pages import visible


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as they would be printed now; alone, or as part of the page of the slip."""
    slip = visible(Slip.objects.for_page(), request, pk=pk)
    part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "activities/supervision/sheaf.html" if part else "activities/supervision/preview.html"
    context = {"slip": slip, "campaign": slip.campaign, **seen(slip)}
    return render(request, template, context, status=202 if context.get("busy") else 200)


def seen(slip: Slip) -> dict[str, Any]:
    """What a page shows of the preview, also when there is none."""
    try:
        return {"preview": pages(slip)}
    except Busy:
        return {"busy": True}
    except DocumentError as error:
        return {"preview": Preview("", (), (), (Problem(str(error)),))}


def pages(slip: Slip) -> Preview:
    """Set the slip as it stands. Raises: Busy; documents.errors.DocumentError when nothing at all can be set."""
    document = slip_document(slip)
    problems = tuple(Problem(str(missing)) for missing in documents.layout.missing_glyphs(document))
    key, sizes = kept_pages(slip, document, {})
    return Preview(key, tuple(Page(number, *size) for number, size in enumerate(sizes, start=1)), (), problems)


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One page as a picture (``of``: the preview, ``page``: its number)."""
    return as_picture(request, visible(Slip, request, pk=pk))

"""The pages of a notice before it is issued: beside the text while it is written, and as a page of its own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.private_pages import asked_again
from activities.printing.preview_pages import LONGEST, LONGEST_READ, Busy, Preview, Problem, page_picture, preview
from campaigns.forms.notice import NoticeForm
from campaigns.models import Notice
from documents.errors import DocumentError
from workflow.pages import require, visible

KNOWN = ("campaign__host", "document_number")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages as last saved; on POST the pages of what stands in the editor at this moment, which nothing keeps.

    Where they are part of another page they stand side by side.
    """
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    template = "activities/printing/sheaf.html" if request.htmx else "activities/printing/preview.html"  # type: ignore[attr-defined]
    most = LONGEST if request.method == "POST" else LONGEST_READ
    if request.method == "POST":
        require(request, "change", notice)
        template = "activities/printing/preview_pages.html"
        for name, value in NoticeForm(request.POST, instance=notice).values().items():
            setattr(notice, name, value)
    context = {"notice": notice, "campaign": notice.campaign, "here": "preview", **seen(notice, most)}
    return render(request, template, context, status=202 if context.get("busy") else 200)


def seen(notice: Notice, most: int) -> dict[str, Any]:
    """What a page shows of the preview, also when there is none. Arguments: the notice; characters set at most."""
    try:
        return {"preview": preview(notice, most), "most": most}
    except Busy:
        return {"busy": True}
    except DocumentError as error:
        return {"preview": Preview("", (), (), (Problem(str(error)),))}


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One page as a picture (``of``: the preview, ``page``: its number); it never changes under its address."""
    notice = visible(Notice, request, pk=pk)
    return as_picture(request, notice)


def as_picture(request: HttpRequest, row: Any) -> HttpResponseBase:
    """The page asked for of a preview of a notice or a slip. Raises: Http404 when it is not kept."""
    number = request.GET.get("page", "")
    picture = None
    if number.isdecimal() and len(number) < 6 and request.GET.get("of", "").isalnum():
        picture = page_picture(row, request.GET["of"][:128], int(number))
    if picture is None:
        raise Http404(_("This page is not kept any more."))
    name = f"{request.GET['of']}-{number}"
    return asked_again(request, name, lambda: HttpResponse(picture, content_type="image/png"))

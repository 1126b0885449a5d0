"""The versions of a notice: listed, read, compared, taken again."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import Notice, NoticeVersion
from campaigns.versions import TEXT, StaleText, save_text
from campaigns.views.editor import seen
from documents.outline import from_text
from workflow.compare import compare
from workflow.pages import label, may, number, refused, require, told, visible

PAGE = 50


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote which version when, and where the notice stood."""
    notice = host_notice(request, pk)
    rows = notice.versions.select_related("saved_by").defer("body").annotate(length=Length("body")).order_by("-number")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"notice": notice, "campaign": notice.campaign, "here": "versions", "page": page}
    return render(request, "campaigns/versions.html", context)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, to be read."""
    row = own_version(request, pk)
    context = {
        "notice": row.notice,
        "campaign": row.notice.campaign,
        "here": "versions",
        "version": row,
        "blocks": from_text(row.body),
        "newest": row.notice.versions.last(),
        "writes": may(request.user, "change", row.notice) and row.notice.is_written,
    }
    return render(request, "campaigns/version.html", context)


@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions with what was added and removed; unless chosen, the last two."""
    notice = host_notice(request, pk)
    rows = notice.versions.select_related("saved_by")
    newest = list(rows.order_by("-number").values_list("number", flat=True)[:2]) or [0]
    chosen = sorted([number(request.GET.get("old")) or newest[-1], number(request.GET.get("new")) or newest[0]])
    found = {row.number: row for row in rows.filter(number__in=chosen)}
    if any(request.GET.get(name) and number(request.GET.get(name)) not in found for name in ("old", "new")):
        raise Http404
    old, new = (found.get(each) for each in chosen)
    context = {"notice": notice, "campaign": notice.campaign, "here": "versions", "old": old, "new": new}
    return render(request, "campaigns/versions_compared.html", context | {"changes": changes(old, new)})


@require_POST
def take_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an older text the text again; the present one stays among the versions."""
    row = own_version(request, pk)
    require(request, "change", row.notice)
    texts = {name: getattr(row, name) for name in TEXT}
    try:
        with told(request, _("The text of version %(number)d is the text again.") % {"number": row.number}):
            save_text(row.notice, by=request.user, seen=seen(request), apart=True, **texts)
    except StaleText as stale:
        nothing = _("Nothing was changed.")
        refused(request, f"{stale} {nothing}")
    return redirect("campaigns:versions", row.notice_id)


def changes(old: NoticeVersion | None, new: NoticeVersion | None) -> list[tuple[str, Any]]:
    """What differs, field by field."""
    if old is None or new is None:
        return []
    return [
        (label(old, name), compare(getattr(old, name), getattr(new, name)))
        for name in TEXT
        if getattr(old, name) != getattr(new, name)
    ]


def host_notice(request: HttpRequest, pk: int) -> Notice:
    """A notice for the people of its host: drafts are no business of those it goes to."""
    notice: Notice = visible(Notice.objects.select_related("campaign__host", "document_number"), request, pk=pk)
    require(request, "oversee", notice.campaign)
    return notice


def own_version(request: HttpRequest, pk: int) -> NoticeVersion:
    """A version of such a notice."""
    row = get_object_or_404(NoticeVersion.objects.select_related("saved_by"), pk=pk)
    row.notice = host_notice(request, row.notice_id)
    return row

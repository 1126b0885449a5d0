"""The audit trail as a page, and as a table for the report of an incident: read, never written."""

import csv
from datetime import datetime, time
from itertools import chain

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, make_aware, now
from django.views.decorators.http import require_safe

from accounts.duties import auditing
from accounts.models import Act, AuditEntry, RoleChange
from accounts.people_keepers import entrusted, looked_after
from accounts.views.people import PAGE
from workflow.pages import day, words

COLUMNS = ("number", "at", "person", "name", "act", "about", "detail", "address", "algorithm", "digest")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be worked out by a spreadsheet."""


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Who saw and did what, of those in whose units one audits, of who holds no role any more, and of nobody known."""
    page = Paginator(found(request), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    sought = {name: words(request.GET, name) for name in ("q", "act", "since", "until")}
    return render(
        request, "accounts/audit.html", {"page": page, "acts": Act.choices, "query": query.urlencode(), **sought}
    )


def found(request: HttpRequest) -> "QuerySet[AuditEntry]":
    """The entries that were asked for: by words, act, first and last day. Raises: PermissionDenied."""
    units = looked_after(request.user, auditing())
    held = entrusted(request.user, auditing()).values("user")
    gone = RoleChange.objects.filter(unit__in=units, person__memberships=None).values("person")
    rows = AuditEntry.objects.filter(Q(person__in=held) | Q(person__in=gone) | Q(person=None))
    if sought := words(request.GET, "q"):
        rows = rows.filter(Q(name__icontains=sought) | Q(about__icontains=sought) | Q(detail__icontains=sought))
    if (act := words(request.GET, "act")) in Act.values:
        rows = rows.filter(act=act)
    for name, lookup, hour in (("since", "at__gte", time.min), ("until", "at__lte", time.max)):
        if chosen := day(words(request.GET, name)):
            rows = rows.filter(**{lookup: make_aware(datetime.combine(chosen, hour))})
    return rows


@require_safe
def entries(request: HttpRequest) -> StreamingHttpResponse:
    """What the page lists as of now, whole, oldest first, to be kept with the report of an incident."""
    rows = found(request).filter(at__lte=now()).order_by("pk")
    writer = csv.writer(Line())
    told = ([harmless(str(value)) for value in told_of(row)] for row in rows.iterator())
    lines = (writer.writerow(row) for row in chain([COLUMNS], told))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def told_of(row: AuditEntry) -> list[object]:
    """The cells of one entry."""
    values = {name: getattr(row, name) for name in COLUMNS}
    values["at"] = localtime(row.at).isoformat(timespec="seconds")
    return ["" if value is None else value for value in values.values()]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class Line:
    """Where a CSV writer writes: it gives back each line."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line

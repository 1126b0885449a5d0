"""Everything of a campaign, a unit or a filter as one ZIP: ask, watch, fetch."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging.list_filter import NAMES
from activities.models import Package
from activities.packing import zip_package
from campaigns.finding import campaign_of
from workflow.models import JobState, MoveRefused
from workflow.pages import STOP_POLLING, refused, require, told, visible, words
from workflow.zip_in_parts import read_through, safe

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
def packages(request: HttpRequest, pk: int) -> HttpResponse:
    """Packages of a campaign; on POST one of the filter is begun."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    if request.method != "POST":
        rows = (
            Package.objects.visible_to(request.user)
            .filter(campaign=campaign)
            .select_related("made_by", "campaign")
            .defer("rows")
        )
        return render(request, "activities/packing/packages.html", {"campaign": campaign, "packages": rows[:SHOWN]})
    try:
        package = zip_package.ask(campaign, {name: words(request.POST, name) for name in NAMES}, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect("activities:packages", pk=campaign.pk)
    package.hint()
    return redirect(package)


def found(request: HttpRequest, pk: int) -> Package:
    """The package, if the person may see it. Raises: Http404."""
    rows = Package.objects.select_related("campaign__host", "made_by").defer("rows")  # ids of thousands of assignments
    row: Package = visible(rows, request, pk=pk)
    return row


@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one package is, then the file."""
    row = found(request, pk)
    return render(request, "activities/packing/package.html", {"package": row, "campaign": row.campaign})


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; polled until it is over."""
    row = found(request, pk)
    status = 200 if row.at_work else STOP_POLLING
    return render(request, "activities/packing/package_progress.html", {"package": row}, status=status)


@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The ZIP file, part by part. Raises: Http404 while it is not ready."""
    row = found(request, pk)
    if row.state != JobState.READY:
        raise Http404
    parts = [part.file for part in row.parts.all()]
    response = StreamingHttpResponse(read_through(parts), content_type="application/zip")
    response["Content-Length"] = str(row.size)
    name = safe(f"{row.campaign} {timezone.localtime(row.made_at):%Y-%m-%d %H%M} {row.pk}.zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a package that failed."""
    row = found(request, pk)
    with told(request, _("It is being made again; what was made before stays.")):
        row.retry(by=request.user)
        row.hint()
    return redirect(row)

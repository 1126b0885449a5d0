"""Packages for the file room: ask for one, watch, download."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.finding import campaign_of
from reports import order_archive as deed
from reports.models import Archive, ArchiveOf
from workflow.models import JobState
from workflow.pages import STOP_POLLING, may, require, told, visible
from workflow.sent_files import saved


def archives(request: HttpRequest, pk: int) -> HttpResponse:
    """The packages of a campaign; on POST a new one is begun."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    if request.method == "POST":
        require(request, "change", campaign)
        wanted = ArchiveOf.SUMMARIES if "summaries" in request.POST else ArchiveOf.EVERYTHING
        deed.order(campaign, by=request.user, what=wanted)
        return redirect("reports:archives", campaign.pk)
    rows = Archive.objects.visible_to(request.user).filter(campaign=campaign).select_related("made_by")
    context = {
        "campaign": campaign,
        "archives": rows,
        "at_work": {row.what for row in rows if row.at_work},
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "reports/archives.html", context)


@require_safe
def archive_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a package is; polled until it is over."""
    row = visible(Archive.objects.select_related("made_by", "campaign"), request, pk=pk)
    context = {"archive": row, "runs": may(request.user, "change", row)}
    return render(request, "reports/archive.html", context, status=200 if row.at_work else STOP_POLLING)


@require_safe
def archive_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The package. Raises: Http404 while it is not ready."""
    row = visible(Archive.objects.select_related("campaign"), request, pk=pk)
    if row.state != JobState.READY:
        raise Http404
    about = "" if row.what == ArchiveOf.EVERYTHING else f"-{row.get_what_display()}"
    name = f"{row.campaign}{about}-{timezone.localtime(row.made_at):%Y%m%d}.zip"
    return saved(row.file, name, "application/zip")


@require_POST
def archive_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed package again."""
    row = visible(Archive.objects.select_related("campaign"), request, pk=pk)
    require(request, "change", row)
    with told(request, _("It is being made again.")):
        row.retry(by=request.user)
        row.hint()
    return redirect("reports:archives", row.campaign_id)

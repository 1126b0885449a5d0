"""Briefings: build, watch, read, circulate."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from campaigns.views.notices import OFD, WORD
from documents.counts import so_many
from reports.briefings import editions as deed
from reports.briefings import own_table
from reports.briefings.circulation import Used, readers, used_of
from reports.briefings.to_notice import to_notice as paper_to_notice
from reports.models import Briefing, BriefingState
from workflow.models import MoveRefused
from workflow.pages import STOP_POLLING, may, number, refused, require, told, visible
from workflow.sent_files import saved, shown
from workflow.sheets.listing import xlsx_answer


def briefings(request: HttpRequest, pk: int) -> HttpResponse:
    """The editions of a campaign's briefing; on POST a new one is begun."""
    campaign = campaign_of(request, pk)
    if request.method == "POST":
        require(request, "change", campaign)
        return begun(request, campaign)
    rows = (
        Briefing.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .select_related("campaign", "made_by")
        .defer("content", "changes")
    )
    context = {
        "campaign": campaign,
        "briefings": rows,
        "runs": may(request.user, "change", campaign),
        "oversees": may(request.user, "oversee", campaign),
        "nothing_owed": not campaign.assignments.exists(),
    }
    return render(request, "reports/briefings/editions.html", context)


def begun(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Begin an edition and go to its page."""
    try:
        return redirect(deed.build(campaign, by=request.user))
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect("reports:briefings", pk=campaign.pk)


def found(request: HttpRequest, pk: int) -> Briefing:
    """The edition, if the person may see it. Raises: Http404."""
    edition: Briefing = visible(Briefing.objects.select_related("campaign__host", "made_by"), request, pk=pk)
    return edition


@require_safe
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: how far it is, then the file."""
    edition = found(request, pk)
    deed.opened(edition, request.user)
    runs, oversees = may(request.user, "change", edition), may(request.user, "oversee", edition.campaign)
    reader: Any = request.user
    own = Unit.objects.filter(pk__in=reader.units_as(*UNIT_ROLES), assignments__campaign=edition.campaign)
    context = {
        "briefing": edition,
        "campaign": edition.campaign,
        "runs": runs,
        "oversees": oversees,
        "sums": [(name, sum_) for name, sum_ in sums(edition) if sum_],
        "used": used_of(edition, list(own.distinct().order_by("order", "pk"))),
        "readers": readers(edition) if oversees and edition.circulated_at else [],
        "later": edition.campaign.briefings.filter(kind=edition.kind, pk__gt=edition.pk).first() if oversees else None,
    }
    return render(request, "reports/briefings/edition.html", context)


def own_used(request: HttpRequest, pk: int) -> tuple[Briefing, Used]:
    """An edition and what of one of the person's units (``?unit=``, the first by itself) stands in it.

    Raises: Http404 for anybody else's unit.
    """
    edition, reader = found(request, pk), cast(Any, request.user)
    own = Unit.objects.filter(pk__in=reader.units_as(*UNIT_ROLES), assignments__campaign=edition.campaign)
    mine = own.distinct().order_by("order", "pk")
    row = mine.filter(pk=number(request.GET["unit"])).first() if "unit" in request.GET else mine.first()
    if row is None:
        raise Http404
    return edition, used_of(edition, [row])[0]


@require_safe
def own_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """What of a unit's own stands in an edition, as a workbook."""
    edition, used = own_used(request, pk)
    return xlsx_answer(own_table.as_excel(used), f"{used.unit} {edition}")


@require_safe
def own_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    edition, used = own_used(request, pk)
    answer = HttpResponse(own_table.as_pdf(edition, used), content_type="application/pdf")
    name = f"{used.unit} {edition}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def sums(edition: Briefing) -> list[tuple[str, str]]:
    """The checksums of the files, each with what it is of."""
    return [
        (_("The paper as PDF"), edition.paper_sha256),
        (_("The paper as Word"), edition.paper_word_sha256),
        (_("The paper as OFD"), edition.paper_ofd_sha256),
        (_("The book as PDF"), edition.sha256),
        (_("The book as Word"), edition.word_sha256),
        (_("The book as OFD"), edition.ofd_sha256),
    ]


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the building is; polled until it is over."""
    edition = found(request, pk)
    context = {"briefing": edition, "runs": may(request.user, "change", edition)}
    return render(request, "reports/briefings/progress.html", context, status=200 if edition.at_work else STOP_POLLING)


@require_safe
def file(request: HttpRequest, pk: int, kept: str) -> HttpResponseBase:
    """The book or the paper, as PDF, Word or OFD. Raises: Http404 while there is none."""
    edition = found(request, pk)
    stored = getattr(edition, kept)
    if not stored or edition.state not in (BriefingState.READY, BriefingState.CIRCULATED):
        raise Http404
    called = f"{edition.campaign.year}-{edition.edition}{'' if kept == 'file' else f'-{kept}'}"
    if kept.endswith("word"):
        return saved(stored, f"{called}.docx", WORD)
    if kept.endswith("ofd"):
        return saved(stored, f"{called}.ofd", OFD)
    return shown(stored, "application/pdf", f"{called}.pdf")


@require_POST
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the edition to every unit."""
    edition = found(request, pk)
    require(request, "change", edition)
    try:
        number = deed.circulate(edition, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        text = so_many("Circulated; %(n)s person was told.", "Circulated; %(n)s people were told.", number)
        messages.success(request, text)
    return redirect(edition)


@require_POST
def to_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of the edition begins the way of a notice; go to its page."""
    edition = found(request, pk)
    require(request, "change", edition)
    try:
        return redirect(paper_to_notice(edition, by=request.user))
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(edition)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed edition again."""
    edition = found(request, pk)
    require(request, "change", edition)
    with told(request, _("It is being built again.")):
        deed.retry(edition, by=request.user, gaps="gaps" in request.POST)
    return redirect(edition)

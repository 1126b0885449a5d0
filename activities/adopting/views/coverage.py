"""Who carries out which sentence: of the upper notice here, and of ours below."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models.memberships import HOST_ROLES
from activities.adopting import coverage
from activities.models import Adoption, AskingSentence
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, words


def adoption_for(request: HttpRequest, pk: int) -> tuple[Campaign, Adoption | None]:
    """A campaign of the person's office, and how it carries out an upper notice. Raises: Http404, PermissionDenied."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    rows = Adoption.objects.filter(campaign=campaign).select_related("campaign", "notice__campaign__host")
    return campaign, rows.select_related("campaign__host", "notice__document_number", "notice__campaign__host").first()


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences of the upper notice, each with what carries it out; on POST what was changed of them."""
    campaign, adoption = adoption_for(request, pk)
    if request.method == "POST":
        require(request, "change", campaign)
        if adoption is not None:
            save(request, adoption)
        return redirect("activities:coverage-of", pk)
    rows = coverage.rows_of(adoption) if adoption else []
    context = {
        "campaign": campaign,
        "adoption": adoption,
        "rows": rows,
        "open": sum(row.carried is None for row in rows),
        "choices": coverage.choices_of(adoption) if adoption else [],
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "activities/adopting/coverage_of.html", context)


def save(request: HttpRequest, adoption: Adoption) -> None:
    """Keep the rows that were changed on the page; a row that somebody else changed meanwhile stays theirs."""
    wrong, saved = list[str](), 0
    for row in coverage.rows_of(adoption):
        pk = row.sentence.pk
        was, now = words(request.POST, f"was-{pk}"), words(request.POST, f"by-{pk}")
        reason = words(request.POST, f"reason-{pk}")
        same = now == row.value and reason == (row.carried.reason if row.carried else "")
        if f"by-{pk}" not in request.POST or same:
            continue
        if was != row.value:
            wrong.append(_("Somebody has changed “%(sentence)s” meanwhile.") % {"sentence": row.sentence})
            continue
        try:
            coverage.decide(adoption, row.sentence, now, reason, by=request.user)
            saved += 1
        except MoveRefused as refusal:
            wrong.append(f"{row.sentence}: {refusal}")
    if wrong:
        refused(request, " ".join(wrong))
    if saved or not wrong:
        messages.success(request, _("Saved."))


@require_safe
def coverage_below(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences of our notices, each with how many of the offices below carry it out."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    context = {
        "campaign": campaign,
        "rows": coverage.table_above(campaign),
        "offices": coverage.offices_of(campaign),
        "adopted": Adoption.objects.filter(campaign__parent=campaign).values("campaign__host").distinct().count(),
    }
    return render(request, "activities/adopting/coverage_below.html", context)


@require_safe
def sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """One sentence of our notice, and who carries it out, down to the town. Raises: Http404."""
    user: Any = request.user
    rows = AskingSentence.objects.filter(notice__campaign__host__in=user.units_as(*HOST_ROLES))
    found = rows.filter(pk=pk).select_related("notice__campaign__host").first()
    if found is None:
        raise Http404
    campaign = found.notice.campaign
    taken = next((each for each in coverage.table_above(campaign) if each.sentence.pk == pk), None)
    below = [(row, coverage.below(row.activity) if row.activity else None) for row in taken.carried] if taken else []
    context = {"campaign": campaign, "sentence": found, "taken": taken, "below": below}
    return render(request, "activities/adopting/sentence.html", context)

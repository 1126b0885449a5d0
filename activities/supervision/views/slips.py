"""Supervision slips: those of a campaign, one of them, and its deeds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging.reasons import reason_given
from activities.models import Slip
from activities.states import SlipState
from activities.supervision import slips as deed
from activities.supervision.debts import named_in
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow.models import MoveRefused
from workflow.pages import may, numbers, refused, require, told, visible, words

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """The slips of a campaign, drafts first; a unit sees its own. On POST the signer signs those that are ticked."""
    campaign = campaign_of(request, pk)
    rows = Slip.objects.visible_to(request.user).filter(campaign=campaign)
    if request.method == "POST":
        require_signer(request, campaign)
        sign_chosen(request, rows)
        return redirect("activities:slips", campaign.pk)
    state = words(request.GET, "state")
    chosen = rows.filter(state=state) if state in SlipState.values else rows
    page = Paginator(chosen.for_page().prefetch_related("named"), PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "states": SlipState.choices,
        "state": state,
        "days": [each.due_on for each in page if each.state in (SlipState.DRAFT, SlipState.ISSUED)],
        "runs": may(request.user, "change", campaign),
        "oversees": may(request.user, "oversee", campaign),
        "signs": any(each.is_draft for each in page) and signs(request.user, campaign),
    }
    return render(request, "activities/supervision/slips.html", context)


def signs(user: Any, campaign: Campaign) -> bool:
    """Whether somebody signs for the office of a campaign."""
    return may(user, "sign", Slip(campaign=campaign))


def require_signer(request: HttpRequest, campaign: Campaign) -> None:
    """Insist on the right to sign. Raises: PermissionDenied."""
    require(request, "sign", Slip(campaign=campaign))


def sign_chosen(request: HttpRequest, rows: Any) -> None:
    """Sign and issue those ticked, each in a transaction of its own; say which could not be."""
    done = 0
    for slip in rows.filter(pk__in=numbers(request.POST, "slip")).select_related("unit").order_by("pk"):
        try:
            deed.issue(slip, by=request.user, seen=request.POST.get(f"mark-{slip.pk}"))
            done += 1
        except MoveRefused as refusal:
            refused(request, f"{slip.unit}: {refusal}")
    if done:
        messages.success(request, so_many("%(n)s slip is issued.", "%(n)s slips are issued.", done))


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """One slip: what it names, how its reply stands, what can be done."""
    row = visible(Slip.objects.for_page(), request, pk=pk)
    user: Any = request.user
    debts = named_in(row)
    context = {
        "slip": row,
        "campaign": row.campaign,
        "debts": debts,
        "settled": [each for each in debts if each.is_settled],
        "reply": row.answer,
        "paper": getattr(row, "paper", None),
        "runs": may(user, "change", row),
        "oversees": may(user, "oversee", row.campaign),
        "signs": may(user, "sign", row),
        "withdraws": may(user, "withdraw", row) and row.can_move(SlipState.WITHDRAWN),
        "whys": deed.why_not_issued(row, debts) if row.is_draft else [],
        "why_not_closed": deed.why_not_closed(row, debts) if row.state == SlipState.ISSUED else "",
    }
    return render(request, "activities/supervision/slip.html", context)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The signer signs: it is numbered and goes out."""
    row = visible(Slip.objects.for_page(), request, pk=pk)
    require(request, "sign", row)
    with told(request, _("It is signed and issued; the unit was told.")):
        deed.issue(row, by=request.user, seen=request.POST.get("mark"))
    return redirect(row)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw it with a reason."""
    row = visible(Slip.objects.for_page(), request, pk=pk)
    require(request, "withdraw", row)
    reason = reason_given(request, _("Please give a reason of at most 1,000 characters."))
    if reason:
        with told(request, _("The slip is withdrawn.")):
            deed.withdraw(row, by=request.user, reason=reason)
    return redirect(row)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The matter is settled."""
    row = visible(Slip.objects.for_page(), request, pk=pk)
    require(request, "change", row)
    with told(request, _("The slip is closed.")):
        deed.close(row, by=request.user)
    return redirect(row)

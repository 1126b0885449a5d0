"""Notices from above, and carrying one out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from activities.adopting import received
from activities.adopting.adopt import Plan, adopt
from activities.adopting.forms.adopt import AdoptForm
from activities.models import Adoption
from campaigns.models import Notice
from documents.outline import from_text
from workflow.models import MoveRefused
from workflow.pages import refused

SHOWN = 50


@require_safe
def received_notices(request: HttpRequest) -> HttpResponse:
    """The issued notices addressed to the offices of this person, each with the campaign that carries it out."""
    rows = list(received.received(request.user)[:SHOWN])
    own = Adoption.objects.filter(
        notice__in=rows,
        campaign__host__in=request.user.units_as(*OFFICE_ROLES),  # type: ignore[union-attr]  # signed in
    )
    by_notice = {row.notice_id: row.campaign for row in own.select_related("campaign")}
    found = [(notice, by_notice.get(notice.pk)) for notice in rows]
    return render(request, "activities/adopting/received.html", {"rows": found})


@require_http_methods(["GET", "HEAD", "POST"])
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the notice, choose what becomes of each activity, see the days; on POST make the campaign."""
    notice, office = received.received_notice(request.user, pk)
    done = received.adoption_of(notice, office)
    if done:
        if request.method == "POST":
            messages.info(request, _("It is carried out already; nothing was made twice."))
        return redirect(done.campaign)
    form = AdoptForm(request.POST or None, notice=notice, office=office)
    if request.method == "POST" and request.POST.get("action") != "days" and form.is_valid():
        made = carried_out(request, notice, office, form)
        if made:
            return redirect("activities:coverage-of", made.campaign_id)
    wrong = bool(form.errors) and request.POST.get("action") != "days"
    days = form.days()
    context = {
        "notice": notice,
        "office": office,
        "blocks": from_text(notice.body),
        "form": form,
        "days": days,
        "counted": [day for each in days for day in (each.own, each.above)],
        "why": received.why_not(notice, office),
    }
    return render(request, "activities/adopting/carry_out.html", context, status=422 if wrong else 200)


def carried_out(request: HttpRequest, notice: Notice, office: Unit, form: AdoptForm) -> Adoption | None:
    """Adopt it, and say so; or say why not."""
    found = form.cleaned_data
    try:
        made = adopt(
            notice, office, Plan(found["title"], found["margin"], form.choices(), found["into"]), by=request.user
        )
    except MoveRefused as refusal:
        refused(request, str(refusal))
        return None
    messages.success(
        request, _("%(campaign)s was made, with a draft notice. Nothing has been issued.") % {"campaign": made.campaign}
    )
    return made

"""Handing down what is owed above, seeing what came back, answering above."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.adopting.coverage import adoption_of
from activities.handing_down import hand_down as deeds
from activities.handing_down.forms.hand_down import HandDownForm
from activities.models import Assignment, HandedDown
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible, words

SHOWN = 100


@require_safe
def owed_above(request: HttpRequest) -> HttpResponse:
    """What the offices of this person owe above, and what of it is handed down."""
    rows = list(deeds.own_assignments(request.user).for_list().order_by("due_at", "pk")[:SHOWN])
    made = {row.above_id: row for row in HandedDown.objects.filter(above__in=rows)}
    found = [(row, made.get(row.pk), row.kind in deeds.KINDS and row.is_owed) for row in rows]
    return render(request, "activities/handing_down/owed_above.html", {"rows": found})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose own units and an own day; on POST hand it down."""
    above = get_object_or_404(deeds.own_assignments(request.user).for_list(), pk=pk)
    done = HandedDown.objects.filter(above=above).first()
    if done:
        return redirect("activities:handed-down", done.pk)
    campaign, why = deeds.lower_campaign(above), deeds.why_not(above)
    adoption = adoption_of(campaign.pk) if campaign else None
    units = campaign.taking_part().live() if campaign else None
    initial = {"due_on": deeds.proposed_day(above, adoption.margin if adoption else 0)}
    form = HandDownForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            found = form.cleaned_data
            made = deeds.hand_down(above, list(found["units"]), found["due_on"], by=request.user)
            return redirect("activities:handed-down", made.pk)
        except MoveRefused as refusal:
            refused(request, str(refusal))
    context = {"above": above, "campaign": campaign, "form": form, "why": why, "day": clock.last_day(above.due_at)}
    return render(request, "activities/handing_down/hand_down.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def handed_down(request: HttpRequest, pk: int) -> HttpResponse:
    """What came back; on POST answer above with it, or let the upper office read it."""
    rows = HandedDown.objects.select_related("above__campaign__host", "above__unit", "campaign__host", "task", "by")
    made = visible(rows, request, pk=pk)
    if request.method == "POST":
        require(request, "change", made)
        if words(request.POST, "action") == "open":
            HandedDown.objects.filter(pk=pk).update(opened=not made.opened)
        else:
            with told(request, _("Written into what is owed above. Whoever files for your office submits it there.")):
                deeds.answer_above(made, by=request.user)
        return redirect("activities:handed-down", pk)
    context = {
        "made": made,
        "campaign": made.campaign,
        "came": deeds.came(made),
        "rows": deeds.rows_of(made),
        "runs": may(request.user, "change", made),
    }
    return render(request, "activities/handing_down/handed_down.html", context)


@require_safe
def handed_to(request: HttpRequest, pk: int) -> HttpResponse:
    """For the upper office: to how many it was handed down, how many answered; the texts where they were opened."""
    above = visible(Assignment.objects.for_list(), request, pk=pk)
    made = HandedDown.objects.filter(above=above).select_related("campaign__host", "task").first()
    context = {
        "assignment": above,
        "campaign": above.campaign,
        "made": made,
        "came": deeds.came(made) if made else None,
        "units": [row.unit.name for row in deeds.rows_of(made)] if made else [],
        "texts": deeds.texts(made) if made and made.opened else [],
    }
    return render(request, "activities/handing_down/handed_to.html", context)

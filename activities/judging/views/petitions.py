"""Units ask for more time or say that it does not apply; the office decides, alone or in bulk."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from activities.judging import petitions as deed
from activities.judging.forms.petition import DecisionForm, PetitionForm, TermsForm
from activities.judging.lists.petitions import PETITIONS, Petitions
from activities.judging.reasons import reason_given
from activities.models import Assignment, Petition
from activities.states import AssignmentState, Kind, PetitionKind
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import clock
from workflow.listing.many import LONGEST, meant
from workflow.listing.shown import Deed, shown
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible, words
from workflow.sheets.export_views import excel_of
from workflow.site_language import in_site_language

AT_ONCE = 500
"""So many are decided in one go: a form of more than a thousand fields is not taken in."""


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit asks for an extension, or says that it does not apply."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    form = PetitionForm(request.POST or None, assignment=assignment)
    if request.method == "POST" and form.is_valid():
        try:
            deed.ask(assignment, by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The office has your question. You will be told what it decides."))
            return redirect(assignment)
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "form": form,
        "why": deed.why_not_ask(assignment),
    }
    return render(request, "activities/judging/ask.html", context, status=422 if form.errors else 200)


@require_POST
def ask_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit asks the office to return what it filed, so that it can be corrected and its first day stays."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file", assignment)
    reason = reason_given(request, _("Please say in at most 1,000 characters what you want to correct."))
    if not reason:
        return redirect(assignment)
    with told(request, _("The office has your question. You will be told what it decides.")):
        deed.ask(assignment, kind=PetitionKind.RETURN, reason=reason, by=request.user)
    return redirect(assignment)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes its question back."""
    petition = visible(Petition.objects.select_related("assignment__campaign", "assignment__unit"), request, pk=pk)
    require(request, "file", petition.assignment)
    with told(request, _("Your question is withdrawn.")):
        deed.withdraw(petition, by=request.user)
    return redirect(petition.assignment)


DEEDS = (Deed("grant", _lazy("Grant"), "check-lg"), Deed("refuse", _lazy("Refuse"), "x-lg"))


def petitions(request: HttpRequest, pk: int) -> HttpResponse:
    """What units ask in a campaign. The office chooses, sees how many and whose it will be, and decides."""
    if request.GET.get("excel"):
        return excel_of(request, "petitions", {"campaign": pk})
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    source, runs = Petitions.before(request.user, campaign), may(request.user, "change", campaign)
    if request.method == "POST":
        require(request, "change", campaign)
        return decided(request, campaign, source)
    context = {
        "campaign": campaign,
        "shown": shown(request, PETITIONS, source, DEEDS if runs else (), request.path, excel=True),
        "number": source.waiting.bit_count(),
        "runs": runs,
    }
    return render(request, "activities/judging/petitions.html", context)


def decided(request: HttpRequest, campaign: Campaign, source: Petitions) -> HttpResponse:
    """First what will happen to whom, and what is left out; with ``sure`` the decision."""
    chosen, grant, sure = meant(request, PETITIONS, source), request.POST.get("deed") == "grant", "sure" in request.POST
    waiting = source.full_rows(chosen).waiting().order_by("asked_at")
    rows = list(waiting[:AT_ONCE])
    form = DecisionForm(request.POST if sure else None, rows=rows, grant=grant)
    back = f"{request.path}?{words(request.POST, 'filter')[:LONGEST]}"
    if not rows and chosen:
        refused(request, _("Nothing was changed: what you chose was decided or taken back already."))
    elif not rows:
        refused(request, _("Choose at least one that still waits."))
    elif not form.is_valid():
        number = len(rows) if len(rows) < AT_ONCE else waiting.count()
        context = {"campaign": campaign, "rows": rows, "grant": grant, "form": form, "back": back,
                   "filter": words(request.POST, "filter"), "more": number - len(rows),
                   "skipped": len(chosen) - number}  # fmt: skip
        return render(request, "activities/judging/decide.html", context, status=422 if sure else 200)
    else:
        done, left = deed.decide_all(rows, grant=grant, by=request.user, **form.cleaned_data)
        if done:
            said = so_many("%(n)s decided; the unit is told.", "%(n)s decided; the units are told.", len(done))
            messages.success(request, said)
        for petition, why in left:
            (messages.warning if done else refused)(request, f"{petition.assignment.unit}: {why}")
    return redirect(back)


def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Deadline, grace and lock of each kind of a campaign; the office sets the last two."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    owed = Assignment.objects.required().filter(campaign=campaign)
    kind = words(request.POST or request.GET, "kind")
    kind = kind if kind in Kind.values else ""
    form = TermsForm(request.POST or None, initial=TermsForm.standing(owed.filter(kind=kind))) if kind else None
    if request.method == "POST" and form and form.is_valid():
        found = form.cleaned_data
        with told(request, _("The days are set for “%(kind)s”.") % {"kind": Kind(kind).label}):
            owed.filter(kind=kind).set_terms(
                grace_until=clock.end_of(found["grace_until"]) if found["grace_until"] else None,
                locked_at=clock.end_of(found["locked_on"]) if found["locked_on"] else None,
                by=request.user,
                note=in_site_language(gettext_noop("Grace and closing were set")),
            )
        return redirect("activities:terms", campaign.pk)
    context = {"campaign": campaign, "rows": days_by_kind(owed), "kind": Kind(kind) if kind else None, "form": form}
    return render(request, "activities/judging/terms.html", context, status=422 if form and form.errors else 200)


def days_by_kind(owed: Any) -> list[tuple[Kind, dict[str, Any]]]:
    """Each kind of what is owed: how many, their first and last deadline, grace, closing, how many are extended."""
    numbers = {"number": Count("pk"), "extended": Count("extended_until")}
    days = {"first": Min("due_at"), "last": Max("due_at"), "grace": Max("grace_until"), "locked": Max("locked_at")}
    found = {row["kind"]: row for row in owed.order_by().values("kind").annotate(**numbers, **days)}
    return [(each, found[each]) for each in Kind if each in found]


@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The office opens again what is closed for filing, or asks again what was waived."""
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "change_terms", assignment)
    note = words(request.POST, "note")[:1000]
    if assignment.state == AssignmentState.WAIVED:
        with told(request, _("It is owed again.")):
            assignment.ask_again(by=request.user, reason=note)
        return redirect(assignment)
    form = TermsForm({"locked_on": request.POST.get("until", "")})
    if form.is_valid() and form.cleaned_data["locked_on"]:
        with told(request, _("It is open for filing again.")):
            assignment.open_until(clock.end_of(form.cleaned_data["locked_on"]), by=request.user, note=note)
    else:
        refused(request, _("Please give the last day on which it can be filed."))
    return redirect(assignment)

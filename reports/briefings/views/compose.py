"""The composing page: text with figures that fill themselves, saved every few seconds, cases and problems, freezing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.finding import campaign_of
from reports.briefings import composing, editions
from reports.briefings.facts import facts
from reports.briefings.filling import CASES, PROBLEMS
from reports.briefings.forms.compose import ComposeForm
from reports.briefings.live import doubts, shown
from reports.briefings.moment import moment_of, stood
from reports.models import BriefingKind, Composition, Problem, Quote
from workflow import clock
from workflow.compare import compare
from workflow.models import MoveRefused
from workflow.pages import label, number, refused, require, visible


def composition_of(request: HttpRequest, pk: int, kind: str) -> Composition:
    """The composition of a campaign, begun where there is none. Raises: Http404, PermissionDenied."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    return composing.begin(campaign, kind, by=request.user)


def composed(request: HttpRequest, pk: int) -> Composition:
    """A composition that is begun, for those who write in it. Raises: Http404, PermissionDenied."""
    composition: Composition = visible(Composition.objects.select_related("campaign__host"), request, pk=pk)
    require(request, "change", composition)
    return composition


def compose(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The page; on POST it is saved, by a person or by the page itself."""
    composition = composition_of(request, pk, kind)
    if request.method != "POST":
        return page(request, composition, ComposeForm(instance=composition))
    form = ComposeForm(request.POST, instance=Composition.objects.get(pk=composition.pk))
    values = form.values()
    cases, problems = form.case_texts(), form.problem_texts()
    try:
        composing.save(
            composition, by=request.user, seen=revision(request), values=values, cases=cases, problems=problems
        )
    except composing.StaleComposition as stale:
        return clash(request, composition, form, str(stale))
    if request.POST.get("action") == "autosave":
        return stands(composition, form)
    if form.errors:
        return page(request, composition, form, said=_("Saved, but for the fields marked below."), status=422)
    messages.success(request, _("Saved."))
    return redirect(composition)


def revision(request: HttpRequest) -> int:
    """The revision the page was opened at."""
    return number(request.POST.get("seen")) if request.POST.get("seen", "").isdecimal() else -1


def stands(composition: Composition, form: ComposeForm) -> JsonResponse:
    """What the page that saved by itself is told: the revision, when, and what was not taken."""
    wrong = {name: [str(each) for each in found] for name, found in form.errors.items()}
    at = time_format(localtime(clock.now()), "H:i")
    return JsonResponse({"seen": composition.revision, "at": at, "wrong": wrong})


def clash(request: HttpRequest, composition: Composition, form: ComposeForm, why: str) -> HttpResponse:
    """Somebody saved meanwhile: what was typed stays on the page, beside it how it differs from what stands now."""
    now = Composition.objects.get(pk=composition.pk)
    if request.POST.get("action") == "autosave":
        return JsonResponse({"why": why, "mine": now.saved_by == request.user, "seen": now.revision}, status=409)
    typed = form.cleaned_data
    differing = [
        (label(now, name), compare(getattr(now, name), typed[name]))
        for name in Composition.TEXTS
        if name in typed and typed[name] != getattr(now, name)
    ]
    said = _("%(why)s Your text stands below: save it again to replace theirs.") % {"why": why}
    return page(request, now, form, said=said, differing=differing, status=409)


def page(
    request: HttpRequest,
    composition: Composition,
    form: ComposeForm,
    *,
    said: str = "",
    differing: Any = (),
    status: int = 200,
) -> HttpResponse:
    """The composing page."""
    context = {
        "composition": composition,
        "campaign": composition.campaign,
        "form": form,
        "seen": composition.revision,
        "said": said,
        "differing": differing,
        "is_bulletin": composition.kind == BriefingKind.BULLETIN,
        "nothing_owed": not composition.campaign.assignments.exists(),
        **draft(composition),
    }
    return render(request, "reports/briefings/compose.html", context, status=status)


def draft(composition: Composition) -> dict[str, Any]:
    """The live draft: the text filled, the names of figures, and what should be looked at."""
    shows = stood(composition.campaign, moment_of(composition.campaign, composition.stands_on))
    with translation.override("zh-hans"):  # paper is Chinese whatever the reader's language
        known = facts(shows)
        lines = shown(composition, shows, known)
    return {
        "blocks": (CASES, PROBLEMS),
        "lines": lines,
        "known": known.values(),
        "doubts": doubts(composition, known),
        "stood": shows,
    }


@require_safe
def compose_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The live draft alone, asked for after each saving."""
    composition = composed(request, pk)
    context = {"composition": composition, "campaign": composition.campaign, **draft(composition)}
    return render(request, "reports/briefings/draft.html", context)


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze an edition of what stands now, and go to its page."""
    composition = composed(request, pk)
    try:
        return redirect(editions.build(composition.campaign, by=request.user, kind=composition.kind))
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(composition)


@require_POST
def compose_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case or a problem out, or let it stand earlier. Raises: Http404 for a row of another briefing."""
    composition = composed(request, pk)
    for name, rows in (("case", composition.quotes.filter(problem=None)), ("problem", composition.problems.all())):
        for deed in (composing.drop, composing.move_up):
            asked = number(request.POST.get(f"{deed.__name__}-{name}"))
            row: Quote | Problem | None = rows.filter(pk=asked).first() if asked else None
            if row is not None:
                deed(row, by=request.user)
                return redirect(f"{composition.get_absolute_url()}#{name}s")
    return redirect(composition)

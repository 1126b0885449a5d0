"""The chapters of the book: their order, and the office's text of one beside the unit's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import Assignment
from documents.errors import DocumentError
from reports.briefings import choosing_chapters as deeds
from reports.briefings.chapter_alone import alone
from reports.briefings.composing import StaleComposition
from reports.briefings.forms.compose import ChapterForm
from reports.briefings.moment import stood
from reports.briefings.views.compose import composition_of, revision
from reports.models import BriefingKind, ChapterKind, ChapterOrder, Composition
from workflow.compare import compare
from workflow.pages import number, refused, visible


def chapters(request: HttpRequest, pk: int) -> HttpResponse:
    """All chapters in their order; on POST their order and what becomes of each."""
    composition = composition_of(request, pk, BriefingKind.CONSOLIDATED)
    rows = deeds.listed(composition, stood(composition.campaign))
    if request.method == "POST":
        order = request.POST.get("order", "")
        kinds = {row.owed.assignment.pk: request.POST.get(f"kind-{row.owed.assignment.pk}", "") for row in rows}
        places = {each: number(request.POST.get(f"place-{each}")) for each in kinds}
        chosen = {each: (kind, places[each]) for each, kind in kinds.items() if kind in ChapterKind.values}
        order = order if order in ChapterOrder.values else composition.order
        deeds.arrange(composition, chosen, order, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {
        "composition": composition,
        "campaign": composition.campaign,
        "rows": rows,
        "kinds": ChapterKind.choices,
        "orders": ChapterOrder.choices,
    }
    return render(request, "reports/briefings/chapters.html", context)


def chapter_asked(request: HttpRequest, pk: int) -> tuple[Composition, deeds.Chapter | None]:
    """The composition a summary belongs to, and its chapter if it is one. Raises: Http404."""
    assignment = visible(Assignment, request, pk=pk)
    composition = composition_of(request, assignment.campaign_id, BriefingKind.CONSOLIDATED)
    return composition, deeds.chapter_of(composition, stood(composition.campaign), assignment.pk)


def chapter(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's text of one chapter, with what differs from the unit's own. Raises: Http404."""
    composition, found = chapter_asked(request, pk)
    if found is None:
        refused(request, _("Only an accepted summary is a chapter."))
        return redirect("reports:chapters", pk=composition.campaign_id)
    own, seen, why = deeds.own_text(found.owed), found.choice.revision, ""
    form = ChapterForm(request.POST or None, initial={"text": found.choice.text or own})
    form.fields["text"].widget.attrs["class"] = "form-control"
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            deeds.edit(composition, found.owed, text, seen=revision(request), by=request.user)
        except StaleComposition as stale:
            why = str(stale)
        else:
            messages.success(request, _("Saved. The unit’s text stays as it was."))
            return redirect(request.path)
    context = {
        "composition": composition,
        "campaign": composition.campaign,
        "chapter": found,
        "form": form,
        "seen": seen,
        "own": own,
        "why": why,
        "pieces": compare(own, found.choice.text) if found.choice.kind == ChapterKind.EDITED else [],
        "since": compare(found.choice.original, own) if found.is_stale else [],
    }
    return render(request, "reports/briefings/chapter.html", context, status=409 if why else 200)


@require_safe
def chapter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One chapter on its own, as it would stand in the book now. Raises: Http404."""
    composition, found = chapter_asked(request, pk)
    if found is None:
        refused(request, _("Only an accepted summary is a chapter."))
        return redirect("reports:chapters", pk=composition.campaign_id)
    try:
        data = alone(found.owed, found.choice)
    except DocumentError as error:
        refused(request, error)
        return redirect("reports:chapter", pk=pk)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{found.owed.assignment.unit}.pdf") or "inline"
    return answer

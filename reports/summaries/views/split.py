"""A unit hands in its summary as a Word file: split into the sections by its headings, looked at, then taken over."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.behalf.forms.incoming import IncomingForm
from activities.behalf.writer import Draft, Writer, the_unit
from activities.models import Assignment, StaleDraft
from activities.states import Kind
from reports.models import Summary
from reports.summaries.forms.sections import SectionsForm
from reports.summaries.forms.split import InsteadForm, PieceFormSet
from reports.summaries.split import pieces, placed
from reports.summaries.taking import standing, take_over, too_long
from workflow.pages import refused, require, visible


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the file or paste the text; see what went where, put it right; take it over into the draft."""
    assignment = visible(Assignment.objects.filter(kind=Kind.SUMMARY).for_list(), request, pk=pk)
    require(request, "file", assignment)
    writer = the_unit(request.user, assignment)
    if why := writer.why_not_written():
        refused(request, why)
        return redirect(assignment)
    draft = writer.draft(Summary)
    draft.filing.assignment = assignment
    if request.POST.get("action") == "take":
        return taken(request, writer, draft)
    form = IncomingForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, assignment, 422 if form.is_bound else 200, form=form)
    for note in form.cleaned_data["source"].notes:
        messages.info(request, _(note))
    return looked_at(request, draft, form.cleaned_data["source"].text)


def looked_at(request: HttpRequest, draft: Draft, text: str) -> HttpResponse:
    """What went where. Nothing is saved yet."""
    summary = cast(Summary, draft.filing)
    sections = SectionsForm(instance=summary).sections
    found = [vars(each) for each in pieces(text, sections)]
    there = standing(summary)
    instead = not any(each.text.strip() and not each.sources for each in there)
    return page(
        request,
        summary.assignment,
        pieces=PieceFormSet(initial=found, form_kwargs={"choices": choices(summary)}),
        instead=InsteadForm(initial={"instead": instead, "seen": summary.revision}),
    )


def taken(request: HttpRequest, writer: Writer, draft: Draft) -> HttpResponse:
    """Write it into the draft, or say what does not fit."""
    summary = cast(Summary, draft.filing)
    forms = PieceFormSet(request.POST, form_kwargs={"choices": choices(summary)})
    instead = InsteadForm(request.POST)
    if not (forms.is_valid() and instead.is_valid()):
        refused(request, _("This time nothing was saved: please look at the fields marked below."))
        return page(request, writer.assignment, 422, pieces=forms, instead=instead)
    found = [each.piece for each in forms]
    passages = placed(standing(summary), found, instead=instead.cleaned_data["instead"])
    if wrong := too_long(passages):
        refused(request, " ".join(wrong))
        return page(request, writer.assignment, 422, pieces=forms, instead=instead)
    try:
        take_over(summary, passages, by=writer.by, seen=instead.cleaned_data["seen"])
    except StaleDraft as refusal:
        refused(request, str(refusal))
        return page(request, writer.assignment, 409, pieces=forms, instead=instead)
    messages.success(request, _("It stands in the draft. It is not submitted yet."))
    return redirect(writer.assignment)


def choices(summary: Summary) -> list[tuple[str, str]]:
    """The sections a piece may go to."""
    return [(each.key, each.heading) for each in SectionsForm(instance=summary).sections]


def page(request: HttpRequest, assignment: Assignment, status: int = 200, **parts: Any) -> HttpResponse:
    """The page with what is asked on it now."""
    context = {"assignment": assignment, "campaign": assignment.campaign, **parts}
    return render(request, "reports/summaries/split.html", context, status=status)

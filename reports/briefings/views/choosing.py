"""Choosing what units wrote: cases from what they filed, problems from the sentences in which they name them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.models import Assignment, PublishedCase
from documents.counts import so_many
from reports.briefings import composing
from reports.briefings.moment import stood
from reports.briefings.passages import first_two, problem_sentences
from reports.briefings.views.compose import composed
from reports.models import Composition
from workflow.models import MoveRefused
from workflow.pages import numbers, refused


@dataclass(frozen=True)
class Offer:
    """What may be chosen: a filing, its first sentences, and whether it is chosen already."""

    assignment: Assignment
    words: str
    chosen: bool


def choose_cases(request: HttpRequest, pk: int) -> HttpResponse:
    """Typical cases the office selected, and accepted summaries; on POST those ticked are chosen."""
    composition = composed(request, pk)
    offers = case_offers(composition)
    if request.method == "POST":
        wanted = set(numbers(request.POST, "assignment"))
        rows = [each.assignment for each in offers if each.assignment.pk in wanted]
        try:
            number = composing.add_cases(composition, rows, by=request.user)
        except MoveRefused as refusal:
            refused(request, refusal)
            return redirect(request.path)
        messages.success(request, so_many("%(n)s case chosen.", "%(n)s cases chosen.", number))
        return redirect(f"{composition.get_absolute_url()}#cases")
    context = {"composition": composition, "campaign": composition.campaign, "offers": offers}
    return render(request, "reports/briefings/choose_cases.html", context)


def case_offers(composition: Composition) -> list[Offer]:
    """Selected cases first, then the accepted summaries, each in the official order of the units."""
    selected = PublishedCase.objects.filter(case__assignment__campaign=composition.campaign)
    rows = selected.select_related("case__assignment__unit").order_by("case__assignment__unit__order", "pk")
    there = set(composition.quotes.filter(problem=None).values_list("assignment", flat=True))
    found = [row.case.assignment for row in rows]
    found += [each.assignment for each in stood(composition.campaign).accepted]
    return [Offer(each, first_two(composing.practice(each)), each.pk in there) for each in found]


def choose_problems(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences in which units name problems; on POST those ticked become one problem."""
    composition = composed(request, pk)
    found = list(problem_sentences(stood(composition.campaign)))
    if request.method == "POST":
        wanted = set(request.POST.getlist("sentence"))
        quotes = [(owed.assignment, said) for owed, said in found if key(owed.assignment, said) in wanted]
        try:
            composing.add_problem(composition, quotes, by=request.user)
        except MoveRefused as refusal:
            refused(request, refusal)
            return redirect(request.path)
        messages.success(request, _("The problem stands in the paper now. Write its cause and the next step."))
        return redirect(f"{composition.get_absolute_url()}#problems")
    used = set(composition.quotes.filter(problem__isnull=False).values_list("assignment", "quoted"))
    rows = [
        (owed.assignment, said, key(owed.assignment, said), (owed.assignment.pk, said) in used) for owed, said in found
    ]
    context = {"composition": composition, "campaign": composition.campaign, "rows": rows}
    return render(request, "reports/briefings/choose_problems.html", context)


def key(assignment: Assignment, sentence: str) -> str:
    """A sentence by whose it is and how it reads: what was reworded meanwhile is not chosen."""
    return f"{assignment.pk}:{sentence}"

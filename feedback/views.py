"""The pages of complaints and suggestions: one's own, those to the office, and each with its answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.people import named
from feedback.forms import FeedbackForm
from feedback.models import LONGEST, Feedback
from feedback.office import office_for
from feedback.rules import ANSWERING
from workflow.models import MoveRefused
from workflow.pages import may, refused, require, told, visible, words

PAGE = 30
ROWS = Feedback.objects.select_related("writer", "unit", "office")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What this person wrote, and the form for more."""
    form = FeedbackForm(request.POST or None, by=request.user, page=words(request.GET, "about"))
    if request.method == "POST" and form.is_valid() and sent(request, form):
        return redirect("feedback:mine")
    page = Paginator(ROWS.filter(writer=request.user.pk), PAGE).get_page(request.GET.get("page"))
    hears = office_for(form.units[0] if form.units else None) if len(form.units) < 2 else None
    context = {"form": form, "page": page, "hears": hears, "answers": answers(request)}
    return render(request, "feedback/mine.html", context, status=422 if form.errors else 200)


def sent(request: HttpRequest, form: FeedbackForm) -> bool:
    """Send what was written. Returns: whether it was."""
    try:
        row = Feedback.send(**form.said(), by=request.user)
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = _("%(office)s has it. You will be told when it is answered.")
    messages.success(request, said % {"office": row.office})
    return True


def answers(request: HttpRequest) -> bool:
    """Whether this person answers for an office."""
    user: Any = request.user
    return bool(user.units_as(*ANSWERING))


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """What was written to the offices for which this person answers: what waits, or all; found by unit or word."""
    if not answers(request):
        raise PermissionDenied
    rows = ROWS.to_offices_of(request.user)
    waiting, everything = rows.waiting().count(), words(request.GET, "show") == "all"
    if sought := words(request.GET, "q"):
        rows = rows.filter(Q(text__icontains=sought) | named(sought, unit="unit__", person="writer__"))
    page = Paginator(rows if everything else rows.waiting().reverse(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": waiting, "everything": everything, "sought": sought}
    return render(request, "feedback/office.html", context)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written, and all that was answered."""
    row = visible(ROWS, request, pk=pk)
    context = {
        "row": row,
        "told": row.told(),
        "may_answer": may(request.user, "answer", row),
        "is_mine": may(request.user, "ask_again", row),
        "longest": LONGEST,
    }
    return render(request, "feedback/one.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The office answers, or says why it does not take it up."""
    row = visible(ROWS, request, pk=pk)
    require(request, "answer", row)
    if said := words_given(request):
        deed = row.close if request.POST.get("deed") == "close" else row.answer
        with told(request, answered(row)):
            deed(said, by=request.user)
    return redirect(row)


def answered(row: Feedback) -> str:
    """What is said of an answer: nobody whose account is shut reads it."""
    if row.writer.is_active:
        return _("%(name)s is told.") % {"name": row.writer}
    return _("It is kept here. The account of %(name)s is shut: nobody is told.") % {"name": row.writer}


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The writer is not content with the answer."""
    row = visible(ROWS, request, pk=pk)
    require(request, "ask_again", row)
    if said := words_given(request):
        with told(request, _("%(office)s has it again.") % {"office": row.office}):
            row.ask_again(said, by=request.user)
    return redirect(row)


def words_given(request: HttpRequest) -> str:
    """What was typed as an answer or a further question; nothing, with the reason said, where it is none."""
    said = words(request.POST, "words")
    if said and len(said) <= LONGEST:
        return said
    refused(request, _("Please write at least a word and at most 4,000 characters."))
    return ""

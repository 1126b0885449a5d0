"""A unit answers: the way from the message, and the answer itself."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from activities.evidence.forms.attachments import AttachmentsForm
from activities.filing.autosave import Checked
from activities.filing.filing_page import FilingPage, filing_page
from activities.filing.keep_parts import keep_parts
from activities.models import Answer, AnswerKind, Assignment, Filing, Question
from activities.questions.forms.answer import AnswerForm
from activities.states import Kind
from workflow.pages import visible


@require_safe
def from_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the message leads: the answer of the person's unit; where they file for several, the choice of one."""
    rows = Assignment.objects.of_units_of(request.user).filter(question=pk).for_list()
    own = list(rows.order_by("unit__order", "unit_id"))
    if not own:
        return redirect(visible(Question, request, pk=pk))
    if len(own) == 1:
        return redirect(own[0])
    question = own[0].question
    context = {"question": question, "campaign": own[0].campaign, "rows": own}
    return render(request, "activities/questions/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, with one tap where one chooses; afterwards read."""
    rows = Assignment.objects.filter(kind=Kind.QUESTION).for_list().select_related("question__about_activity")
    return filing_page(request, visible(rows, request, pk=pk), Answer, PAGE)


def make(request: HttpRequest, filing: Filing, complete: bool) -> dict[str, Checked]:
    """The answer, and the file where one is asked for."""
    assignment: Any = filing.assignment
    asks_file = assignment.question.answer_kind == AnswerKind.FILE
    beside = asks_file and (bool(request.FILES) or assignment.attachments.exists())
    form = AnswerForm(request.POST or None, instance=cast(Answer, filing), complete=complete, beside=beside)
    files = {"documents": AttachmentsForm(request, assignment)} if asks_file else {}
    return {"form": form, **files}


PAGE = FilingPage("activities/questions/answer.html", make, keep_parts)

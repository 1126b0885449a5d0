"""The office asks: all questions of a campaign, a new one, one with its answers, and its deeds."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.judging.list_filter import NAMES
from activities.models import Question
from activities.questions import answers, asking
from activities.questions.forms.question import CorrectionForm, DueForm, QuestionForm
from activities.questions.whom import Whom, whom
from activities.states import FILED
from campaigns.finding import campaign_of
from documents.counts import so_many
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import may, numbers, refused, require, visible, words

PAGE = 50
TICKED = 300
"""Units that stand with a box each, to be left out one by one; of more the filter alone decides."""
SIFTED = ("kind", "standing", "group", "q")
"""What the page itself can be narrowed by; a filter of the list that says more is taken as it came."""
KNOWN = ("campaign__host", "about_activity", "asked_by")


@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked in a campaign beside its notices, the newest first, with how many answered."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    rows = Question.objects.visible_to(request.user).filter(campaign=campaign)
    rows = rows.annotate(
        asked=Count("assignments"), answered=Count("assignments", filter=Q(assignments__state__in=FILED))
    )
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "page": page, "runs": may(request.user, "change", campaign)}
    return render(request, "activities/questions/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom it goes to, how many they are, what they were asked already; and the question itself."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    chosen = {name: words(request.GET, name) for name in (*NAMES, "group")}
    found = whom(campaign, chosen, request.user)
    form = QuestionForm(request.POST or None, campaign=campaign)
    status = 200
    if request.method == "POST":
        meant = found.only(numbers(request.POST, "to")) if len(found.rows) <= TICKED else found
        if form.is_valid() and (question := asked(request, form, found, meant)):
            return redirect(question)
        status = 409 if form.is_valid() else 422
    context = {
        "campaign": campaign,
        "form": form,
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "brought": any(value for name, value in chosen.items() if name not in SIFTED or "," in value),
        "whom": found,
        "ticked": set(numbers(request.POST, "to")) if request.method == "POST" else set(found.units),
        "boxes": len(found.rows) <= TICKED,
        "groups": campaign.host.groups.all(),
        "why": asking.why_not_asked(campaign),
    }
    return render(request, "activities/questions/new.html", context, status=status)


def asked(request: HttpRequest, form: QuestionForm, found: Whom, meant: Whom) -> Question | None:
    """Ask it of those meant. Where the filter finds others than when the page was opened, nothing is sent yet."""
    if request.POST.get("found", "") != str(len(found.rows)):
        refused(request, _("Meanwhile other units fit the filter. Nothing was sent: please look at them again."))
        return None
    question = form.question()
    try:
        number = asking.ask(question, meant.units, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return None
    messages.success(request, so_many("%(n)s unit is asked.", "%(n)s units are asked.", number))
    return question


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its answers: what they come to, one by one, and who is silent."""
    row = visible(Question.objects.select_related(*KNOWN), request, pk=pk)
    page, chosen = answers.table(row, request)
    context = {
        "question": row,
        "campaign": row.campaign,
        "summary": answers.summary(row),
        "page": page,
        "chosen": chosen,
        "silent": answers.silent(row),
        "runs": may(request.user, "change", row),
        "due": DueForm(),
    }
    return render(request, "activities/questions/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the words of a question; everybody asked is told."""
    row = visible(Question.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    with transaction.atomic():
        try:
            row = asking.hold(row)
        except MoveRefused as refusal:
            refused(request, refusal)
            return redirect(row)
        return corrected(request, row)


def corrected(request: HttpRequest, row: Question) -> HttpResponse:
    """The form of a correction; written if nobody wrote another one meanwhile."""
    before = row.text
    now = CorrectionForm(instance=Question.objects.get(pk=row.pk))
    stands, status, theirs = together.mark(now), 200, None
    form = CorrectionForm(request.POST or None, instance=row)
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if form.is_valid():
            changed: Any = form.save(commit=False)
            changed.choices = form.cleaned_data.get("options", changed.choices)
            asking.correct(changed, before, by=request.user)
            messages.success(request, _("It is corrected, and everybody asked was told."))
            return redirect(row)
        status = 422
    context = {"question": row, "campaign": row.campaign, "form": form, "base": stands, "theirs": theirs}
    return render(request, "activities/questions/edit.html", context, status=status)


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time for those who have not answered."""
    row = visible(Question.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    form = DueForm(request.POST)
    if not form.is_valid():
        refused(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
        return redirect(row)
    try:
        number = asking.extend(row, form.cleaned_data["due_at"], by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        messages.success(request, so_many("%(n)s unit has more time.", "%(n)s units have more time.", number))
    return redirect(row)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is asked any more."""
    row = visible(Question.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", row)
    try:
        number = asking.close(row, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
    else:
        said = so_many("Closed; %(n)s unit had not answered.", "Closed; %(n)s units had not answered.", number)
        messages.success(request, said)
    return redirect(row)

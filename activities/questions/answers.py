"""The answers to a question in one table: how many chose what, the sum, who is silent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, Prefetch, QuerySet, Sum

from activities.models import Answer, AnswerKind, Assignment, Question
from activities.models.replies import figure
from activities.states import FILED, AssignmentState, Standing
from workflow.pages import words

PAGE = 50
SILENT_NAMED = 300


@dataclass(frozen=True)
class Option:
    """One choice, how many chose it, and its share of those who answered."""

    text: str
    number: int
    percent: int


@dataclass(frozen=True)
class Summary:
    """What the answers come to."""

    asked: int
    answered: int
    late: int
    silent: int
    closed: int
    options: list[Option]
    figures: dict[str, str]
    """Sum, average, smallest and largest of numbers, as printed."""

    @property
    def owed(self) -> int:
        """Of how many an answer is counted: those who answered, and those who still may."""
        return self.answered + self.silent


def filed_answers(question: Question) -> "QuerySet[Answer]":
    """The answers that stand: the newest submitted version of each unit that has not taken it back."""
    later = Answer.objects.filter(
        assignment=OuterRef("assignment"), version__gt=OuterRef("version"), submitted_at__isnull=False
    )
    rows = Answer.objects.filter(assignment__question=question, assignment__state__in=FILED, submitted_at__isnull=False)
    return rows.filter(~Exists(later))


def summary(question: Question) -> Summary:
    """Three queries, however many answered."""
    states: dict[tuple[str, str], int] = {}
    for state, settled, number in question.assignments.order_by().values_list("state", "settled").annotate(Count("pk")):
        states[state, settled] = number
    answered = sum(number for (state, _settled), number in states.items() if state in FILED)
    closed = sum(
        number
        for (state, _settled), number in states.items()
        if state in (AssignmentState.CLOSED, AssignmentState.WAIVED)
    )
    asked = sum(states.values())
    return Summary(
        asked=asked,
        answered=answered,
        late=sum(number for (_state, settled), number in states.items() if settled == Standing.LATE),
        silent=asked - answered - closed,
        closed=closed,
        options=options(question, answered) if question.answer_kind == AnswerKind.CHOICE else [],
        figures=figures(question) if question.answer_kind == AnswerKind.NUMBER else {},
    )


def options(question: Question, answered: int) -> list[Option]:
    """Each choice with its number, in the order of the question; what was chosen and is offered no more stands last."""
    found = dict(filed_answers(question).order_by().values_list("choice").annotate(Count("pk")))
    every = [*question.choices, *(text for text in found if text not in question.choices)]
    return [Option(text, found.get(text, 0), found.get(text, 0) * 100 // (answered or 1)) for text in every]


def figures(question: Question) -> dict[str, str]:
    """What numbers come to, as printed; nothing where nobody answered."""
    found = filed_answers(question).aggregate(
        sum=Sum("number"), average=Avg("number"), smallest=Min("number"), largest=Max("number")
    )
    if found["sum"] is None:
        return {}
    found["average"] = Decimal(found["average"]).quantize(Decimal("0.01"))
    return {name: f"{figure(value)}{question.measure}" for name, value in found.items()}


def table(question: Question, request: Any) -> "tuple[Page[Any], dict[str, str]]":
    """A page of the units asked, those who answered with their answers. Returns: the page, and what was chosen."""
    chosen = {name: words(request.GET, name) for name in ("show", "choice", "q")}
    rows = question.assignments.select_related("unit", "submitted_by").order_by("unit__order", "unit_id")
    rows = rows.prefetch_related(Prefetch("answer_versions", filed_answers(question), to_attr="answers"), "attachments")
    if chosen["show"] == "answered":
        rows = rows.filter(state__in=FILED)
    elif chosen["show"] == "silent":
        rows = rows.filter(state=AssignmentState.OPEN)
    if chosen["choice"]:
        of_choice = filed_answers(question).filter(choice=chosen["choice"])
        rows = rows.filter(state__in=FILED, pk__in=of_choice.values("assignment"))
    if chosen["q"]:
        rows = rows.filter(unit__name__icontains=chosen["q"])
    return Paginator(rows, PAGE).get_page(request.GET.get("page")), chosen


def silent(question: Question) -> "QuerySet[Assignment]":
    """Those who have not answered, in the order of lists."""
    rows: QuerySet[Assignment] = question.assignments.filter(state=AssignmentState.OPEN).select_related("unit")
    return rows.order_by("unit__order", "unit_id")[:SILENT_NAMED]

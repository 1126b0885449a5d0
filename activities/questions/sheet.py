"""The answers to one more question as Excel: what came in, and what the office enters for units that told it otherwise.

Written means answered in the unit's name, by the form of its page; the unit is told. What is answered already changes
on its page alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from activities.behalf.writer import the_office
from activities.models import Answer, AnswerKind, Assignment, Question
from activities.questions.answers import filed_answers
from activities.questions.forms.answer import AnswerForm, SaidNumber
from workflow.models import MoveRefused
from workflow.pages import may
from workflow.sheets.columns import Column, Holds, lines, plain_number, words
from workflow.sheets.declared import Line, Sheet, Texts
from workflow.site_language import in_site_language


class Answers(Sheet):
    """One row for each unit asked, with its answer."""

    name = "answers"
    title = gettext_lazy("Answers")
    identity = ("unit",)
    adds = False
    remark = gettext_lazy("An answer that is written here is filed in the name of the unit, which is told of it.")

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {"question": scope["question"]})
        found = Question.objects.visible_to(user).select_related("campaign").filter(pk=scope["question"]).first()
        if found is None:
            raise Http404
        if not may(user, "change", found):
            raise PermissionDenied
        self.question: Question = found

    @property
    def address(self) -> str:
        return reverse("activities:answers-excel", args=[self.question.pk])

    @property
    def home(self) -> str:
        return self.question.get_absolute_url()

    @property
    def about(self) -> str:
        return self.question.text

    @cached_property
    def columns(self) -> Sequence[Column]:
        by_file = self.question.answer_kind == AnswerKind.FILE
        return (
            Column("unit", gettext_lazy("Unit"), width=24, is_shown_only=True),
            Column("state", gettext_lazy("state"), width=12, is_shown_only=True),
            *self.answer(),
            Column("remark", gettext_lazy("remark"), width=30, is_shown_only=by_file),
        )

    def answer(self) -> Sequence[Column]:
        """The column of the answer; of a file that is asked for none."""
        label, measure = gettext_lazy("answer"), self.question.measure
        match self.question.answer_kind:
            case AnswerKind.CHOICE:
                return (Column("choice", label, width=24, choices=tuple(self.question.choices)),)
            case AnswerKind.NUMBER:
                said = f"{label}（{measure}）" if measure else label
                return (Column("number", said, Holds.AMOUNT, 16, reads=self.read_number, example="120"),)
            case AnswerKind.TEXT:
                return (Column("text", label, Holds.LINES, 60),)
        return ()

    def read_number(self, text: str) -> str:
        """A number as the page takes one: also 三十, or with its unit of measure behind it."""
        field = SaidNumber(measure=self.question.measure, max_digits=18, decimal_places=2)
        return plain_number(field.clean(text))

    # --- what stands -------------------------------------------------------------------------------------------------

    def asked(self) -> QuerySet[Assignment]:
        """Those who were asked, in the order of lists."""
        rows: QuerySet[Assignment] = self.question.assignments.select_related("unit", "campaign", "question")
        return rows.order_by("unit__order", "unit_id")

    def standing(self) -> dict[int, Texts]:
        given = {row.assignment_id: row for row in filed_answers(self.question)}
        return {
            row.pk: {"unit": row.unit.name, "state": row.get_state_display(), **self.texts(given.get(row.pk))}
            for row in self.asked()
        }

    def texts(self, answer: Answer | None) -> Texts:
        """An answer as its cells."""
        names = [column.name for column in self.columns[2:]]
        if answer is None:
            return dict.fromkeys(names, "")
        texts = {
            "choice": answer.choice,  # also one that is offered no more
            "number": plain_number(answer.number),
            "text": lines(answer.text),
            "remark": words(answer.remark),
        }
        return {name: texts[name] for name in names}

    def number(self) -> int:
        return self.question.assignments.count()

    def lock(self) -> None:
        list(self.question.assignments.order_by("pk").select_for_update(of=("self",)))

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self, line: Line) -> None:
        row = self.asked().get(pk=line.key or 0)
        if not may(self.user, "file_for", row):
            raise PermissionDenied
        writer = the_office(self.user, row)
        if why := writer.why_not_written():
            raise MoveRefused(why)
        filing = cast(Answer, writer.draft(Answer).filing)
        filing.assignment = row
        shown = AnswerForm(instance=filing)
        stands = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
        form = AnswerForm(stands | {name: line.texts[name] for name in line.changed}, instance=filing, complete=True)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        filing.save_draft(by=self.user, seen=filing.revision)
        note = in_site_language(gettext_noop("an Excel list"))
        filing.submit(by=self.user, filed_for=row.unit.name[:60], filed_note=note)
        writer.tell()

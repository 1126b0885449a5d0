"""The form of an answer: one field by the kind of the question, and a remark."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from activities.filing.forms.filed import FiledForm
from activities.form_fields import area
from activities.models import Answer, AnswerKind, Question
from documents.numerals import chinese_integer
from workflow.form_fields import Amount, half_width, in_figures

ABOUT = re.compile(r"[约近超逾余多几左右上下以不到许]|about|some|over|~|≈|\+", re.IGNORECASE)
"""What makes a number one of which nobody can make a sum: 1,000余, 约30, 30多."""
CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
DIGITS = re.compile(r"\d+(?:\.\d+)?")


class SaidNumber(Amount):
    """A number, also in Chinese numerals (三十) or with its unit of measure behind it (30人); no estimate."""

    def __init__(self, *, measure: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.measure = measure

    def to_python(self, value: Any) -> Any:
        text = half_width(value) if isinstance(value, str) else ""
        text = text.removesuffix(half_width(self.measure)).strip() if self.measure else text
        if CHINESE.fullmatch(text):
            return super().to_python(str(chinese_integer(text)))
        if ABOUT.search(text):
            raise forms.ValidationError(self.no_number(value, text))
        return super().to_python(text or None)

    def no_number(self, typed: str, text: str) -> str:
        """Why an estimate is not taken, and what to write instead."""
        found = DIGITS.search(in_figures(ABOUT.sub("", text)).replace(",", ""))
        if found:
            said = _("“%(typed)s” is no exact number, and the answers are added up. Write %(number)s alone, and what "
                     "is about it into the remark.")  # fmt: skip
            return said % {"typed": typed, "number": found[0]}
        said = _("“%(typed)s” is no exact number, and the answers are added up. Write the number alone, and what "
                 "is about it into the remark.")  # fmt: skip
        return said % {"typed": typed}


class AnswerForm(FiledForm):
    """What the question asks for, and a remark. ``beside``: whether a file comes or lies with it."""

    class Meta:
        model = Answer
        fields = ("choice", "number", "text", "remark")
        widgets = {"text": area(4)}

    def __init__(self, *args: Any, beside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question: Question = self.instance.assignment.question
        self.question, self.beside = question, beside
        for name in {"choice", "number", "text"} - {question.answer_kind}:
            del self.fields[name]
        if question.answer_kind == AnswerKind.CHOICE:
            every = [(each, each) for each in question.choices]
            label = self.fields["choice"].label
            self.fields["choice"] = forms.ChoiceField(
                choices=every, label=label, required=False, widget=forms.RadioSelect
            )
        elif question.answer_kind == AnswerKind.NUMBER:
            self.initial["number"] = self.instance.figure
            self.fields["number"] = SaidNumber(
                label=f"{question.text}（{question.measure}）" if question.measure else question.text,
                measure=question.measure, required=False, max_digits=18, decimal_places=2,
            )  # fmt: skip
        elif question.answer_kind == AnswerKind.TEXT:
            self.fields["text"].label = question.text

    def needed(self) -> tuple[str, ...]:
        return () if self.question.answer_kind == AnswerKind.FILE else (self.question.answer_kind,)

    def clean_number(self) -> Decimal | None:
        value: Decimal | None = self.cleaned_data["number"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("A number below nothing cannot be meant."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.complete and self.question.answer_kind == AnswerKind.FILE and not self.beside:
            self.add_error(None, _("Please choose the file that is asked for."))
        return cleaned

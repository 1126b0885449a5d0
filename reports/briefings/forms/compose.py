"""The form of the composing page: the text, the words of the chosen cases, the problems."""

from typing import Any

from django import forms

from campaigns.forms.notice import Line, PrintedText
from reports.briefings.composing import cases_of
from reports.models import BriefingKind, Composition, Problem, Quote
from workflow.pages import label

BOOK = ("foreword", "closing", "order", "stands_on")
"""What only a briefing with a book has."""
ROWS = {"text": 28, "foreword": 4, "closing": 4, "title": 2}


class ComposeForm(forms.ModelForm):
    """All that is written on the page; what is not in order stays as it was."""

    class Meta:
        model = Composition
        fields = ("title", "text", *BOOK)
        field_classes = {"title": Line, "text": PrintedText, "foreword": PrintedText, "closing": PrintedText}
        widgets = {name: forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}) for name, rows in ROWS.items()}

    def __init__(self, data: Any = None, *, instance: Composition) -> None:
        super().__init__(data, instance=instance)
        if instance.kind == BriefingKind.BULLETIN:
            for name in BOOK:
                del self.fields[name]
        for name in ("text", "foreword", "closing"):
            if name in self.fields:
                self.fields[name].strip = False  # type: ignore[attr-defined]  # the cursor must not jump
        self.cases, self.problems = (
            cases_of(instance),
            list(instance.problems.prefetch_related("quotes__assignment__unit")),
        )
        for case in self.cases:
            self.add(f"case-{case.pk}", label(case, "text"), case.text, Quote, "text", 3)
        for problem in self.problems:
            for name in Problem.TEXTS:
                self.add(f"problem-{problem.pk}-{name}", label(problem, name), getattr(problem, name), Problem, name, 2)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"

    def add(self, name: str, words: str, value: str, model: Any, field: str, rows: int) -> None:
        """A field of a case or a problem, as long as its column."""
        most = model._meta.get_field(field).max_length
        widget = forms.Textarea(attrs={"rows": rows})
        needed = field == "text"
        self.fields[name] = Line(label=words, max_length=most, required=needed, initial=value, widget=widget)

    def values(self) -> dict[str, Any]:
        """The fields of the composition that are in order."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def case_texts(self) -> dict[int, str]:
        """The words of the cases that are in order, by the ids of the cases."""
        found = {case.pk: self.cleaned_data.get(f"case-{case.pk}") for case in self.cases}
        return {pk: text for pk, text in found.items() if text is not None}

    def problem_texts(self) -> dict[int, dict[str, str]]:
        """The words of the problems that are in order, by the ids of the problems."""
        return {
            row.pk: {
                name: self.cleaned_data[f"problem-{row.pk}-{name}"]
                for name in Problem.TEXTS
                if f"problem-{row.pk}-{name}" in self.cleaned_data
            }
            for row in self.problems
        }

    def case_fields(self) -> list[tuple[Quote, Any]]:
        """Each case with its field."""
        return [(case, self[f"case-{case.pk}"]) for case in self.cases]

    def problem_fields(self) -> list[tuple[Problem, list[Any]]]:
        """Each problem with its fields."""
        return [(row, [self[f"problem-{row.pk}-{name}"] for name in Problem.TEXTS]) for row in self.problems]

    def book_fields(self) -> list[Any]:
        """The fields of the book."""
        return [self[name] for name in BOOK if name in self.fields]


class ChapterForm(forms.Form):
    """The chapter of one unit: whole, edited, or left out."""

    text = PrintedText(max_length=100_000, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 24}))

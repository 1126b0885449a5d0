"""The forms of a question: asked, corrected, given more time."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.form_fields import area, day, due_hour
from activities.models import Activity, AnswerKind, Question
from activities.models.replies import Answer
from activities.questions.answers import filed_answers
from activities.states import Kind
from campaigns.models import Campaign
from documents.counts import thousands
from workflow import clock

FEWEST, MOST = 2, 10
SHOWN = 5
"""Titles named where several fit."""
LONGEST: int = Answer._meta.get_field("choice").max_length or 0
FARTHEST = timedelta(days=366)
ABOUT = (Kind.PLAN, Kind.DELIVERABLE, Kind.ROUND, Kind.PROGRESS, Kind.CASE, Kind.COVERAGE, Kind.OTHER, Kind.SUMMARY)
"""Kinds of filing a question may concern."""


def moment(on: date | None, at: time | None) -> datetime | None:
    """A day and an hour as a deadline."""
    if on is None:
        return None
    return clock.moment_of(on, at)


class DueForm(forms.Form):
    """By which day and hour."""

    due_on = day(capfirst(gettext_lazy("answer due")))
    due_hour = due_hour()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_due(self, cleaned)
        return cleaned


def check_due(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Put day and hour together as ``due_at``, if they are to come."""
    due = moment(cleaned.get("due_on"), cleaned.get("due_hour"))
    if due and due <= clock.now():
        form.add_error("due_on", _("This moment is past."))
    elif due and due > clock.now() + FARTHEST:
        form.add_error("due_on", _("This day is more than a year away."))
    cleaned["due_at"] = due


class WordsForm(forms.ModelForm):
    """The words of a question, and what may be chosen."""

    options = forms.CharField(
        label=capfirst(gettext_lazy("what may be chosen")),
        required=False,
        max_length=1000,
        widget=area(4),
        help_text=gettext_lazy("Where one chooses: one choice a line."),
    )

    class Meta:
        model = Question
        fields: tuple[str, ...] = ("text", "hint", "measure")
        widgets = {"text": forms.TextInput, "hint": area(2)}

    def clean_options(self) -> list[str]:
        found = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        for line in found:
            if len(line) > LONGEST:
                said = _("“%(words)s…” is too long: at most %(most)s characters a line.")
                raise forms.ValidationError(said % {"words": line[:20], "most": thousands(LONGEST)})
        if len(set(found)) < len(found):
            raise forms.ValidationError(_("One choice stands there twice."))
        return found

    def check_options(self, kind: str, found: list[str]) -> None:
        """Choices where one chooses, and nowhere else: what was typed is not dropped in silence."""
        if "options" in self.errors:
            return
        if kind == AnswerKind.CHOICE and not FEWEST <= len(found) <= MOST:
            said = _("Where one chooses, %(fewest)s to %(most)s choices are needed, one a line.")
            self.add_error("options", said % {"fewest": thousands(FEWEST), "most": thousands(MOST)})
        elif kind and kind != AnswerKind.CHOICE and found:
            self.add_error("options", _("Choices are only for a question answered by choosing."))


class QuestionForm(WordsForm):
    """A new question."""

    due_on = day(capfirst(gettext_lazy("answer due")))
    due_hour = due_hour()
    activity = forms.CharField(
        label=capfirst(gettext_lazy("activity")),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Some words of its title are enough."),
    )

    class Meta(WordsForm.Meta):
        fields = ("text", "answer_kind", "hint", "measure", "about_kind")
        widgets = {**WordsForm.Meta.widgets, "answer_kind": forms.RadioSelect}

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        kwargs["instance"] = Question(campaign=campaign)
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["answer_kind"]
        kinds.choices = AnswerKind.choices
        self.initial["answer_kind"] = AnswerKind.CHOICE
        about: Any = self.fields["about_kind"]
        about.choices = [("", _("the campaign as a whole")), *((kind.value, kind.label) for kind in ABOUT)]

    def clean_activity(self) -> Activity | None:
        """The one activity whose title holds these words."""
        typed = self.cleaned_data["activity"]
        if not typed:
            return None
        rows = Activity.objects.filter(campaign=self.instance.campaign, title__icontains=typed).order_by("order", "pk")
        found = list(rows.filter(title=typed)[:2]) or list(rows[: SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No activity of this campaign is called so."))
        titles = "、".join(str(each) for each in found[:SHOWN])
        said = _("Several are called so; please write more of the title: %(titles)s")
        raise forms.ValidationError(said % {"titles": titles})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_due(self, cleaned)
        self.check_options(cleaned.get("answer_kind", ""), cleaned.get("options") or [])
        return cleaned

    def question(self) -> Question:
        """The question as typed, not saved yet."""
        found: Question = self.save(commit=False)
        found.choices, found.due_at = self.cleaned_data["options"], self.cleaned_data["due_at"]
        found.about_activity = self.cleaned_data["activity"]
        return found


class CorrectionForm(WordsForm):
    """The words of a question that was asked; what somebody chose already stays among the choices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.choices)
        if self.instance.answer_kind != AnswerKind.CHOICE:
            del self.fields["options"]
        if self.instance.answer_kind != AnswerKind.NUMBER:
            del self.fields["measure"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "options" in self.fields:
            found = cleaned.get("options") or []
            self.check_options(self.instance.answer_kind, found)
            taken = set(filed_answers(self.instance).values_list("choice", flat=True)) - set(found)
            if taken and "options" not in self.errors:
                self.add_error("options", _("Chosen already, so it stays: %(words)s") % {"words": "、".join(taken)})
        return cleaned

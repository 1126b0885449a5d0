"""The form of a report on how an activity goes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.filing.forms.filed import FiledForm
from activities.form_fields import area
from activities.models import Progress
from activities.models.volunteered import ProgressState
from workflow.form_fields import Figures, WholeNumber


class ProgressForm(FiledForm):
    """State, per cent, what was done; problems where it is held up, the next step until it is done."""

    class Meta:
        model = Progress
        fields = ("stage", "percent", "narrative", "problems", "next_step")
        widgets = {
            "percent": Figures(),
            "narrative": area(5),
            "problems": area(3),
            "next_step": area(3),
        }
        field_classes = {"percent": WholeNumber}
        help_texts = {
            "percent": gettext_lazy("0 to 100."),
            "problems": gettext_lazy("Needed where it is held up: the office can only help with what it knows."),
            "next_step": gettext_lazy("Needed until it is done."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", _("please choose")), *ProgressState.choices]  # type: ignore[attr-defined]

    def needed(self) -> list[str]:
        found, stage = ["stage", "percent", "narrative"], self.cleaned_data.get("stage")
        if stage == ProgressState.STUCK:
            found.append("problems")
        if stage != ProgressState.DONE:
            found.append("next_step")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stage, percent = cleaned.get("stage"), cleaned.get("percent")
        if self.complete and stage and percent is not None and (stage == ProgressState.DONE) != (percent == 100):
            self.add_error("percent", _("State and per cent do not agree: done is 100, and only done is 100."))
        return cleaned

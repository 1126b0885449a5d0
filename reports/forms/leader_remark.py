"""A leader's remark, and the office's answer."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from activities.models import Activity
from campaigns.models import Campaign
from documents.counts import thousands
from reports.figures import campaign_figures
from reports.models import LeaderRemark
from workflow import clock
from workflow.templatetags.clock import short_moment

FIGURES = (
    ("filed", gettext_lazy("Filed")),
    ("on_time", gettext_lazy("On time")),
    ("extended", gettext_lazy("Within the extension")),
    ("late", gettext_lazy("Filed late")),
    ("to_correct", gettext_lazy("To be corrected")),
    ("overdue", gettext_lazy("Overdue")),
    ("due", gettext_lazy("Not due yet")),
)
DAYS = timedelta(days=3)


class LeaderRemarkForm(forms.ModelForm):
    """What is remarked, on what, and by when it is to be answered."""

    unit_name = forms.CharField(label=gettext_lazy("On a unit"), max_length=120, required=False)

    class Meta:
        model = LeaderRemark
        fields = ("text", "figure", "activity", "answer_by")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "answer_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "text": gettext_lazy("Words of the remark"),
            "figure": gettext_lazy("On a figure"),
            "activity": gettext_lazy("On an activity"),
            "answer_by": gettext_lazy("To be answered by"),
        }
        help_texts = {"text": gettext_lazy("Without unit, figure and activity it is about the campaign as a whole.")}

    def __init__(self, *args: Any, campaign: Campaign, by: Any, **more: Any) -> None:
        """Arguments: as for every form; on which campaign; who remarks."""
        super().__init__(*args, **more)
        self.instance.campaign, self.instance.by = campaign, by
        none = [("", gettext_lazy("none"))]
        self.fields["figure"] = forms.ChoiceField(
            label=gettext_lazy("On a figure"), choices=[*none, *FIGURES], required=False
        )
        activity = self.fields["activity"]
        assert isinstance(activity, forms.ModelChoiceField)
        activity.queryset, activity.empty_label = Activity.objects.filter(campaign=campaign), _("none")
        self.fields["answer_by"].initial = clock.today() + DAYS

    def clean_unit_name(self) -> str:
        """Raises: ValidationError when no unit goes by the name."""
        name: str = self.cleaned_data["unit_name"].strip()
        if name:
            self.instance.unit = Unit.objects.filter(name=name).first() or Unit.objects.filter(full_name=name).first()
            if self.instance.unit is None:
                raise ValidationError(_("No unit goes by the name “%(name)s”.") % {"name": name})
        return name

    def clean_answer_by(self) -> Any:
        """Raises: ValidationError when the day is past."""
        day = self.cleaned_data["answer_by"]
        if day < clock.today():
            raise ValidationError(_("Please choose a day that is still to come."))
        return day

    def written(self) -> LeaderRemark:
        """Write it, with what the figure is at this moment."""
        if self.instance.figure:
            shown = campaign_figures(self.instance.campaign)
            number = thousands(getattr(shown.total, self.instance.figure))
            label = dict(FIGURES)[self.instance.figure]
            said = _("%(figure)s %(number)s, as of %(at)s")
            self.instance.said = said % {"figure": label, "number": number, "at": short_moment(shown.at)}
        return self.instance.write()


class AnswerForm(forms.Form):
    """What is answered, or what is still wanted."""

    text = forms.CharField(
        label=gettext_lazy("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )

"""The form of the rules: how points are put together, who assesses, and the criteria."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.memberships import HOST_ROLES
from reports.models import Criterion, Scheme
from workflow.form_fields import Area

MOST = 30
"""Criteria of one evaluation."""
EMPTY = 3
"""Rows offered for new ones."""


class SchemeForm(forms.ModelForm):
    """How points are put together, and by whom those by hand are given."""

    class Meta:
        model = Scheme
        fields = ("assessors", "combine", "most_bonus", "most_deduction", "published_before")
        widgets = {"assessors": forms.CheckboxSelectMultiple}
        labels = {"assessors": gettext_lazy("Assessors"), "published_before": gettext_lazy("Published before")}
        help_texts = {
            "assessors": gettext_lazy("Two or more. Each gives points without seeing those of the others."),
            "published_before": gettext_lazy("Only after the campaign: in which paper, and on which day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assessors"]
        people.queryset = User.objects.speaking_for([self.instance.campaign.host_id], *HOST_ROLES)


class AssessorsForm(forms.Form):
    """Who assesses, after the rules were published."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Assessors"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = User.objects.speaking_for([scheme.campaign.host_id], *HOST_ROLES)
        people.initial = scheme.assessors.all()


class CriterionForm(forms.ModelForm):
    """One criterion; an empty name in a new row means none."""

    place = forms.IntegerField(label=gettext_lazy("Position in the list"), required=False, min_value=1, max_value=99)

    class Meta:
        model = Criterion
        fields = ("name", "measure", "weight", "note")
        widgets = {"note": Area(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"].localize = False
        if self.instance.pk:
            self.fields["place"].initial = self.instance.order


class Criteria(forms.BaseModelFormSet):
    """All of them: no name twice."""

    def clean(self) -> None:
        if any(self.errors):
            return
        names = [form.cleaned_data["name"] for form in self.kept()]
        if twice := next((each for each in names if names.count(each) > 1), ""):
            raise ValidationError(_("This criterion stands there twice: %(name)s") % {"name": twice})

    def kept(self) -> list[Any]:
        """The rows that hold a criterion and were not struck out, in the order of their places."""
        rows = [
            (form.cleaned_data.get("place") or MOST * 10, at, form)
            for at, form in enumerate(self.forms)
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        return [form for _place, _at, form in sorted(rows, key=lambda each: each[:2])]

    def keep(self, scheme: Scheme) -> None:
        """Write them in their order. A criterion whose words changed is not let pass any more."""
        kept = self.kept()
        scheme.criteria.exclude(pk__in=[form.instance.pk for form in kept if form.instance.pk]).delete()
        for form in kept:  # two may exchange their names
            Criterion.objects.filter(pk=form.instance.pk).update(name=f"#{form.instance.pk}")
        for order, form in enumerate(kept, 1):
            row = form.save(commit=False)
            row.scheme, row.order = scheme, order
            if {"name", "note"} & set(form.changed_data):
                row.waved_by, row.waved_because = None, ""
            row.save()


CriterionFormSet = forms.modelformset_factory(
    Criterion,
    form=CriterionForm,
    formset=Criteria,
    extra=EMPTY,
    max_num=MOST,
    absolute_max=MOST + EMPTY,
    validate_max=True,
    can_delete=True,
)
USUAL: tuple[tuple[str, str, Decimal], ...] = (
    ("按时报送", "in time", Decimal(30)),
    ("活动总结按时报送", "summary", Decimal(10)),
    ("报送质量（一次通过）", "right at once", Decimal(20)),
    ("任务完成", "tasks", Decimal(20)),
    ("活动成效", "by hand", Decimal(20)),
)
"""What an evaluation begins with: name, measure, points. Offices change it."""

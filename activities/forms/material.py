"""The form of other material."""

from typing import Any

from django import forms

from activities.forms.plan import demand
from activities.models import Material


class MaterialForm(forms.ModelForm):
    """A text; half of it is enough to save."""

    class Meta:
        model = Material
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.complete:
            demand(self, self.fields)
        return cleaned

"""The form of a material."""

from typing import Any

from django.utils.translation import gettext as _

from activities.filing.forms.filed import FiledForm
from activities.form_fields import DAY, area, link_field
from activities.models import Material


class MaterialForm(FiledForm):
    """A text, a place, a day, a link; one of text, link, photo and file is enough.

    ``beside``: whether a photo or a file comes or lies with it.
    """

    link = link_field()

    class Meta:
        model = Material
        fields = ("text", "place", "on", "link")
        widgets = {"text": area(8), "on": DAY}

    def __init__(self, *args: Any, beside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside = beside

    def clean_on(self) -> Any:
        value = self.cleaned_data["on"]
        return value if self.instance.assignment.appearance_id else self.not_in_future("on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        written = cleaned.get("text") or cleaned.get("link")
        if self.complete and not (written or self.beside or {"text", "link"} & set(self.errors)):
            self.add_error("text", _("Needed before you can submit: a text, a link, a photo or a file."))
        return cleaned

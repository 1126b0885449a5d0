"""The form of a piece of media coverage."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.filing.forms.filed import FiledForm
from activities.form_fields import DAY, link_field
from activities.models import Coverage


class CoverageForm(FiledForm):
    """Who brought it, under which title, when; a link, or a photo or file of it.

    ``beside``: whether a photo or a file comes or lies with it.
    """

    link = link_field(gettext_lazy("Printed or broadcast without a link: add a photo of it or the clip instead."))

    NEEDED = ("outlet", "title", "on")

    class Meta:
        model = Coverage
        fields = ("outlet", "title", "on", "link")
        widgets = {"on": DAY}
        help_texts = {"outlet": gettext_lazy("Newspaper, station, site or account.")}

    def __init__(self, *args: Any, beside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside = beside

    def clean_on(self) -> Any:
        return self.not_in_future("on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.complete and not self.beside and "link" not in self.errors and not cleaned.get("link"):
            self.add_error("link", _("Needed before you can submit: a link, a photo or a file."))
        return cleaned

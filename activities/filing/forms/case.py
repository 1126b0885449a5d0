"""The form of a typical case."""

from activities.filing.forms.filed import FiledForm
from activities.form_fields import CASE_TEXTS
from activities.models import Case


class CaseForm(FiledForm):
    """Title, background, practice, effect: all of them make a case."""

    NEEDED = ("title", "background", "practice", "effect")

    class Meta:
        model = Case
        fields = ("title", "background", "practice", "effect")
        widgets = CASE_TEXTS

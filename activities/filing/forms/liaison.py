"""The form of liaison officers: some rows, at least one of them filled to submit. A draft may be half-done."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from activities.filing.known_officers import FIELDS, SOURCE
from activities.models import Filing, LiaisonOfficer
from workflow.form_fields import MailAddress, Telephone

MOST = 10


class OfficerForm(forms.ModelForm):
    """One liaison officer; half-done is enough to save. A row that was emptied is as good as struck out."""

    class Meta:
        model = LiaisonOfficer
        fields = FIELDS
        field_classes = {"phone": Telephone, "mobile": Telephone, "email": MailAddress}

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source := self.initial.get(SOURCE):
            self.fields["name"].help_text = _("Taken from %(source)s.") % {"source": source}
        if not complete:
            for field in self.fields.values():
                field.required = False

    def full_clean(self) -> None:
        emptied = self.is_bound and not any(self[name].data for name in FIELDS)
        self.empty_permitted = emptied  # not what the page counted: a row may have been saved since it was opened
        super().full_clean()
        if emptied:
            self.errors.clear()
            self.cleaned_data = {}


class Officers(forms.BaseFormSet):
    """The officers of one registration; ``complete`` asks for at least one."""

    complete = False

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"complete": self.complete}

    @property
    def filled(self) -> list[Any]:
        """The rows in which something was typed and that were not struck out."""
        rows = [form for form in self.forms if form.has_changed() or form.initial]
        return [form for form in rows if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        if self.complete and not any(self.errors) and not self.filled:
            raise forms.ValidationError(_("Please name at least one liaison officer."))


OfficerFormSet = forms.formset_factory(
    OfficerForm,
    formset=Officers,
    extra=1,
    max_num=MOST,
    validate_max=True,
    absolute_max=MOST + 5,
    can_delete=True,
)


def officers_of(filing: Filing) -> list[dict[str, Any]]:
    """The officers to start from: those of the draft, or those of the version before."""
    newest = type(filing).latest(filing.assignment)
    return list(newest.officers.values(*FIELDS)) if newest else []  # type: ignore[attr-defined]

"""A file or a pasted table, as it is handed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.form_fields import Area
from workflow.sheets.entering import read_paste, read_upload

LONGEST = 2_000_000
"""Characters of a table that is pasted."""


class HandInForm(forms.Form):
    """One of both: a file, or a table copied out of Word, WPS or a mail."""

    file = forms.FileField(
        label=gettext_lazy("The filled-in file"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.docx"}),
        help_text=gettext_lazy("Excel or WPS (.xlsx, .xls, .et), or a Word file (.docx) that holds the table."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste a table"),
        required=False,
        max_length=LONGEST,
        widget=Area(attrs={"rows": 4, "data-table": "page"}),
        help_text=gettext_lazy("Copied out of Word, WPS, Excel or a mail, with its row of heads."),
    )
    page = forms.CharField(required=False, max_length=10 * LONGEST, widget=forms.HiddenInput)
    """The same as the clipboard's HTML, which keeps the cells apart (``static/paste.js``)."""

    @property
    def source(self) -> str:
        """What it is called."""
        upload = self.cleaned_data.get("file")
        return str(upload.name) if upload else _("pasted table")

    def clean(self) -> dict[str, Any]:
        """The sheets of what was handed in, as ``sheets``."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        upload, text, page = (cleaned.get(name) for name in ("file", "pasted", "page"))
        if self.errors:
            return cleaned
        name = "file" if upload or not text else "pasted"
        try:
            if upload:
                cleaned["sheets"] = read_upload(upload.read())
            elif text:
                cleaned["sheets"] = read_paste(text, page or "")
            else:
                raise forms.ValidationError(_("Choose the file you filled in, or paste a table."))
        except forms.ValidationError as error:
            self.add_error(name, error)
        return cleaned
